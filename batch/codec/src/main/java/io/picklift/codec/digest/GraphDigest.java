package io.picklift.codec.digest;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;

/**
 * The SHA-256 of what a save means, as {@code proto/DIGEST.md} describes it: same meaning, same
 * digest, whatever protocol wrote it.
 */
public final class GraphDigest {
  private GraphDigest() {}

  /**
   * The digest of a graph.
   *
   * @return 32 bytes
   * @throws LimitException where a short save stands for more than its output limit
   */
  public static byte[] sha256(SaveGraph graph) throws LimitException {
    return sha256(Meaning.of(graph));
  }

  /** The digest of a meaning that is at hand. */
  public static byte[] sha256(Meaning meaning) throws LimitException {
    return sha256(meaning, Limits.defaults());
  }

  static byte[] sha256(Meaning meaning, Limits limits) throws LimitException {
    Memory.beside(meaning.footprint(), limits).need(meaning.steps().digest());
    SaveGraph graph = meaning.graph();
    long input = (long) graph.source().length + graph.size() + graph.edgeCount();
    // What JSON says in a byte takes some bytes here; a save beyond this is beyond JSON's limit as
    // well.
    return new DigestRecords(meaning, new DigestOutput(4 * limits.outputFor(input))).digest();
  }
}
