package io.picklift.codec.digest;

import io.picklift.codec.Limits;
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
   * @throws LimitException where a short save stands for more than its output limit, or the digest
   *     would take more memory than a save may
   */
  public static byte[] sha256(SaveGraph graph, Limits limits) throws LimitException {
    return sha256(Meaning.of(graph, limits));
  }

  /** The digest of a meaning that is at hand, within its limits. */
  public static byte[] sha256(Meaning meaning) throws LimitException {
    meaning.memory().need(meaning.steps().digest());
    SaveGraph graph = meaning.graph();
    long input = (long) graph.source().length + graph.size() + graph.edgeCount();
    // What JSON says in a byte takes some bytes here; a save beyond this is beyond JSON's limit as
    // well.
    return new DigestWriter(meaning, new DigestOutput(4 * meaning.limits().outputFor(input)))
        .digest();
  }
}
