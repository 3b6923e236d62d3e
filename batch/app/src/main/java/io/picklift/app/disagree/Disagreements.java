package io.picklift.app.disagree;

import io.picklift.app.decode.SaveOutcome;
import io.picklift.app.lock.Fence;
import io.picklift.app.lock.FencedTransaction;
import io.picklift.app.report.Finding;
import io.picklift.app.source.SaveKey;
import io.picklift.app.verify.CopyCheck;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * Compares each save that is migrated with the copies in its row, and enters what differs into
 * {@code picklift_disagreement}: before the save itself is written, so that whoever finds the save
 * in the ledger finds its disagreements, too. Safe for several threads.
 */
public final class Disagreements {
  private static final int MOST_AT_ONCE = 500;

  private static final String INSERT =
      """
      INSERT INTO picklift_disagreement (source_table, key_sha256, number, source_key, column_name,
        path, blob_kind, copy_kind, blob_sha256, copy_sha256, found_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))
      """;

  private final String source;
  private final CopyCheck check;
  private final DataSource target;
  private final Fence lock;
  private final Map<SaveKey, List<CopyDisagreement>> found = new ConcurrentHashMap<>();

  /**
   * @param source as the ledger calls it
   * @param check which copies there are
   */
  public Disagreements(String source, CopyCheck check, DataSource target, Fence lock) {
    this.source = source;
    this.check = check;
    this.target = target;
    this.lock = lock;
  }

  /** Whether rows have to be read with their copies. */
  public boolean isNeeded() {
    return !check.isNone();
  }

  /** Compares a save that was decoded. */
  public void compare(SaveOutcome outcome) {
    if (check.isNone() || !(outcome instanceof SaveOutcome.Decoded decoded)) {
      return;
    }
    List<Finding> findings = new ArrayList<>();
    check.compare(decoded.meaning(), decoded.row(), findings);
    if (!findings.isEmpty()) {
      found.put(decoded.row().key(), findings.stream().map(CopyDisagreement::of).toList());
    }
  }

  /** Enters what was found of these saves, in place of what was found before. */
  public void enter(Collection<SaveKey> keys) throws SQLException {
    if (check.isNone() || keys.isEmpty()) {
      return;
    }
    FencedTransaction.run(
        lock,
        target,
        connection -> {
          delete(connection, keys);
          insert(connection, keys);
        });
    keys.forEach(found::remove);
  }

  private void delete(Connection connection, Collection<SaveKey> keys) throws SQLException {
    String sql =
        "DELETE FROM picklift_disagreement WHERE source_table = ? AND key_sha256 IN (%s)"
            .formatted(String.join(", ", Collections.nCopies(keys.size(), "?")));
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      int parameter = 1;
      delete.setString(parameter++, source);
      for (SaveKey key : keys) {
        delete.setBytes(parameter++, key.sha256());
      }
      delete.executeUpdate();
    }
  }

  private void insert(Connection connection, Collection<SaveKey> keys) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      int waiting = 0;
      for (SaveKey key : keys) {
        int number = 0;
        for (CopyDisagreement one : found.getOrDefault(key, List.of())) {
          insert.setString(1, source);
          insert.setBytes(2, key.sha256());
          insert.setInt(3, number++);
          insert.setString(4, key.text());
          one.bind(insert, 5);
          insert.addBatch();
          if (++waiting % MOST_AT_ONCE == 0) {
            insert.executeBatch();
          }
        }
      }
      insert.executeBatch();
    }
  }

  /** Deletes those of saves that the target has not, or not any more. */
  public static void tidy(Connection connection, String source) throws SQLException {
    String sql =
        """
        DELETE d FROM picklift_disagreement d
        LEFT JOIN picklift_save s ON s.source_table = d.source_table AND s.key_sha256 = d.key_sha256
        WHERE d.source_table = ? AND (s.save_id IS NULL OR s.status <> 'migrated')
        """;
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setString(1, source);
      delete.executeUpdate();
    }
  }
}
