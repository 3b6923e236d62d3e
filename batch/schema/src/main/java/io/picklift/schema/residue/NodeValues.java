package io.picklift.schema.residue;

/** The values of the nodes that a residue does not hold. */
public interface NodeValues {
  /** The op of a node whose value was taken; {@code kindOp} is the one that the residue gives. */
  int op(int node, int kindOp);

  /** Operand a; for a slice, in the pool that the graph is built on. */
  int a(int node);

  int b(int node);
}
