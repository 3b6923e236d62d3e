package io.picklift.codec.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnknownFieldSet;
import io.picklift.codec.bytes.ByteOutput;
import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.PickleStyle;
import io.picklift.codec.model.Records;
import io.picklift.codec.model.SaveGraph;
import io.picklift.proto.graph.v1.Style;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes {@code picklift.graph.v1.SaveGraph} straight from the arena: one pass fills the packed
 * fields, which are then put together. Building a message of boxed lists first takes several times
 * as long.
 *
 * <p>One encoder serves many graphs, one after the other; it is not for more than one thread.
 */
final class GraphEncoder {
  static final int VERSION = 1;

  private static final int INITIAL = 1 << 12;

  private final ByteOutput ops = new ByteOutput(INITIAL);
  private final ByteOutput text = new ByteOutput(INITIAL);
  private final ByteOutput lengths = new ByteOutput(INITIAL);
  private final ByteOutput ints = new ByteOutput(INITIAL);
  private final ByteOutput floats = new ByteOutput(INITIAL);
  private final ByteOutput counts = new ByteOutput(INITIAL);
  private final ByteOutput edges = new ByteOutput(INITIAL);
  private final ByteOutput chunks = new ByteOutput(INITIAL);
  private final ByteOutput discards = new ByteOutput(0);

  /** The message's bytes. */
  byte[] encode(SaveGraph graph) {
    ByteOutput[] fields = {ops, text, lengths, ints, floats, counts, edges, chunks};
    for (ByteOutput field : fields) {
      field.clear();
    }
    int size = graph.size();
    for (int node = 0; node < size; node++) {
      encodeNode(graph, node);
    }
    graph.copyOps(ops::put);
    try {
      return assemble(graph);
    } catch (IOException e) {
      // Into an array of the computed size nothing can fail.
      throw new UncheckedIOException(e);
    }
  }

  private void encodeNode(SaveGraph graph, int node) {
    int op = graph.op(node);
    int a = graph.a(node);
    int b = graph.b(node);
    if (Op.isSlice(op)) {
      lengths.varint(b);
      text.put(graph.source(), a, b);
      return;
    }
    switch (op) {
      case Op.NONE, Op.NEWTRUE, Op.NEWFALSE, Op.INT_TRUE, Op.INT_FALSE, Op.EMPTY_TUPLE -> {}
      case Op.BININT, Op.BININT1, Op.BININT2, Op.EXT1, Op.EXT2, Op.EXT4, Op.NEXT_BUFFER ->
          ints.zigzag(a);
      case Op.BINFLOAT -> floats.int64(((long) a << 32) | (b & 0xffff_ffffL));
      case Op.STACK_GLOBAL, Op.STACK_GLOBAL_FIX -> {
        edges.zigzag(a - node);
        edges.zigzag(b - node);
      }
      case Op.BINPERSID -> edges.zigzag(a - node);
      case Op.TUPLE, Op.TUPLE1, Op.TUPLE2, Op.TUPLE3, Op.FROZENSET -> {
        counts.varint(b);
        edges(graph, node, a, b);
      }
      case Op.LIST, Op.EMPTY_LIST, Op.DICT, Op.EMPTY_DICT, Op.EMPTY_SET -> chunks(graph, node, b);
      case Op.INST, Op.OBJ -> {
        int arguments = graph.edge(a + 1);
        counts.varint(arguments);
        edges(graph, node, a, 1);
        edges(graph, node, a + 2, arguments);
        chunks(graph, node, b);
      }
      default -> {
        edges(graph, node, a, op == Op.NEWOBJ_EX ? 3 : 2);
        if (Op.isHolding(op)) {
          counts.varint(graph.edge(a + 2));
        }
        chunks(graph, node, b);
      }
    }
  }

  private void edges(SaveGraph graph, int node, int start, int length) {
    for (int i = start; i < start + length; i++) {
      edges.zigzag(graph.edge(i) - node);
    }
  }

