package io.picklift.app.control;

import java.util.HexFormat;

/**
 * A mapping's fingerprint: what is handed over has to mean the same to both processes.
 *
 * @param hex in hexadecimal digits
 */
public record MappingPrint(String hex) {
  public static MappingPrint of(byte[] fingerprint) {
    return new MappingPrint(HexFormat.of().formatHex(fingerprint));
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
