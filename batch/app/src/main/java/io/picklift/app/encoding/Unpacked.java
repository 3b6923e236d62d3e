package io.picklift.app.encoding;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A BLOB's pickle, and the encodings that were around it.
 *
 * @param layers what was undone, outermost first; empty for a bare pickle
 * @param pickle the pickle
 */
public record Unpacked(List<EncodingLayer> layers, byte[] pickle) {
  public Unpacked {
    layers = List.copyOf(layers);
  }

  /** The names of the encodings, outermost first. */
  public List<String> labels() {
    return layers.stream().map(layer -> layer.encoding().label()).toList();
  }

  /** The stack as the ledger shows it, like {@code base64+zlib}; empty for a bare pickle. */
  public String label() {
    return labels().stream().collect(Collectors.joining("+"));
  }

  /** What came out of a layer. */
  byte[] inner(int layer) {
    boolean isInnermost = layer + 1 == layers.size();
    return isInnermost ? pickle : layers.get(layer + 1).outer();
  }
}
