package io.picklift.app.account;

import io.picklift.app.source.GivenKeys;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which saves of the target a command is to do.
 *
 * @param keys the saves of these keys; empty for any
 * @param where an SQL condition over the mapping's first table, which one row of the save has to
 *     meet; null for none
 */
public record SaveChoice(List<String> keys, @Nullable String where) {
  public SaveChoice {
    keys = List.copyOf(keys);
  }

  /** Whether every save is chosen. */
  public boolean isAll() {
    return keys.isEmpty() && where == null;
  }

  /**
   * As an SQL condition over {@code picklift_save}.
   *
   * @param firstTable the mapping's first table, quoted
   */
  public String condition(SaveSource source, String firstTable) {
    if (!keys.isEmpty()) {
      return GivenKeys.parse(keys, source).stream()
          .map(SaveKey::sha256)
          .map(hash -> "0x" + HexFormat.of().formatHex(hash))
          .collect(Collectors.joining(", ", "key_sha256 IN (", ")"));
    }
    return where == null
        ? "TRUE"
        : "save_id IN (SELECT save_id FROM %s WHERE %s)".formatted(firstTable, where);
  }
}
