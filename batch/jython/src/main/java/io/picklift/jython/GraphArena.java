package io.picklift.jython;

import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.GraphBuilder;
import org.python.core.Py;

/** The graph under construction, as the unpickler sees it. */
final class GraphArena {
  private final GraphBuilder graph;
  private final ValueStack stack;
  private int limit;
  private int puts;
  private int memoizes;

  GraphArena(GraphBuilder graph, ValueStack stack) {
    this.graph = graph;
    this.stack = stack;
  }

  void reset(int limit) {
    this.limit = limit;
    puts = 0;
    memoizes = 0;
  }

  /**
   * Notes a put of {@code node}: how many came before; one's complement of it where the value was
   * not just made.
   */
  private int put(int node) {
    graph.markPut(node);
    int before = puts++;
    boolean justMade = stack.fresh() == node;
    stack.settle();
    return justMade ? before : ~before;
  }

  private int node(int op, int a, int b) {
    if (graph.size() >= limit) {
      throw Py.MemoryError("nodes");
    }
    return graph.node(op, a, b);
  }

  void export(UnpicklerFunctions to) {
    to.add(
        "node",
        new Primitive.Of3() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int op, int a, int b) {
            return node(op, a, b);
          }
        });
    to.add(
        "new",
        new Primitive.Of3() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int op, int a, int b) {
            int node = node(op, a, b);
            stack.pushNew(node);
            return node;
          }
        });
    to.add(
        "op_of",
        new Primitive.Of1() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int node) {
            return graph.op(node);
          }
        });
    to.add(
        "a_of",
        new Primitive.Of1() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int node) {
            return graph.a(node);
          }
        });
    to.add(
        "b_of",
        new Primitive.Of1() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int node) {
            return graph.b(node);
          }
        });
    to.add(
        "edge",
        new Primitive.Of1() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int target) {
            return graph.edge(target);
          }
        });
    to.add(
        "edge_at",
        new Primitive.Of1() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int index) {
            return graph.edgeAt(index);
          }
        });
    to.add(
        "items",
        new Primitive.Of1() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int container) {
            return graph.countMembers(container, false);
          }
        });
    to.add(
        "pairs",
        new Primitive.Of1() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int container) {
            return graph.countMembers(container, true);
          }
        });
    to.add(
        "initial",
        new Primitive.Of3() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int container, int start, int length) {
            graph.chunk(container, ChunkKind.INITIAL, start, length);
            return 0;
          }
        });
    to.add(
        "mark_put",
        new Primitive.Of1() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int node) {
            return put(node);
          }
        });
    to.add(
        "mark_memoize",
        new Primitive.Of1() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int node) {
            memoizes++;
            return put(node);
          }
        });
    to.add(
        "memoizes",
        new Primitive.Of0() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply() {
            return memoizes;
          }
        });
    to.add(
        "puts",
        new Primitive.Of0() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply() {
            return puts;
          }
        });
    to.add(
        "just_made",
        new Primitive.Of0() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply() {
            return stack.fresh();
          }
        });
    to.add(
        "discard",
        new Primitive.Of2() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int made, int kept) {
            graph.discard(made, kept);
            return 0;
          }
        });
    to.add(
        "mark_readonly",
        new Primitive.Of1() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int node) {
            graph.markReadonly(node);
            return 0;
          }
        });
    to.add(
        "is_readonly",
        new Primitive.Of1() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int node) {
            return graph.isReadonly(node) ? 1 : 0;
          }
        });
  }
}
