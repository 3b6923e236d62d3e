package io.picklift.app.encoding.format;

import io.picklift.codec.Limits;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** A format that applications wrap around a pickle. Implementations are immutable. */
public interface Encoding {
  /** The name as configuration, ledger and reports have it. */
  String label();

  /** Whether bytes may be in this format: cheap, and right to say yes too often. */
  boolean detects(byte[] bytes);

  /**
   * Whether {@link #detects} is as good as proof, by a signature. Then no other format is tried,
   * and data that cannot be undone is damaged.
   */
  default boolean isCertain() {
    return false;
  }

  /**
   * Undoes the format.
   *
   * @return what may have been within, the likeliest first; more than one where the format leaves
   *     that open
   * @throws EncodingException if more would come out than there is room for, or if the bytes are
   *     not in this format
   * @throws IOException if they are damaged
   */
  List<byte[]> undo(byte[] bytes, OutputBudget room) throws EncodingException, IOException;

  /**
   * The ways to make {@code outer} of {@code inner} that are worth a try, the likeliest first:
   * texts without blanks that {@link #make} takes. Not empty where the format can be made at all.
   */
  List<String> styles(byte[] outer, byte[] inner);

  /**
   * Makes the format.
   *
   * @param style one of those that {@link #styles} gave
   */
  byte[] make(byte[] inner, String style) throws IOException;

  /** The format for one save; one that reads the pickle itself keeps to its limits. */
  default Encoding within(Limits limits) {
    return this;
  }

  /** Whether making {@code inner} in this style gives exactly {@code outer}. */
  default boolean gives(byte[] outer, byte[] inner, String style) throws IOException {
    return Arrays.equals(make(inner, style), outer);
  }

  /** Whether what is made holds a signature over {@code inner}, which only a key can make anew. */
  default boolean isSigned(String style) {
    return false;
  }

  /**
   * Whether this is no format that an application chose, but what a text column or a transfer did
   * to the bytes. Undone only where the configuration allows the repair.
   */
  default boolean isDamage() {
    return false;
  }

  /**
   * Whether what {@link #undo} gives stands side by side in the value, and each may be a pickle; if
   * not, these are readings of one thing.
   */
  default boolean hasParts() {
    return false;
  }

  /**
   * What {@link #undo} takes for the name of a part and that may be a pickle instead, as when texts
   * of base64 were appended, each with its padding; empty for none.
   */
  default byte[] ahead(byte[] outer) {
    return new byte[0];
  }

  /**
   * Whether a pickle that comes out needs more to be believed than its shape: in this format nearly
   * any text gives some bytes.
   */
  default boolean isWeak() {
    return false;
  }
}
