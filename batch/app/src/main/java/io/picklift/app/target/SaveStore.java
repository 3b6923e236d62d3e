package io.picklift.app.target;

import io.picklift.app.database.Retry;
import io.picklift.app.decode.Refusal;
import io.picklift.app.source.SaveKey;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.rows.RowWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes saves into the target: one transaction for all that are given, a savepoint for each, so
 * that a save is whole or absent. For one thread.
 */
public final class SaveStore {
  /** ER_DUP_ENTRY. */
  private static final int DUPLICATE = 1062;

  /** How the message about a duplicate ends; MySQL has the table's name ahead. */
  private static final Pattern INDEX = Pattern.compile("for key '(?:[^'.]*\\.)?([^'.]+)'$");

  private final DataSource target;
  private final TargetLock lock;
  private final Ledger ledger;
  private final Mapping mapping;
  private final FoundColumns columns;

  /** Found by the transaction at hand. */
  private final Set<String> found = new TreeSet<>();

  public SaveStore(
      DataSource target, TargetLock lock, Ledger ledger, Mapping mapping, FoundColumns columns) {
    this.target = target;
    this.lock = lock;
    this.ledger = ledger;
    this.mapping = mapping;
    this.columns = columns;
  }

  /**
   * Writes these saves, and says of each whether it was migrated. Does it all again where the
   * server undid it.
   */
  public List<Boolean> write(List<PreparedSave> saves) throws SQLException {
    List<Boolean> migrated =
        Retry.retrying(() -> inTransaction(connection -> writeAll(connection, saves)));
    columns.committed(found);
    return migrated;
  }

  /** Enters that these saves are gone from the source, and deletes what there is of them. */
  public void delete(List<Long> saveIds) throws SQLException {
    Retry.retrying(
        () ->
            inTransaction(
                connection -> {
                  clear(connection, saveIds);
                  update(
                      connection,
                      "UPDATE picklift_save SET status = 'deleted', deleted_at = UTC_TIMESTAMP(6),"
                          + " last_written = UTC_TIMESTAMP(6) WHERE save_id",
                      saveIds);
                  return saveIds.size();
                }));
  }

  private interface Transaction<T> {
    T run(Connection connection) throws SQLException;
  }

  private <T> T inTransaction(Transaction<T> transaction) throws SQLException {
    lock.hold();
    try (Connection connection = target.getConnection()) {
      connection.setAutoCommit(false);
      boolean isCommitted = false;
      try {
        T result = transaction.run(connection);
        connection.commit();
        isCommitted = true;
        return result;
      } finally {
        if (!isCommitted) {
          rollBack(connection);
        }
      }
    }
  }

  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // The connection is lost, and with it the transaction; what led here is thrown already.
      org.slf4j.LoggerFactory.getLogger(SaveStore.class).debug("rollback failed", e);
    }
  }

  private List<Boolean> writeAll(Connection connection, List<PreparedSave> saves)
      throws SQLException {
    Map<SaveKey, LedgerEntry> known =
        ledger.find(connection, saves.stream().map(save -> save.key()).toList());
    clear(connection, known.values().stream().map(LedgerEntry::saveId).sorted().toList());
    found.clear();
    List<Boolean> migrated = new ArrayList<>();
    for (PreparedSave save : saves) {
      migrated.add(write(connection, known.get(save.key()), save));
    }
    columns.enter(connection, found);
    return migrated;
  }

  private void clear(Connection connection, List<Long> saveIds) throws SQLException {
    if (!saveIds.isEmpty()) {
      new RowWriter(connection, mapping).delete(saveIds);
      update(connection, "DELETE FROM picklift_archive WHERE save_id", saveIds);
      update(connection, "DELETE FROM picklift_quarantine WHERE save_id", saveIds);
    }
  }

  private static void update(Connection connection, String sql, List<Long> saveIds)
      throws SQLException {
    String places = String.join(", ", Collections.nCopies(saveIds.size(), "?"));
    try (PreparedStatement statement = connection.prepareStatement(sql + " IN (" + places + ")")) {
      for (int i = 0; i < saveIds.size(); i++) {
        statement.setLong(i + 1, saveIds.get(i));
      }
      statement.executeUpdate();
    }
  }

  private boolean write(Connection connection, @Nullable LedgerEntry before, PreparedSave save)
      throws SQLException {
    Refusal refusal;
    if (save.content() instanceof PreparedSave.Migrated migrated) {
      Savepoint savepoint = connection.setSavepoint();
      refusal = migrate(connection, before, save, migrated);
      if (refusal == null) {
        connection.releaseSavepoint(savepoint);
        return true;
      }
      connection.rollback(savepoint);
    } else {
      refusal = ((PreparedSave.Quarantined) save.content()).refusal();
    }
    long saveId = ledger.enter(connection, before, save.refused(refusal));
    Quarantine.insert(connection, saveId, refusal, save.blob());
    return false;
  }

  /** Writes a save; returns why it cannot be, or null. */
  private @Nullable Refusal migrate(
      Connection connection,
      @Nullable LedgerEntry before,
      PreparedSave save,
      PreparedSave.Migrated migrated)
      throws SQLException {
    try {
      long saveId = ledger.enter(connection, before, save);
      new RowWriter(connection, mapping).write(List.of(migrated.rows().withSaveId(saveId)));
      ResidueTable.insert(connection, saveId, migrated, save.blob());
      found.addAll(migrated.foundColumns());
      return null;
    } catch (SQLException e) {
      if (Retry.isTransient(e) || !isAboutData(e)) {
        throw e;
      }
      return Refusal.byTarget(
          e.getErrorCode(),
          "the target refused a row: error "
              + e.getErrorCode()
              + ", SQLSTATE "
              + e.getSQLState()
              + index(e));
    }
  }

  /** Which index says no to a value that is there already: its name alone, never the value. */
  private static String index(SQLException e) {
    Matcher name = INDEX.matcher(String.valueOf(e.getMessage()));
    return e.getErrorCode() == DUPLICATE && name.find() ? ", index " + name.group(1) : "";
  }

  /**
   * Data exceptions, constraint violations, a packet too large; not a full disk or a missing table.
   */
  private static boolean isAboutData(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("22")
        || state.startsWith("23")
        || e.getErrorCode() == 3819
        || e.getErrorCode() == 1366
        || e.getErrorCode() == 1118;
  }
}
