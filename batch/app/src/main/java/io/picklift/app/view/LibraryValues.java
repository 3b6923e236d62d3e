package io.picklift.app.view;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import io.picklift.schema.arrays.ArrayReader;
import io.picklift.schema.arrays.ElementType;
import io.picklift.schema.frames.Frame;
import io.picklift.schema.frames.FrameCells;
import io.picklift.schema.frames.FrameReader;
import io.picklift.schema.tables.values.FrameValues;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What numpy and pandas pickled, as a person names it: by its type, and by its columns. */
final class LibraryValues {
  /** Is told a column whose cells are no values of their own. */
  interface Columns {
    void column(String label, String type, int count);
  }

  /** Is shown a cell that is one. */
  interface Cells {
    void cell(String label, int node);
  }

  private final Meaning meaning;
  private final ArrayReader arrays;
  private final FrameReader frames;

  LibraryValues(Meaning meaning) {
    this.meaning = meaning;
    arrays = new ArrayReader(meaning);
    frames = new FrameReader(meaning);
  }

  /** The type of such a value; null for any other. */
  @Nullable String type(int node) {
    Kind kind = meaning.kind(node);
    if (kind != Kind.OBJECT && kind != Kind.CALL) {
      return null;
    }
    Frame frame = frames.frame(node);
    if (frame != null) {
      return frames.structuredData(node) >= 0
          ? "numpy structured array"
          : meaning.globalName(meaning.callable(node));
    }
    ArrayReader.Form form = kind == Kind.CALL ? arrays.form(node) : null;
    if (form == ArrayReader.Form.SCALAR) {
      ElementType of = arrays.scalar(node);
      return of == null ? null : "numpy " + of.text();
    }
    ArrayReader.Array array = form == null ? null : arrays.array(node, form);
    ElementType of = array == null ? null : array.type();
    return array == null || of == null
        ? null
        : "numpy array of " + of.text() + " (" + array.shapeText() + ")";
  }

  /** Tells the columns of a table. */
  void columns(int node, Columns columns, Cells cells) {
    Frame frame = frames.frame(node);
    if (frame == null || frame.rows() == 0) {
      return;
    }
    frame.index().forEach(column -> column(column, frame.rows(), columns, cells));
    frame.columns().forEach(column -> column(column, frame.rows(), columns, cells));
  }

  private void column(Frame.Column column, int rows, Columns columns, Cells cells) {
    FrameCells where = column.cells();
    String label = column.label() == null ? "?" : column.label();
    if (where instanceof FrameCells.Members members) {
      for (int row = rows - 1; row >= 0; row--) {
        int at = FrameValues.memberIndex(meaning, members, row);
        if (at >= 0) {
          cells.cell(label, meaning.member(at));
        }
      }
    } else {
      columns.column(label, type(where), rows);
    }
  }

  private static String type(@Nullable FrameCells cells) {
    if (cells instanceof FrameCells.Packed packed) {
      return packed.type().text() + (packed.zone() < 0 ? "" : " with a zone");
    }
    if (cells instanceof FrameCells.Masked masked) {
      return masked.values().type().text() + " or NA";
    }
    if (cells instanceof FrameCells.Marked marked) {
      return type(marked.values()) + (marked.there().data() < 0 ? "" : " or NA");
    }
    if (cells instanceof FrameCells.Chunks chunks) {
      return chunks.parts().isEmpty() ? "empty" : type(chunks.parts().get(0));
    }
    if (cells instanceof FrameCells.Spans spans) {
      return spans.isText() ? "text" : "bytes";
    }
    if (cells instanceof FrameCells.Bits) {
      return "|b1";
    }
    return cells instanceof FrameCells.Coded
        ? "category"
        : cells instanceof FrameCells.Range ? "range" : "of a layout that is not known";
  }

  /** The nodes that such a value is made of, without cells that are values of their own. */
  Iterable<Integer> parts(int node) {
    Deque<Integer> found = new ArrayDeque<>();
    BitSet seen = new BitSet();
    if (frames.frame(node) != null) {
      frames.parts(node, seen);
    } else {
      all(node, seen);
    }
    seen.stream().forEach(found::add);
    return found;
  }

  private void all(int root, BitSet seen) {
    Deque<Integer> open = new ArrayDeque<>();
    open.add(root);
    while (!open.isEmpty()) {
      int at = open.remove();
      if (!seen.get(at)) {
        seen.set(at);
        switch (meaning.kind(at)) {
          case LIST, TUPLE, DICT -> add(meaning.itemSpan(at), open);
          case OBJECT, CALL -> {
            add(meaning.argumentSpan(at), open);
            add(meaning.stateSpan(at), open);
          }
          default -> {}
        }
      }
    }
  }

  private void add(long span, Deque<Integer> open) {
    for (int i = 0; i < MemberSpan.count(span); i++) {
      open.add(meaning.member(MemberSpan.start(span) + i));
    }
  }
}
