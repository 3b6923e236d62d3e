package io.picklift.codec.digest;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import java.util.BitSet;
import java.util.HexFormat;

/**
 * Tells parts of saves apart: two values with one digest hold the same, as far as to the next
 * parts. Not the digest of {@code proto/DIGEST.md}, and nothing to keep. For one thread.
 */
public final class PartDigests {
  private final DigestWriter writer;

  /**
   * @param parts values that a digest says only that they are there, but for the one that it is of
   * @throws LimitException where digests would take more memory than a save may
   */
  public PartDigests(Meaning meaning, BitSet parts) throws LimitException {
    meaning.memory().need(meaning.steps().digest());
    writer = new DigestWriter(meaning, new DigestOutput(Long.MAX_VALUE), parts);
  }

  /** The digest of a value of the save, in lower-case hex. */
  public String of(int node) throws LimitException {
    return HexFormat.of().formatHex(writer.digest(node));
  }
}
