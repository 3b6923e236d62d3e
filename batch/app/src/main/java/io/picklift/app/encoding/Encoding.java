package io.picklift.app.encoding;

import java.util.Locale;

/** What applications wrap around a pickle before they store it. */
public enum Encoding {
  BASE64,
  ZLIB,
  GZIP,
  BZIP2,
  XZ,
  ZSTD,
  LZ4,
  SNAPPY,
  ZIP;

  /** The name as the configuration and the ledger have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
