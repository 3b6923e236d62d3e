package io.picklift.app.database;

import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * Hashes as literals of a statement, {@code x'00ff'}. As parameters Connector/J writes them just
 * so, but byte by byte, which costs more than all else of a statement that has many.
 */
public final class HashLiterals {
  private HashLiterals() {}

  /** With commas between them. */
  public static String of(Collection<String> hashes) {
    return hashes.stream().map(HashLiterals::literal).collect(Collectors.joining(", "));
  }

  /** These bytes. */
  public static String of(byte[] bytes) {
    return literal(HexFormat.of().formatHex(bytes));
  }

  private static String literal(String hex) {
    return "x'" + hex + "'";
  }
}
