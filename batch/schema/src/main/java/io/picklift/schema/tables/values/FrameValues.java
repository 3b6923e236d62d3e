package io.picklift.schema.tables.values;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.text.Utf8;
import io.picklift.schema.arrays.ElementType;
import io.picklift.schema.arrays.ElementValues;
import io.picklift.schema.frames.FrameCells;
import io.picklift.schema.zones.Zone;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cells of the tables of pandas and numpy that are no nodes of their own, as {@link Scalar}s,
 * and back into their bytes. Such cells stay in the residue: a column shows them.
 */
public final class FrameValues {
  private final Meaning meaning;
  private final NodeValueReader values;
  private final Map<Integer, byte[]> buffers = new HashMap<>();

  public FrameValues(Meaning meaning, NodeValueReader values) {
    this.meaning = meaning;
    this.values = values;
  }

  /** What such a cell is to a column. */
  public Scalar.Type type(FrameCells cells) {
    if (cells instanceof FrameCells.Packed packed) {
      return packed.zone() < 0 ? ElementScalars.type(packed.type()) : Scalar.Type.INSTANT;
    }
    if (cells instanceof FrameCells.Masked masked) {
      return type(masked.values());
    }
    if (cells instanceof FrameCells.Coded coded) {
      int first = memberIndex(coded.values(), 0);
      return first < 0 ? type(coded.values()) : values.type(meaning.member(first));
    }
    if (cells instanceof FrameCells.Marked marked) {
      return type(marked.values());
    }
    if (cells instanceof FrameCells.Chunks chunks && !chunks.parts().isEmpty()) {
      return type(chunks.parts().get(0));
    }
    if (cells instanceof FrameCells.Spans spans) {
      return spans.isText() ? Scalar.Type.TEXT : Scalar.Type.BYTES;
    }
    if (cells instanceof FrameCells.Bits) {
      return Scalar.Type.BOOL;
    }
    return cells instanceof FrameCells.Range ? Scalar.Type.INT : Scalar.Type.OTHER;
  }

  /** A member of a list, as {@link Meaning#member} takes it; -1 where there is none. */
  public int memberIndex(FrameCells cells, int row) {
    if (!(cells instanceof FrameCells.Members members)) {
      return -1;
    }
    return memberIndex(meaning, members, row);
  }

  /** Where the member of a row is, as {@link Meaning#member} takes it; -1 where there is none. */
  public static int memberIndex(Meaning meaning, FrameCells.Members members, int row) {
    long items = meaning.itemSpan(members.list());
    int at = members.start() + row * members.stride();
    return at >= 0 && at < MemberSpan.count(items) ? MemberSpan.start(items) + at : -1;
  }

  /**
   * Reads a cell.
   *
   * @return false where it is pandas' mark of a value that is not there
   */
  public boolean read(FrameCells cells, int row, Scalar value) {
    if (cells instanceof FrameCells.Packed packed) {
      return packed(packed, row, value);
    }
    if (cells instanceof FrameCells.Masked masked) {
      byte[] mask = buffer(masked.mask().data());
      int at = masked.mask().at(row);
      return (at < 0 || at >= mask.length || mask[at] == 0) && packed(masked.values(), row, value);
    }
    if (cells instanceof FrameCells.Range range) {
      value.number(Scalar.Type.INT, range.start() + row * range.step());
      return true;
    }
    if (cells instanceof FrameCells.Marked marked) {
      return bit(marked.there(), row) && read(marked.values(), row, value);
    }
    if (cells instanceof FrameCells.Bits bits) {
      value.number(Scalar.Type.BOOL, bit(bits, row) ? 1 : 0);
      return true;
    }
    if (cells instanceof FrameCells.Spans spans) {
      span(spans, row, value);
      return true;
    }
    if (cells instanceof FrameCells.Chunks chunks) {
      int part = chunks.partOf(row);
      return part < chunks.parts().size()
          && read(chunks.parts().get(part), chunks.rowIn(part, row), value);
    }
    return cells instanceof FrameCells.Coded coded && coded(coded, row, value);
  }

  private boolean bit(FrameCells.Bits bits, int row) {
    if (bits.data() < 0) {
      return true;
    }
    byte[] bytes = buffer(bits.data());
    int at = bits.start() + row;
    return at >= 0
        && at / Byte.SIZE < bytes.length
        && (bytes[at / Byte.SIZE] >> at % Byte.SIZE & 1) != 0;
  }

