package io.picklift.jython.testing;

import io.picklift.codec.model.Op;
import io.picklift.codec.model.PickleStyle;
import io.picklift.codec.model.SaveGraph;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A graph as text, node by node with everything it says, so that two engines' graphs can be
 * compared by eye.
 */
public final class GraphText {
  private GraphText() {}

  public static String of(SaveGraph graph) {
    StringBuilder out = new StringBuilder();
    for (int node = 0; node < graph.size(); node++) {
      node(graph, node, out);
    }
    PickleStyle style = graph.style();
    return out.append("root ")
        .append(graph.root())
        .append(" protocol ")
        .append(style.protocol())
        .append(" proto ")
        .append(style.proto())
        .append(" putBase ")
        .append(style.putBase())
        .append(" frames ")
        .append(Arrays.toString(style.frames()))
        .append(" body ")
        .append(style.bodyLength())
        .append(" trailing ")
        .append(HexFormat.of().formatHex(style.trailing()))
        .append(" regular ")
        .append(style.regular())
        .append(" discards ")
        .append(Arrays.toString(graph.discards()))
        .append('\n')
        .toString();
  }

  private static void node(SaveGraph graph, int node, StringBuilder out) {
    int op = graph.op(node);
    int a = graph.a(node);
    int b = graph.b(node);
    out.append(node).append(": op ").append(op).append(graph.isPut(node) ? " put" : "");
    out.append(graph.isReadonly(node) ? " readonly" : "");
    switch (op) {
      case Op.TUPLE, Op.TUPLE1, Op.TUPLE2, Op.TUPLE3, Op.FROZENSET -> edges(graph, a, b, out);
      case Op.EMPTY_TUPLE, Op.NONE, Op.NEWTRUE, Op.NEWFALSE, Op.INT_TRUE, Op.INT_FALSE -> {}
      case Op.LIST, Op.EMPTY_LIST, Op.DICT, Op.EMPTY_DICT, Op.EMPTY_SET -> {}
      case Op.OBJ, Op.INST -> edges(graph, a, 2 + graph.edge(a + 1), out);
      case Op.NEWOBJ,
          Op.REDUCE,
          Op.REDUCE_BYTES,
          Op.REDUCE_BYTEARRAY,
          Op.REDUCE_OBJECT,
          Op.REDUCE_BASE_OBJECT,
          Op.REDUCE_NEWOBJ,
          Op.REDUCE_NAME ->
          edges(graph, a, 2, out);
      case Op.NEWOBJ_EX,
          Op.REDUCE_SET,
          Op.REDUCE_FROZENSET,
          Op.REDUCE_LIST_OBJECT,
          Op.REDUCE_DICT_OBJECT,
          Op.REDUCE_NEWOBJ_EX ->
          edges(graph, a, 3, out);
      default -> out.append(' ').append(a).append(' ').append(b);
    }
    if (SaveGraph.hasChunks(op)) {
      for (int c = graph.firstChunk(b); c >= 0; c = graph.nextChunk(c, b)) {
        out.append(" chunk ").append(graph.chunkKind(c));
        edges(graph, graph.chunkStart(c), graph.chunkLength(c), out);
      }
    }
    out.append('\n');
  }

  private static void edges(SaveGraph graph, int first, int count, StringBuilder out) {
    out.append(" [");
    for (int i = 0; i < count; i++) {
      out.append(i == 0 ? "" : " ").append(graph.edge(first + i));
    }
    out.append(']');
  }
}
