package io.picklift.app.target;

import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.RowWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** Deletes what the target has of saves. Never commits. */
final class SaveDeletion {
  private SaveDeletion() {}

  /** Deletes all but the ledger's rows; ids in their order, in which others lock them too. */
  static void clear(Connection connection, Mapping mapping, List<Long> saveIds)
      throws SQLException {
    if (saveIds.isEmpty()) {
      return;
    }
    RowWriter.delete(connection, mapping, saveIds);
    describeNoMore(connection, saveIds);
  }

  /** Deletes what is to be written of saves that the ledger has, but for the rows that are kept. */
  static void clearChanged(Connection connection, Mapping mapping, List<NumberedSave> saves)
      throws SQLException {
    if (saves.isEmpty()) {
      return;
    }
    for (TableMapping table : mapping.parentsLast()) {
      RowWriter.delete(
          connection,
          table,
          saves.stream()
              .filter(save -> !save.kept().contains(table.number()))
              .map(NumberedSave::saveId)
              .toList());
    }
    describeNoMore(connection, saves.stream().map(NumberedSave::saveId).sorted().toList());
  }

  private static void describeNoMore(Connection connection, List<Long> saveIds)
      throws SQLException {
    update(connection, "DELETE FROM picklift_archive", saveIds);
    update(connection, "DELETE FROM picklift_base", saveIds);
    update(connection, "DELETE FROM picklift_quarantine", saveIds);
  }

  /** Enters in the ledger that these saves are gone from the source. */
  static void enter(Connection connection, List<Long> saveIds) throws SQLException {
    if (saveIds.isEmpty()) {
      return;
    }
    update(
        connection,
        """
        UPDATE picklift_save
        SET status = 'deleted', deleted_at = UTC_TIMESTAMP(6), last_written = UTC_TIMESTAMP(6)\
        """,
        saveIds);
  }

  private static void update(Connection connection, String sql, List<Long> saveIds)
      throws SQLException {
    String ids = saveIds.stream().map(String::valueOf).collect(Collectors.joining(","));
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql + " WHERE save_id IN (" + ids + ")");
    }
  }
}
