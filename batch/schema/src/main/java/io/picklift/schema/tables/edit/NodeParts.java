package io.picklift.schema.tables.edit;

import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;

/** Shows which nodes a node is made of, by the edges that lead to them. */
final class NodeParts {
  private NodeParts() {}

  /** Takes the parts of one node. */
  interface Visitor {
    /** A part that no edge leads to: the name of a class, the value of a persistent id. */
    void operand(int part);

    /** Edges to what an object or a call is made by. */
    void made(int start, int count);

    /** Edges to the members of a tuple or frozenset, or to the arguments of an old-style object. */
    void members(int start, int count);

    /** Edges to what the node was given later. */
    void chunk(int chunk);
  }

  static void visit(SaveGraph graph, int node, Visitor visitor) {
    int op = graph.op(node);
    int a = graph.a(node);
    if (Op.hasMembers(op)) {
      visitor.members(a, graph.b(node));
    } else if (op == Op.STACK_GLOBAL || op == Op.STACK_GLOBAL_FIX) {
      visitor.operand(a);
      visitor.operand(graph.b(node));
    } else if (op == Op.BINPERSID) {
      visitor.operand(a);
    } else if (op == Op.OBJ || op == Op.INST) {
      visitor.made(a, 1);
      // The edge between them counts the arguments.
      visitor.members(a + 2, graph.edge(a + 1));
    } else if (SaveGraph.isConstructed(op)) {
      visitor.made(a, op == Op.NEWOBJ_EX ? 3 : 2);
    }
    if (SaveGraph.hasChunks(op)) {
      int last = graph.b(node);
      for (int c = graph.firstChunk(last); c >= 0; c = graph.nextChunk(c, last)) {
        visitor.chunk(c);
      }
    }
  }
}
