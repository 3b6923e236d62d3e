package io.picklift.schema.residue;

import io.picklift.codec.bytes.ByteInput;
import io.picklift.codec.bytes.ByteOutput;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.model.PickleStyle;
import io.picklift.codec.model.Records;
import io.picklift.codec.model.SaveGraph;
import org.jspecify.annotations.Nullable;

/**
 * The Protobuf message {@code picklift.residue.v1.Residue}: residues from version 3 on. Written and
 * read field by field, since its packed numbers are read where they lie, without a list of each.
 */
final class ResidueMessage {
  static final int VERSION = 3;

  private static final int VARINT = 0;
  private static final int BYTES = 2;
  private static final int ORDER = 1;
  private static final int NODES = 2;
  private static final int EDGES = 3;
  private static final int CHUNKS = 4;
  private static final int ROOT = 5;
  private static final int STYLE = 6;
  private static final int READONLY = 7;
  private static final int DISCARDS = 8;
  private static final int CONTEXTS = 17;

  /** The fields of {@link ResidueParts}' parts, in their order. */
  private static final int[] PARTS = {
    9, 10, 11, 12, 13, 14, 15, 16, 18, 19, 20, 21, 22, 23, 24, 25, 26
  };

  private static final int LAST = 26;

  private static final int PROTOCOL = 1;
  private static final int PROTO = 2;
  private static final int REGULAR = 3;
  private static final int PUT_BASE = 4;
  private static final int BODY_LENGTH = 5;
  private static final int FRAMES = 6;
  private static final int TRAILING = 7;
  private static final int RECORDS = 8;

  private ResidueMessage() {}

  /**
   * @param contexts pairs of a context, less the one before, and the number of its tokens
   * @param parts in the order of {@link ResidueParts}
   */
  static ByteOutput write(int order, SaveGraph graph, ByteOutput contexts, ByteOutput[] parts) {
    ByteOutput out = new ByteOutput();
    number(out, ORDER, order);
    number(out, NODES, graph.size());
    number(out, EDGES, graph.edgeCount());
    number(out, CHUNKS, graph.chunkCount());
    number(out, ROOT, graph.root());
    bytes(out, STYLE, style(graph.style()));
    bytes(out, READONLY, readonly(graph));
    ByteOutput discards = new ByteOutput();
    for (int node : graph.discards()) {
      discards.varint64(node);
    }
    bytes(out, DISCARDS, discards);
    for (int i = 0; i < parts.length; i++) {
      if (i == ResidueParts.TOKENS) {
        bytes(out, CONTEXTS, contexts);
      }
      bytes(out, PARTS[i], parts[i]);
    }
    return out;
  }

  private static ByteOutput readonly(SaveGraph graph) {
    ByteOutput nodes = new ByteOutput();
    int last = 0;
    for (int node = 0; node < graph.size(); node++) {
      if (graph.isReadonly(node)) {
        nodes.varint64(node - last);
        last = node;
      }
    }
    return nodes;
  }

  private static ByteOutput style(PickleStyle style) {
    ByteOutput out = new ByteOutput();
    number(out, PROTOCOL, style.protocol());
    number(out, PROTO, style.proto() ? 1 : 0);
    number(out, REGULAR, style.regular() ? 1 : 0);
    signed(out, PUT_BASE, style.putBase());
    signed(out, BODY_LENGTH, style.bodyLength());
    ByteOutput frames = new ByteOutput();
    long last = 0;
    for (long value : style.frames()) {
      frames.zigzag64(value - last);
      last = value;
    }
    bytes(out, FRAMES, frames);
    ByteOutput trailing = new ByteOutput();
    trailing.put(style.trailing(), 0, style.trailing().length);
    bytes(out, TRAILING, trailing);
    number(out, RECORDS, style.records().code());
    return out;
  }

  private static void number(ByteOutput out, int field, long value) {
    if (value != 0) {
      out.varint64(field << 3 | VARINT);
      out.varint64(value);
    }
  }

  private static void signed(ByteOutput out, int field, long value) {
    if (value != 0) {
      out.varint64(field << 3 | VARINT);
      out.zigzag64(value);
    }
  }

  private static void bytes(ByteOutput out, int field, ByteOutput value) {
    if (value.size() > 0) {
      out.varint64(field << 3 | BYTES);
      out.varint64(value.size());
      out.put(value.array(), 0, value.size());
    }
  }

