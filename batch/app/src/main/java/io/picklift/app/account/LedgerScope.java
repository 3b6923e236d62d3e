package io.picklift.app.account;

import io.picklift.app.lock.Fence;
import io.picklift.app.lock.FencedTransaction;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;

/**
 * Marks saves in the ledger whose rows {@code where} leaves out, or lets in again. The saves' rows
 * in the tables stay as they are.
 */
public final class LedgerScope {
  private LedgerScope() {}

  public static void left(DataSource target, Fence lock, List<Long> saveIds) throws SQLException {
    update(target, lock, "UTC_TIMESTAMP(6)", saveIds);
  }

  public static void back(DataSource target, Fence lock, List<Long> saveIds) throws SQLException {
    update(target, lock, "NULL", saveIds);
  }

  private static void update(DataSource target, Fence lock, String value, List<Long> saveIds)
      throws SQLException {
    if (saveIds.isEmpty()) {
      return;
    }
    String places = String.join(", ", Collections.nCopies(saveIds.size(), "?"));
    String sql =
        "UPDATE picklift_save SET out_of_scope_at = %s WHERE save_id IN (%s)"
            .formatted(value, places);
    FencedTransaction.run(
        lock,
        target,
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < saveIds.size(); i++) {
              update.setLong(i + 1, saveIds.get(i));
            }
            update.executeUpdate();
          }
        });
  }
}
