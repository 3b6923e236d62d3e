package io.picklift.codec.pickle;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.SaveGraph;

/**
 * Writes the pickle that a graph gives back: for what CPython's own pickler wrote the same bytes,
 * for anything else a pickle of the same meaning.
 */
public final class PickleWriter {
  /** An opcode with its argument, and its put. */
  private static final int NODE = 16;

  /** A get. */
  private static final int EDGE = 5;

  /** Long integers that stand more than once are written each time. */
  private static final int RATIO = 2;

  private static final int BASE = 1 << 16;

  private final Limits limits;

  public PickleWriter(Limits limits) {
    this.limits = limits;
  }

  /**
   * The pickle, not proven to be the same: whoever needs a proof compares the bytes.
   *
   * @throws LimitException if the pickle would be far longer than the one that the graph comes from
   */
  public byte[] write(SaveGraph graph) throws CodecException {
    long limit = limit(graph);
    if (graph.style().regular()) {
      Memory memory = Memory.beside(graph.footprint(), limits);
      byte[] pickle = new GraphWriter(graph, limit, false, memory).write();
      if (pickle != null) {
        return pickle;
      }
    }
    if (graph.style().protocol() < Normalizer.LOWEST_PROTOCOL) {
      byte[] pickle = OwnProtocol.write(graph, limit, limits);
      if (pickle != null) {
        return pickle;
      }
    }
    return writeNormalized(graph);
  }

  /** Whether a pickle that was written has a protocol that the graph's readers need not know. */
  public static boolean isRaised(byte[] pickle, SaveGraph graph) {
    return graph.style().protocol() < Normalizer.LOWEST_PROTOCOL
        && pickle.length > 1
        && (pickle[0] & 0xff) == Opcode.PROTO
        && pickle[1] >= Normalizer.LOWEST_PROTOCOL;
  }

  /**
   * No opcode takes more than these bytes beside its text, whatever the pickle was that the graph
   * comes from: its JSON may be far longer.
   */
  private long limit(SaveGraph graph) {
    long length =
        graph.source().length + NODE * (long) graph.size() + EDGE * (long) graph.edgeCount();
    return Math.min(limits.outputBytes(), BASE + RATIO * length);
  }

  /**
   * A pickle of the same meaning, in a form of our own: protocol 4 or 5, with everything that can
   * be in the memo.
   */
  byte[] writeNormalized(SaveGraph graph) throws CodecException {
    long limit = limit(graph);
    SaveGraph normalized = Normalizer.normalize(graph, limit, limits);
    Memory memory = Memory.beside(graph.footprint() + normalized.footprint(), limits);
    byte[] pickle = new GraphWriter(normalized, limit, true, memory).write();
    if (pickle == null) {
      throw new IllegalStateException("a normalized graph has a value that is shared and not put");
    }
    return pickle;
  }
}
