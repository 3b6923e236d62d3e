package io.picklift.app.encoding;

import java.util.ArrayList;
import java.util.List;

/**
 * A BLOB's pickle, and the encodings that were around it.
 *
 * @param layers what was undone, outermost first; empty for a bare pickle
 * @param pickle the pickle
 * @param suspected the name of damage that seems to have been done to the pickle, and that was left
 *     as it is; empty for none
 */
public record Unpacked(List<EncodingLayer> layers, byte[] pickle, String suspected) {
  /** Ends the name of what is suspected. */
  public static final String MARK = "?";

  public Unpacked {
    layers = List.copyOf(layers);
  }

  Unpacked(List<EncodingLayer> layers, byte[] pickle) {
    this(layers, pickle, "");
  }

  /** The names of the encodings, outermost first. */
  public List<String> labels() {
    return layers.stream().map(layer -> layer.encoding().label()).toList();
  }

  /** The same, and last, with a question mark, the damage that is suspected. */
  public List<String> told() {
    List<String> told = new ArrayList<>(labels());
    if (!suspected.isEmpty()) {
      told.add(suspected + MARK);
    }
    return told;
  }

  /**
   * What was {@link #told}, as the ledger shows it, like {@code base64+zlib}; empty for a bare
   * pickle.
   */
  public String label() {
    return String.join("+", told());
  }

  /** What came out of a layer. */
  byte[] inner(int layer) {
    boolean isInnermost = layer + 1 == layers.size();
    return isInnermost ? pickle : layers.get(layer + 1).outer();
  }
}
