package io.picklift.app.proof;

import io.picklift.app.config.SourceConfig;
import io.picklift.app.source.RowHashes;
import io.picklift.app.source.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of all that a verdict depends on beside what the target holds of the save itself: the
 * source's row, the ledger's digest, the mapping, and which copies are compared with which values.
 */
public final class SourceHash {
  private final SourceConfig config;
  private final String mapping;

  /**
   * @param mappingSha256 the mapping's fingerprint
   */
  public SourceHash(SourceConfig config, byte[] mappingSha256) {
    this.config = config;
    this.mapping = HexFormat.of().formatHex(mappingSha256);
  }

  /**
   * The hash in lower-case hex.
   *
   * @param graphSha256 the digest that the ledger has
   */
  public String of(RowHashes row, @Nullable String graphSha256) {
    StringBuilder text = new StringBuilder("picklift proof 1");
    line(text, "source", config.label());
    line(text, "mapping", mapping);
    line(text, "key", HexFormat.of().formatHex(row.key().sha256()));
    line(text, "graph", graphSha256);
    line(text, "blob", row.blob());
    for (Map.Entry<String, String> copy : new TreeMap<>(config.columns()).entrySet()) {
      line(text, "column", copy.getKey());
      line(text, "path", copy.getValue());
      line(text, "copy", row.columns().get(copy.getKey()));
    }
    line(text, "json column", config.json());
    line(text, "json", row.json());
    line(text, "carried", row.carried());
    return HexFormat.of().formatHex(Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** A value with its length, so that none can stand for two others; a NULL is none of them. */
  private static void line(StringBuilder text, String name, @Nullable String value) {
    text.append('\n').append(name).append(' ');
    if (value == null) {
      text.append('-');
    } else {
      text.append(value.length()).append(' ').append(value);
    }
  }
}
