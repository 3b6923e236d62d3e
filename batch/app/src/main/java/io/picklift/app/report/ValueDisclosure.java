package io.picklift.app.report;

import io.picklift.app.source.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** Whether a report shows the values of saves or only their hashes. Players' values are private. */
public enum ValueDisclosure {
  FULL,
  /** Each value is shown as the start of its SHA-256: equal values look equal, and that is all. */
  HASHES;

  private static final int SHOWN_BYTES = 6;

  /** The value as the report shows it. */
  public String shown(String value) {
    if (this == FULL || value.isEmpty()) {
      return value;
    }
    byte[] hash = Sha256.of(value.getBytes(StandardCharsets.UTF_8));
    return "#" + HexFormat.of().formatHex(hash, 0, SHOWN_BYTES);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
