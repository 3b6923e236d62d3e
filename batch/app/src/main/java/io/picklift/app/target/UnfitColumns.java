package io.picklift.app.target;

import io.picklift.app.source.SaveKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The table {@code picklift_column_unfit}: by save and column, how many values the column could not
 * hold. Never commits; rows go with the save's archive.
 */
final class UnfitColumns {
  private static final int AT_A_TIME = 500;

  private UnfitColumns() {}

  /** Enters what was written of these saves, whose archives are there. */
  static void insert(Connection connection, List<NumberedSave> saves, List<PreparedSave> written)
      throws SQLException {
    Map<SaveKey, PreparedSave> byKey = new HashMap<>();
    written.forEach(save -> byKey.put(save.key(), save));
    List<Entry> entries = new ArrayList<>();
    for (NumberedSave save : saves) {
      PreparedSave of = byKey.get(save.save().key());
      if (of != null && of.content() instanceof PreparedSave.Migrated migrated) {
        migrated
            .unfitColumns()
            .forEach((column, count) -> entries.add(new Entry(save.saveId(), column, count)));
      }
    }
    for (int from = 0; from < entries.size(); from += AT_A_TIME) {
      insert(connection, entries.subList(from, Math.min(entries.size(), from + AT_A_TIME)));
    }
  }

  private record Entry(long saveId, String column, long count) {}

  private static void insert(Connection connection, List<Entry> entries) throws SQLException {
    String sql =
        "INSERT INTO picklift_column_unfit (save_id, column_name, unfit_count) VALUES "
            + String.join(", ", Collections.nCopies(entries.size(), "(?, ?, ?)"));
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      int at = 1;
      for (Entry entry : entries) {
        insert.setLong(at++, entry.saveId());
        insert.setString(at++, entry.column());
        insert.setLong(at++, entry.count());
      }
      insert.executeUpdate();
    }
  }
}
