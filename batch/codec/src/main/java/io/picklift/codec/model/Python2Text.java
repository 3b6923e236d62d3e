package io.picklift.codec.model;

/** Whether Python 2 wrote a pickle: only its pickler writes its {@code str}. */
public final class Python2Text {
  private Python2Text() {}

  /** Whether there is text of Python 2 in the graph. */
  public static boolean isIn(SaveGraph graph) {
    for (int node = 0; node < graph.size(); node++) {
      if (graph.kind(node) == Kind.PY2_STR) {
        return true;
      }
    }
    return false;
  }
}
