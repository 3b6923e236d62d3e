package io.picklift.schema.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import java.util.Arrays;

/**
 * Whether two graphs are the same node by node, written the same way; where slices lie does not
 * count.
 */
public final class GraphAssert {
  private GraphAssert() {}

  public static void assertSame(SaveGraph actual, SaveGraph expected) {
    assertThat(actual.size()).as("nodes").isEqualTo(expected.size());
    assertThat(actual.root()).as("root").isEqualTo(expected.root());
    assertThat(edges(actual)).as("edges").isEqualTo(edges(expected));
    assertThat(chunks(actual)).as("chunks").isEqualTo(chunks(expected));
    assertThat(actual.discards()).as("discards").isEqualTo(expected.discards());
    for (int node = 0; node < expected.size(); node++) {
      assertThat(actual.opByte(node)).as("op of node %d", node).isEqualTo(expected.opByte(node));
      assertThat(operands(actual, node))
          .as("operands of node %d", node)
          .isEqualTo(operands(expected, node));
    }
    assertThat(actual.style()).usingRecursiveComparison().as("style").isEqualTo(expected.style());
  }

  private static int[] edges(SaveGraph graph) {
    int[] edges = new int[graph.edgeCount()];
    Arrays.setAll(edges, graph::edge);
    return edges;
  }

  private static int[] chunks(SaveGraph graph) {
    int[] chunks = new int[graph.chunkCount() * 3];
    for (int chunk = 0; chunk < graph.chunkCount(); chunk++) {
      chunks[chunk * 3] = graph.chunkKind(chunk);
      chunks[chunk * 3 + 1] = graph.chunkStart(chunk);
      chunks[chunk * 3 + 2] = graph.chunkLength(chunk);
    }
    return chunks;
  }

  private static Object operands(SaveGraph graph, int node) {
    return isSlice(graph.op(node))
        ? Arrays.copyOfRange(graph.source(), graph.a(node), graph.a(node) + graph.b(node))
        : new int[] {graph.a(node), graph.b(node)};
  }

  private static boolean isSlice(int op) {
    return switch (op) {
      case Op.INT, Op.LONG, Op.LONG1, Op.LONG4, Op.FLOAT, Op.PERSID -> true;
      case Op.GLOBAL, Op.GLOBAL_FIX, Op.INST_NAME, Op.INST_NAME_FIX -> true;
      default -> op >= Op.STRING && op <= Op.BYTEARRAY8;
    };
  }
}