  static ResidueParts read(byte[] plain) throws DamagedException {
    ResidueParts parts = new ResidueParts(plain);
    Fields fields = new Fields(new ByteInput(plain, 0, plain.length, "the residue"), LAST);
    parts.order = fields.count(ORDER, ResidueWriter.EXPLICIT);
    parts.size = fields.count(NODES, Integer.MAX_VALUE - 8);
    parts.edgeCount = fields.count(EDGES, Integer.MAX_VALUE - 8);
    parts.chunkCount = fields.count(CHUNKS, Integer.MAX_VALUE - 8);
    parts.root = fields.count(ROOT, Math.max(0, parts.size - 1));
    parts.style = readStyle(fields.cursor(STYLE));
    parts.readonly(fields.cursor(READONLY), numbers(fields.cursor(READONLY)));
    parts.discards(fields.cursor(DISCARDS), numbers(fields.cursor(DISCARDS)));
    for (int i = 0; i < PARTS.length; i++) {
      ByteInput part = fields.cursor(PARTS[i]);
      parts.part(i, part.position(), part.left());
    }
    tokens(parts, fields.cursor(CONTEXTS));
    return parts;
  }

  private static PickleStyle readStyle(ByteInput in) throws DamagedException {
    Fields fields = new Fields(in, RECORDS);
    ByteInput trailing = fields.cursor(TRAILING);
    return new PickleStyle(
        fields.count(PROTOCOL, 255),
        fields.count(PROTO, 1) == 1,
        (int) fields.signed(PUT_BASE),
        ResidueParts.sums(fields.cursor(FRAMES), numbers(fields.cursor(FRAMES))),
        fields.signed(BODY_LENGTH),
        ResidueParts.bytes(trailing, trailing.left()),
        fields.count(REGULAR, 1) == 1,
        Records.of(fields.count(RECORDS, Records.LAST_CODE)));
  }

  private static void tokens(ResidueParts parts, ByteInput contexts) throws DamagedException {
    ByteInput all = parts.cursor(ResidueParts.TOKENS);
    int context = 0;
    while (contexts.left() > 0) {
      context += contexts.count(LinkContexts.COUNT);
      int start = all.position();
      for (int left = contexts.count(all.left()); left > 0; left--) {
        all.varint64();
      }
      parts.tokens(context, start, all.position());
    }
    if (all.left() > 0) {
      throw new DamagedException("the residue has links that do not add up");
    }
  }

  /** How many numbers there are. */
  private static int numbers(ByteInput in) {
    byte[] bytes = in.array();
    int count = 0;
    for (int i = in.position(); i < in.position() + in.left(); i++) {
      count += bytes[i] >= 0 ? 1 : 0;
    }
    return count;
  }

  /** A message's fields, each at most once. One that is not known may change what others mean. */
  private static final class Fields {
    private final ByteInput in;
    private final @Nullable ByteInput[] values;

    Fields(ByteInput in, int last) throws DamagedException {
      this.in = in;
      values = new ByteInput[last + 1];
      while (in.left() > 0) {
        int tag = in.count(Integer.MAX_VALUE);
        int field = tag >>> 3;
        if (field < 1 || field > last || values[field] != null) {
          throw new DamagedException("the residue has a field that is not known here");
        }
        int start = in.position();
        switch (tag & 7) {
          case VARINT -> in.varint64();
          case BYTES -> {
            int length = in.count(in.left());
            start = in.skip(length);
          }
          default -> throw new DamagedException("the residue has a field that is not known here");
        }
        values[field] = new ByteInput(in.array(), start, in.position(), "the residue");
      }
    }

    /** What a field holds; nothing where it is not there. */
    ByteInput cursor(int field) {
      ByteInput value = values[field];
      int start = value == null ? in.position() : value.position();
      int end = value == null ? start : start + value.left();
      return new ByteInput(in.array(), start, end, "the residue");
    }

    int count(int field, int most) throws DamagedException {
      ByteInput value = cursor(field);
      return value.left() == 0 ? 0 : value.count(most);
    }

    long signed(int field) throws DamagedException {
      ByteInput value = cursor(field);
      return value.left() == 0 ? 0 : value.zigzag64();
    }
  }
}
