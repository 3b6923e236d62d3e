package io.picklift.schema.profile.walk;

/** Which nodes of a save the walk has met, and the classes of those that are objects. */
final class VisitedNodes {
  private static final short MET = 1;

  /** Met, and an object of a class that stands for no value: this and the number of its class. */
  private static final short OBJECT = 2;

  /** For each node 0, {@link #MET} or {@link #OBJECT} and more. */
  private final short[] met;

  VisitedNodes(int size) {
    met = new short[size];
  }

  boolean isNew(int node) {
    return met[node] == 0;
  }

  void meet(int node) {
    met[node] = MET;
  }

  /** The same for an object of a class: of those with the highest numbers it is not remembered. */
  void meetObject(int node, int classNumber) {
    met[node] = OBJECT + classNumber <= Short.MAX_VALUE ? (short) (OBJECT + classNumber) : MET;
  }

  /** The number of its class where that is remembered; else negative. */
  int classNumber(int node) {
    return met[node] - OBJECT;
  }
}
