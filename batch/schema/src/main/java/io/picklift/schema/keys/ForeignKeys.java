package io.picklift.schema.keys;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which foreign keys mapped tables have. */
public enum ForeignKeys {
  NONE,
  /** From each table's {@code save_id} to the ledger. */
  LEDGER,
  /** To the ledger, to the rows that own a row, and to the rows that it refers to. */
  ALL;

  /** The one that a mapping names so; null where there is none. */
  public static @Nullable ForeignKeys of(String label) {
    for (ForeignKeys keys : values()) {
      if (keys.label().equals(label)) {
        return keys;
      }
    }
    return null;
  }

  /** As a mapping writes it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
