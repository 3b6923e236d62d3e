package io.picklift.app.companion;

import io.picklift.app.database.Retry;
import io.picklift.app.source.SaveKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** Goes through the target's rows of a companion, and asks the source which are still there. */
final class CompanionSweep {
  private static final int PAGE = 1_000;
  private static final String NO_HASH = "";

  private final CompanionSource source;
  private final CompanionRows rows;
  private final DataSource target;
  private final CompanionTable table;
  private final RefusedRows refused;

  /**
   * Keys that are gone from the source.
   *
   * @param rows of the companion's table
   * @param refused of the refused rows
   */
  record Found(List<SaveKey> rows, List<SaveKey> refused) {}

  CompanionSweep(
      CompanionSource source, CompanionRows rows, DataSource target, CompanionTable table) {
    this.source = source;
    this.rows = rows;
    this.target = target;
    this.table = table;
    this.refused = new RefusedRows(table.name());
  }

  /** All that are gone. */
  Found find(Runnable check) throws SQLException {
    List<SaveKey> gone = new ArrayList<>();
    SaveKey after = null;
    while (true) {
      check.run();
      SaveKey from = after;
      List<SaveKey> page = Retry.retrying(() -> rows.page(from, PAGE));
      gone.addAll(gone(page));
      if (page.size() < PAGE) {
        return new Found(gone, refusedAlone(check).refused());
      }
      after = page.get(page.size() - 1);
    }
  }

  /** Where no row can be gone, a refused one may. */
  Found refusedAlone(Runnable check) throws SQLException {
    List<SaveKey> gone = new ArrayList<>();
    String after = NO_HASH;
    while (true) {
      check.run();
      String from = after;
      Map<String, String> page = Retry.retrying(() -> refusedPage(from));
      List<SaveKey> keys = new ArrayList<>();
      for (Map.Entry<String, String> entry : page.entrySet()) {
        keys.add(SaveKey.parse(entry.getValue(), table.key().size()));
        after = entry.getKey();
      }
      gone.addAll(gone(keys));
      if (page.size() < PAGE) {
        return new Found(List.of(), gone);
      }
    }
  }

  private Map<String, String> refusedPage(String after) throws SQLException {
    try (Connection connection = target.getConnection()) {
      return refused.page(connection, after, PAGE);
    }
  }

  private List<SaveKey> gone(List<SaveKey> keys) throws SQLException {
    Set<SaveKey> present = Retry.retrying(() -> source.present(keys));
    return keys.stream().filter(key -> !present.contains(key)).toList();
  }
}
