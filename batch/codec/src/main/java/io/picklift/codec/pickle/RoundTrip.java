package io.picklift.codec.pickle;

import io.picklift.codec.Limits;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.model.SaveGraph;
import java.util.Arrays;

/**
 * A pickle written again from its graph, with the proof of how good it is.
 *
 * @param pickle what the graph gives back
 * @param outcome whether these are the same bytes
 */
public record RoundTrip(byte[] pickle, Outcome outcome) {
  /** How a pickle came back. */
  public enum Outcome {
    /** The same bytes. */
    IDENTICAL,
    /** Other bytes of the same meaning: the digests are the same. */
    EQUIVALENT
  }

  /**
   * Writes the graph of {@code original} and checks the result.
   *
   * @throws IllegalStateException if what was written means something else, which would be an error
   *     of ours
   */
  public static RoundTrip of(byte[] original, SaveGraph graph, Limits limits)
      throws CodecException {
    var writer = new PickleWriter(limits);
    byte[] written = writer.write(graph);
    if (Arrays.equals(written, original)) {
      return new RoundTrip(written, Outcome.IDENTICAL);
    }
    byte[] digest = GraphDigest.sha256(graph, limits);
    if (!hasDigest(written, graph, digest, limits)) {
      // The order in which things were put together matters, and the walk does not keep it.
      written = writer.writeNormalized(graph);
      if (!hasDigest(written, graph, digest, limits)) {
        throw new IllegalStateException("the pickle written from the graph means something else");
      }
    }
    return new RoundTrip(written, Outcome.EQUIVALENT);
  }

  private static boolean hasDigest(byte[] pickle, SaveGraph graph, byte[] digest, Limits limits)
      throws CodecException {
    return Arrays.equals(
        digest, GraphDigest.sha256(RecordDecoder.again(pickle, graph, limits), limits));
  }
}
