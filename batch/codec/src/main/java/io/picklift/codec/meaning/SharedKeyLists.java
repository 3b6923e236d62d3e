package io.picklift.codec.meaning;

import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import java.security.SecureRandom;

/**
 * The keys of dicts, as far as many dicts of a save have the very same ones in the same order, as
 * the states of most objects of one class do: what was found out about one holds for all.
 */
final class SharedKeyLists {
  static final int NONE = -1;

  /** A power of two, and no more than a byte tells apart. More are rare, and go without. */
  static final int MOST = 128;

  /** A layout is at one of so many places in a row. */
  private static final int NEXT = 4;

  /** Nobody outside knows which keys fall together. */
  private static final int SEED = new SecureRandom().nextInt() | 1;

  private final SaveGraph graph;

  /** By layout the edge where one dict's pairs start, and how many edges they take. */
  private final int[] starts = new int[MOST];

  private final int[] counts = new int[MOST];

  /** Whether all keys are scalars. */
  private final boolean[] plain = new boolean[MOST];

  /** By chunk, of those that are all that a dict has: its layout plus one. */
  private final byte[] ofChunk;

  SharedKeyLists(SaveGraph graph) {
    this.graph = graph;
    this.ofChunk = new byte[graph.chunkCount()];
  }

  /** What {@link #find} or {@link #add} told of the chunk. */
  int of(int chunk) {
    return (ofChunk[chunk] & 0xff) - 1;
  }

  /** The layout of the pairs of a chunk where one dict before had it; else {@link #NONE}. */
  int find(int chunk) {
    int first = first(chunk);
    for (int i = first; i < first + NEXT; i++) {
      int layout = i & (MOST - 1);
      if (isAt(layout, chunk)) {
        ofChunk[chunk] = (byte) (layout + 1);
        return layout;
      }
    }
    return NONE;
  }

  /** Adds that of a chunk that has pairs, unless its places are taken. */
  void add(int chunk) {
    int first = first(chunk);
    for (int i = first; i < first + NEXT; i++) {
      int layout = i & (MOST - 1);
      if (counts[layout] == 0) {
        starts[layout] = graph.chunkStart(chunk);
        counts[layout] = graph.chunkLength(chunk);
        plain[layout] = arePlain(starts[layout], counts[layout]);
        ofChunk[chunk] = (byte) (layout + 1);
        return;
      }
    }
  }

  boolean hasPlainKeys(int layout) {
    return plain[layout];
  }

  private boolean arePlain(int start, int count) {
    for (int i = start; i < start + count; i += 2) {
      if (graph.op(graph.edge(i)) >= Op.BYTEARRAY8) {
        return false;
      }
    }
    return true;
  }

  private int first(int chunk) {
    int hash = graph.edge(graph.chunkStart(chunk)) * 31 + graph.chunkLength(chunk);
    return ((hash * SEED) >>> 16) & (MOST - 1);
  }

  private boolean isAt(int layout, int chunk) {
    int count = counts[layout];
    if (count != graph.chunkLength(chunk)) {
      return false;
    }
    int[] edges = graph.edges();
    int from = starts[layout];
    int to = graph.chunkStart(chunk);
    for (int i = 0; i < count; i += 2) {
      if (edges[from + i] != edges[to + i]) {
        return false;
      }
    }
    return true;
  }
}
