package io.picklift.jython;

import io.picklift.codec.model.GraphBuilder;
import java.util.Arrays;

/**
 * The unpickler's stack of nodes with its marks. What stands below the last mark cannot be reached
 * until the mark is taken.
 */
final class ValueStack {
  private static final int INITIAL = 256;

  private final GraphBuilder graph;
  private int[] nodes = new int[INITIAL];
  private int size;
  private int fence;
  private int[] marks = new int[INITIAL];
  private int markCount;

  /**
   * The value that was made last, if nothing was got, extended or put into the memo since; else -1.
   */
  private int fresh;

  ValueStack(GraphBuilder graph) {
    this.graph = graph;
  }

  void reset() {
    size = 0;
    fence = 0;
    markCount = 0;
    fresh = -1;
  }

  int fresh() {
    return fresh;
  }

  void settle() {
    fresh = -1;
  }

  void pushNew(int node) {
    push(node);
    fresh = node;
  }

  private void push(int node) {
    if (size == nodes.length) {
      nodes = Arrays.copyOf(nodes, size * 2);
    }
    nodes[size++] = node;
  }

  void export(UnpicklerFunctions to) {
    to.add(
        "push",
        new Primitive.Of1() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int node) {
            push(node);
            fresh = -1;
            return 0;
          }
        });
    to.add(
        "pop",
        new Primitive.Of0() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply() {
            return size == fence ? -1 : nodes[--size];
          }
        });
    to.add(
        "top",
        new Primitive.Of0() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply() {
            return size == fence ? -1 : nodes[size - 1];
          }
        });
    to.add(
        "height",
        new Primitive.Of0() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply() {
            return size;
          }
        });
    to.add(
        "at",
        new Primitive.Of1() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int index) {
            return index < fence || index >= size ? -1 : nodes[index];
          }
        });
    to.add(
        "mark",
        new Primitive.Of0() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply() {
            if (markCount == marks.length) {
              marks = Arrays.copyOf(marks, markCount * 2);
            }
            marks[markCount++] = size;
            fence = size;
            return 0;
          }
        });
    to.add(
        "unmark",
        new Primitive.Of0() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply() {
            if (markCount == 0) {
              return -1;
            }
            int start = marks[--markCount];
            fence = markCount == 0 ? 0 : marks[markCount - 1];
            return start;
          }
        });
    to.add(
        "marked",
        new Primitive.Of0() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply() {
            return markCount > 0 && marks[markCount - 1] == size ? 1 : 0;
          }
        });
    to.add(
        "cut",
        new Primitive.Of1() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int start) {
            size = start;
            return 0;
          }
        });
    to.add(
        "take",
        new Primitive.Of1() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int start) {
            if (start < fence) {
              return -1;
            }
            int edge = graph.edges(nodes, start, size);
            size = start;
            return edge;
          }
        });
    to.add(
        "extend",
        new Primitive.Of3() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int container, int kind, int start) {
            fresh = -1;
            int count = size - start;
            graph.chunk(container, kind, graph.edges(nodes, start, size), count);
            size = start;
            return count;
          }
        });
  }
}