  private void span(FrameCells.Spans spans, int row, Scalar value) {
    long start = end(spans.ends(), row);
    long end = end(spans.ends(), row + 1);
    byte[] bytes = spans.data() < 0 ? new byte[0] : buffer(spans.data());
    if (start < 0 || end < start || end > bytes.length) {
      value.other();
      return;
    }
    Scalar.Type type = spans.isText() ? Scalar.Type.TEXT : Scalar.Type.BYTES;
    if (spans.isText() && !Utf8.isStrict(bytes, (int) start, (int) (end - start))) {
      value.other();
    } else {
      value.bytes(type, bytes, (int) start, (int) (end - start));
    }
  }

  private long end(FrameCells.Packed ends, int row) {
    byte[] bytes = buffer(ends.data());
    int at = ends.at(row);
    return at < 0 || at > bytes.length - ends.type().size()
        ? -1
        : ElementValues.whole(ends.type(), bytes, at);
  }

  private boolean coded(FrameCells.Coded coded, int row, Scalar value) {
    packed(coded.codes(), row, value);
    if (value.type != Scalar.Type.INT || value.number < 0 || value.number >= coded.count()) {
      return false;
    }
    int code = (int) value.number;
    int member = memberIndex(coded.values(), code);
    if (member < 0) {
      return read(coded.values(), code, value);
    }
    values.read(meaning.member(member), value);
    return true;
  }

  private boolean packed(FrameCells.Packed packed, int row, Scalar value) {
    ElementType of = packed.type();
    byte[] bytes = buffer(packed.data());
    int at = packed.at(row);
    if (at < 0 || at > bytes.length - of.size()) {
      value.other();
      return true;
    }
    ElementScalars.read(of, bytes, at, value);
    boolean isTime = of.kind() == 'M' || of.kind() == 'm';
    if (isTime && ElementScalars.isNaT(of, bytes, at)) {
      return false;
    }
    if (packed.zone() >= 0 && value.type == Scalar.Type.DATETIME) {
      long micros = value.number;
      long offset = values.zones().ofAll(packed.zone()).at(micros).offset();
      value.number(Scalar.Type.INSTANT, micros);
      value.zone = offset == Zone.NONE ? 0 : offset;
    }
    return value.type != Scalar.Type.FLOAT || !Double.isNaN(value.real);
  }

  private byte[] buffer(int node) {
    return buffers.computeIfAbsent(node, meaning::bytes);
  }

  /**
   * The bytes of a cell with another value, and where they stand among those of its buffer.
   *
   * @param data the node of the buffer
   */
  public record Patch(int data, int at, byte[] bytes) {}

  /**
   * What must stand among the bytes of a buffer for a cell to have a value; null where nothing
   * there gives that value.
   *
   * @param value {@link Scalar.Type#NONE} for the mark of a value that is not there
   */
  public @Nullable Patch patch(FrameCells cells, int row, Scalar value) {
    if (cells instanceof FrameCells.Coded coded) {
      return code(coded, row, value);
    }
    if (cells instanceof FrameCells.Marked marked) {
      // A mark for what is not there would be another bit, and another number of them.
      boolean stays = bit(marked.there(), row) && value.type != Scalar.Type.NONE;
      return stays ? patch(marked.values(), row, value) : null;
    }
    if (cells instanceof FrameCells.Chunks chunks) {
      int part = chunks.partOf(row);
      return part == chunks.parts().size()
          ? null
          : patch(chunks.parts().get(part), chunks.rowIn(part, row), value);
    }
    if (!(cells instanceof FrameCells.Packed packed)) {
      return null;
    }
    boolean isInstant = value.type == Scalar.Type.INSTANT && packed.zone() >= 0;
    Scalar plain = value;
    if (isInstant) {
      plain = new Scalar();
      plain.number(Scalar.Type.DATETIME, value.number);
    }
    byte[] bytes =
        value.type == Scalar.Type.NONE
            ? ElementScalars.missing(packed.type())
            : ElementScalars.written(packed.type(), plain);
    return bytes == null ? null : new Patch(packed.data(), packed.at(row), bytes);
  }

  private @Nullable Patch code(FrameCells.Coded coded, int row, Scalar value) {
    Scalar code = new Scalar();
    if (value.type == Scalar.Type.NONE) {
      code.number(Scalar.Type.INT, -1);
      return patch(coded.codes(), row, code);
    }
    Scalar other = new Scalar();
    for (int i = 0; i < coded.count(); i++) {
      int member = memberIndex(coded.values(), i);
      if (member < 0) {
        read(coded.values(), i, other);
      } else {
        values.read(meaning.member(member), other);
      }
      if (other.isSame(value)) {
        code.number(Scalar.Type.INT, i);
        return patch(coded.codes(), row, code);
      }
    }
    return null;
  }
}
