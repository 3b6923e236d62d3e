package io.picklift.jython;

import io.picklift.codec.model.GraphBuilder;
import io.picklift.codec.model.PickleStyle;
import io.picklift.codec.model.SaveGraph;

/** A graph seen from one of its values. */
final class Subgraph {
  private Subgraph() {}

  /**
   * The graph of {@code graph} whose root is {@code root}. What cannot be reached from there is
   * still in its arena and in no pickle or JSON made of it.
   */
  static SaveGraph of(SaveGraph graph, int root) {
    GraphBuilder builder = new GraphBuilder().reset(graph.source());
    for (int node = 0; node < graph.size(); node++) {
      int op = graph.op(node);
      boolean chunks = SaveGraph.hasChunks(op);
      builder.node(op, graph.a(node), chunks ? GraphBuilder.NO_CHUNK : graph.b(node));
    }
    for (int edge = 0; edge < graph.edgeCount(); edge++) {
      builder.edge(graph.edge(edge));
    }
    for (int node = 0; node < graph.size(); node++) {
      if (SaveGraph.hasChunks(graph.op(node))) {
        int last = graph.b(node);
        for (int c = graph.firstChunk(last); c >= 0; c = graph.nextChunk(c, last)) {
          builder.chunk(node, graph.chunkKind(c), graph.chunkStart(c), graph.chunkLength(c));
        }
      }
    }
    PickleStyle style = graph.style();
    // No pickler wrote this: the writer chooses its form.
    return builder.build(
        root, new PickleStyle(style.protocol(), true, 0, new long[0], -1, new byte[0], false));
  }
}
