package io.picklift.app.target;

import io.picklift.app.database.Retry;
import io.picklift.app.decode.Refusal;
import io.picklift.app.decode.RefusedException;
import io.picklift.app.decode.SaveOutcome;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.Sha256;
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
  private final MappedTables tables;
  private final FoundColumns columns;

  /** Found by the transaction at hand. */
  private final Set<String> found = new TreeSet<>();

  public SaveStore(
      DataSource target,
      TargetLock lock,
      Ledger ledger,
      MappedTables tables,
      FoundColumns columns) {
    this.target = target;
    this.lock = lock;
    this.ledger = ledger;
    this.tables = tables;
    this.columns = columns;
  }

  /**
   * Writes these outcomes, and says of each whether it was migrated. Does it all again where the
   * server undid it.
   */
  public List<Boolean> write(List<SaveOutcome> outcomes) throws SQLException {
    List<Boolean> migrated =
        Retry.retrying(() -> inTransaction(connection -> writeAll(connection, outcomes)));
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
                      "UPDATE picklift_save SET status = 'deleted', last_written = UTC_TIMESTAMP(6) WHERE save_id",
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

  private List<Boolean> writeAll(Connection connection, List<SaveOutcome> outcomes)
      throws SQLException {
    Map<SaveKey, LedgerEntry> known =
        ledger.find(connection, outcomes.stream().map(outcome -> outcome.row().key()).toList());
    clear(connection, known.values().stream().map(LedgerEntry::saveId).sorted().toList());
    found.clear();
    List<Boolean> migrated = new ArrayList<>();
    for (SaveOutcome outcome : outcomes) {
      migrated.add(write(connection, known.get(outcome.row().key()), outcome));
    }
    columns.enter(connection, found);
    return migrated;
  }

  private void clear(Connection connection, List<Long> saveIds) throws SQLException {
    if (!saveIds.isEmpty()) {
      tables.delete(connection, saveIds);
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

  private boolean write(Connection connection, @Nullable LedgerEntry before, SaveOutcome outcome)
      throws SQLException {
    byte[] blob = outcome.row().blob();
    byte[] sha256 = blob == null ? null : Sha256.of(blob);
    Refusal refusal;
    if (outcome instanceof SaveOutcome.Decoded decoded) {
      Savepoint savepoint = connection.setSavepoint();
      refusal = migrate(connection, before, decoded, sha256);
      if (refusal == null) {
        connection.releaseSavepoint(savepoint);
        return true;
      }
      connection.rollback(savepoint);
    } else {
      refusal = ((SaveOutcome.Refused) outcome).refusal();
    }
    long saveId =
        ledger.enter(connection, before, new SaveOutcome.Refused(outcome.row(), refusal), sha256);
    Quarantine.insert(connection, saveId, refusal, blob, sha256);
    return false;
  }

  /** Writes a save; returns why it cannot be, or null. */
  private @Nullable Refusal migrate(
      Connection connection,
      @Nullable LedgerEntry before,
      SaveOutcome.Decoded save,
      byte @Nullable [] sha256)
      throws SQLException {
    try {
      long saveId = ledger.enter(connection, before, save, sha256);
      MappedTables.Split split = tables.split(save.graph(), saveId);
      split.write(connection);
      String recipe = save.recipe();
      ResidueTable.Entry entry =
          new ResidueTable.Entry(
              split.residue(), recipe, recipe == null ? save.row().blob() : null);
      ResidueTable.insert(connection, saveId, entry, split);
      found.addAll(split.foundColumns());
      return null;
    } catch (RefusedException e) {
      return e.refusal();
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