  private void chunks(SaveGraph graph, int node, int last) {
    int count = 0;
    int previous = -1;
    for (int chunk = graph.firstChunk(last); chunk >= 0; chunk = graph.nextChunk(chunk, last)) {
      count += isRun(previous, graph.chunkKind(chunk)) ? 0 : 1;
      previous = graph.chunkKind(chunk);
    }
    chunks.varint(count);
    int chunk = graph.firstChunk(last);
    while (chunk >= 0) {
      int kind = graph.chunkKind(chunk);
      int length = 0;
      do {
        length += graph.chunkLength(chunk);
        edges(graph, node, graph.chunkStart(chunk), graph.chunkLength(chunk));
        chunk = graph.nextChunk(chunk, last);
      } while (chunk >= 0 && isRun(kind, graph.chunkKind(chunk)));
      chunks.varint((length << 3) | kind);
    }
  }

  /**
   * Whether two chunks in a row are one: a run of APPEND or SETITEM, however it lies in the arena.
   */
  private static boolean isRun(int kind, int next) {
    return kind == next && (kind == ChunkKind.APPEND || kind == ChunkKind.SETITEM);
  }

  private byte[] assemble(SaveGraph graph) throws IOException {
    Style style = style(graph.style());
    discards.clear();
    for (int value : graph.discards()) {
      discards.varint(value);
    }
    ByteOutput[] fields = {text, lengths, ints, floats, counts, edges, chunks, discards};
    int[] numbers = {
      FieldNumbers.TEXT,
      FieldNumbers.LENGTHS,
      FieldNumbers.INTS,
      FieldNumbers.FLOATS,
      FieldNumbers.COUNTS,
      FieldNumbers.EDGES,
      FieldNumbers.CHUNKS,
      FieldNumbers.DISCARDS
    };
    int size =
        CodedOutputStream.computeUInt32Size(FieldNumbers.VERSION, VERSION)
            + fieldSize(FieldNumbers.OPS, ops)
            + CodedOutputStream.computeUInt32Size(FieldNumbers.ROOT, graph.root())
            + CodedOutputStream.computeMessageSize(FieldNumbers.STYLE, style);
    for (int i = 0; i < fields.length; i++) {
      size += fieldSize(numbers[i], fields[i]);
    }
    byte[] bytes = new byte[size];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeUInt32(FieldNumbers.VERSION, VERSION);
    write(out, FieldNumbers.OPS, ops);
    out.writeUInt32(FieldNumbers.ROOT, graph.root());
    for (int i = 0; i < fields.length; i++) {
      write(out, numbers[i], fields[i]);
    }
    out.writeMessage(FieldNumbers.STYLE, style);
    out.checkNoSpaceLeft();
    return bytes;
  }

  private static int fieldSize(int number, ByteOutput field) {
    int size = field.size();
    return size == 0
        ? 0
        : CodedOutputStream.computeTagSize(number)
            + CodedOutputStream.computeUInt32SizeNoTag(size)
            + size;
  }

  private static void write(CodedOutputStream out, int number, ByteOutput field)
      throws IOException {
    if (field.size() > 0) {
      out.writeByteArray(number, field.array(), 0, field.size());
    }
  }

  private static Style style(PickleStyle style) {
    Style.Builder builder =
        Style.newBuilder()
            .setProtocol(style.protocol())
            .setProto(style.proto())
            .setPutBase(style.putBase())
            .setBodyLength(style.bodyLength())
            .setTrailing(ByteString.copyFrom(style.trailing()))
            .setIrregular(!style.regular());
    for (long value : style.frames()) {
      builder.addFrames(value);
    }
    if (style.records() != Records.SINGLE) {
      // By number: a graph has the same bytes whichever version of the schema made the classes.
      builder.setUnknownFields(
          UnknownFieldSet.newBuilder()
              .mergeVarintField(StyleFields.RECORDS_NUMBER, style.records().code())
              .build());
    }
    return builder.build();
  }
}
