package io.picklift.app.source;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a source row that go into the target beside the save.
 *
 * @param values column to value as text, bytes in hex; absent for NULL
 * @param sha256 of all of them as the server makes it, in lower-case hex; null where none are
 *     carried
 */
public record CarriedColumns(Map<String, String> values, @Nullable String sha256) {
  /** Of a source of which no column is carried. */
  public static final CarriedColumns NOTHING = new CarriedColumns(Map.of(), null);

  public CarriedColumns {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
