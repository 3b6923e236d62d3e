package io.picklift.codec.graph;

/**
 * Persistent ids that are each the value of the next: how many there are and around what, so that
 * each use of a long chain takes no time of its own.
 */
final class PersidChains {
  private final Meaning meaning;
  private final IntMap depths = new IntMap();
  private final IntMap lasts = new IntMap();

  PersidChains(Meaning meaning) {
    this.meaning = meaning;
  }

  /** How many persistent ids stand one in the other, this one included. */
  int depth(int node) {
    int depth = depths.get(node);
    return depth >= 0 ? depth : count(node);
  }

  /** The innermost persistent id. */
  int last(int node) {
    depth(node);
    return lasts.get(node);
  }

  /**
   * Walks down to the innermost one or a known one, and notes what was found for each on the way.
   */
  private int count(int node) {
    int above = 0;
    int last = node;
    int depth = 1;
    for (int at = node; ; ) {
      if (depths.get(at) >= 0) {
        depth = depths.get(at);
        last = lasts.get(at);
        break;
      }
      int inner = meaning.persidValue(at);
      if (inner < 0 || meaning.kind(inner) != Kind.PERSID) {
        last = at;
        break;
      }
      at = inner;
      above++;
    }
    int at = node;
    for (int left = above; left >= 0; left--) {
      depths.put(at, depth + left);
      lasts.put(at, last);
      if (left > 0) {
        at = meaning.persidValue(at);
      }
    }
    return depth + above;
  }
}
