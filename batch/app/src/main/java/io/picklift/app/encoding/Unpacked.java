package io.picklift.app.encoding;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A BLOB without what was around its pickle.
 *
 * @param stack the encodings, outermost first; empty for a bare pickle
 * @param layers the bytes of each encoding, outermost first: {@code layers.get(0)} is the BLOB
 * @param pickle the pickle
 */
public record Unpacked(List<Encoding> stack, List<byte[]> layers, byte[] pickle) {
  /** The stack as the ledger shows it, like {@code base64+zlib}; empty for a bare pickle. */
  public String label() {
    return stack.stream().map(Encoding::label).collect(Collectors.joining("+"));
  }
}
