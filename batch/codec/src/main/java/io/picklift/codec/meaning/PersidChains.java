package io.picklift.codec.meaning;

import io.picklift.codec.model.Kind;

/**
 * Persistent ids that are each the value of the next: how many there are and around what, so that
 * each use of a long chain takes no time of its own.
 */
public final class PersidChains {
  private final Meaning meaning;

  /** By node, made when there is a persistent id: its depth, 0 where that is not known. */
  private int[] depths = new int[0];

  private int[] lasts = new int[0];

  public PersidChains(Meaning meaning) {
    this.meaning = meaning;
  }

  /** How many persistent ids stand one in the other, this one included. */
  public int depth(int node) {
    if (depths.length == 0) {
      depths = new int[meaning.graph().size()];
      lasts = new int[meaning.graph().size()];
    }
    return depths[node] > 0 ? depths[node] : count(node);
  }

  /** The innermost persistent id. */
  public int last(int node) {
    depth(node);
    return lasts[node];
  }

  /**
   * Walks down to the innermost one or a known one, and notes what was found for each on the way.
   */
  private int count(int node) {
    int above = 0;
    int last = node;
    int depth = 1;
    for (int at = node; ; ) {
      if (depths[at] > 0) {
        depth = depths[at];
        last = lasts[at];
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
      depths[at] = depth + left;
      lasts[at] = last;
      if (left > 0) {
        at = meaning.persidValue(at);
      }
    }
    return depth + above;
  }
}
