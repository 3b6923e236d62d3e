package io.picklift.schema.tables.split;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.values.FrameValues;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.RowNodes;

/**
 * Reads the values of the row at hand: nodes, and elements of tables of pandas and numpy, which a
 * walk gives as numbers below {@link MappingWalk#ABSENT}.
 */
final class RowValues {
  private final SaveGraph graph;
  private final MappingWalk walk;
  private final NodeValueReader nodes;
  private final FrameValues frames;

  private final Scalar value = new Scalar();

  /** Which row of a table of pandas or numpy the row at hand is; -1 where it is none. */
  private int frameRow = -1;

  RowValues(Meaning meaning, MappingWalk walk, NodeValueReader nodes) {
    graph = meaning.graph();
    this.walk = walk;
    this.nodes = nodes;
    frames = new FrameValues(meaning, nodes);
  }

  /** Where each reading puts what it finds. */
  Scalar value() {
    return value;
  }

  void beginRow(RowNodes from, int ordinal) {
    frameRow = from.isInFrame(ordinal) ? from.positions.get(ordinal) : -1;
  }

  Scalar.Type typeOf(int node) {
    return node < MappingWalk.ABSENT ? frames.type(walk.frameCells(node)) : nodes.type(node);
  }

  /** Reads a value; false where it is a mark of pandas for one that is not there. */
  boolean read(int node) {
    if (node < MappingWalk.ABSENT) {
      return frames.read(walk.frameCells(node), frameRow, value);
    }
    if (isMissing(node)) {
      return false;
    }
    nodes.read(node, value);
    return true;
  }

  /** Whether a cell that shows one value shows the other: it may be the argument of a call. */
  boolean shows(int shown, int node) {
    return shown == node || (shown >= 0 && node >= 0 && nodes.argumentShown(shown) == node);
  }

  /** Whether a node is a mark of pandas for a value that is not there. */
  boolean isMissing(int node) {
    return frameRow >= 0 && walk.frames().isMissing(node);
  }

  /** Whether None stands there, or what stands for it in a table of pandas or numpy. */
  boolean isNone(int node) {
    boolean isInFrame = node < MappingWalk.ABSENT || frameRow >= 0;
    return isInFrame ? !read(node) : graph.kind(node) == Kind.NONE;
  }
}
