package io.picklift.app.workers.lease;

import io.picklift.app.lock.Generation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What workers have to know of the run whose work is shared out: the table {@code
 * picklift_shared_run}. No credentials: each worker has its own.
 *
 * @param round raised where the run begins anew, since the server lost commits
 * @param source as the ledger calls it
 * @param jobExecutionId in the job repository
 * @param same what each worker has to have in the same way, as {@link Sameness} writes it
 * @param engine by which saves are decoded
 * @param conflicts what becomes of saves that changed on both sides
 * @param began when the run began, in the target's time
 * @param before the newest watermark when the last complete run began; null for none
 * @param newest the newest watermark when this run began; null for none
 * @param leaseMillis how long a worker may be silent
 * @param maxRate how fast all workers together may go, as {@code --max-rate} has it; null for any
 */
public record SharedRun(
    Generation generation,
    int round,
    String source,
    long jobExecutionId,
    String same,
    String engine,
    String conflicts,
    String began,
    @Nullable String before,
    @Nullable String newest,
    int leaseMillis,
    @Nullable String maxRate) {
  private static final String COLUMNS =
      """
      generation, generation_token, round_number, source_table, job_execution_id, same, engine,
      conflicts, began, before_watermark, newest_watermark, lease_millis, max_rate
      """;

  /**
   * The name of the target's queue, made once: an outside broker may have those of many targets.
   */
  public static String queueName(Connection connection) throws SQLException {
    String sql =
        """
        INSERT IGNORE INTO picklift_shared_run
          (shared_run_id, queue_name, generation, generation_token, round_number, source_table,
          job_execution_id, same, engine, conflicts, began, lease_millis)
        VALUES (1, ?, 0, '', 0, '', 0, '', '', '', '', 0)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, "picklift." + UUID.randomUUID());
      insert.executeUpdate();
    }
    return Name.read(connection);
  }

  /** The name that {@link #queueName} made; null before. */
  public static @Nullable String madeQueueName(Connection connection) throws SQLException {
    String sql =
        """
        SELECT COUNT(*) FROM information_schema.tables
        WHERE table_schema = DATABASE() AND table_name = 'picklift_shared_run'
        """;
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      row.next();
      if (row.getInt(1) == 0) {
        return null;
      }
    }
    String name = Name.read(connection);
    return name.isEmpty() ? null : name;
  }

  private static final class Name {
    static String read(Connection connection) throws SQLException {
      try (Statement select = connection.createStatement();
          ResultSet row = select.executeQuery("SELECT queue_name FROM picklift_shared_run")) {
        return row.next() ? row.getString(1) : "";
      }
    }
  }

  /** Tells workers of this run. */
  public void enter(Connection connection) throws SQLException {
    String sql =
        """
        UPDATE picklift_shared_run
        SET generation = ?, generation_token = ?, round_number = ?, source_table = ?,
          job_execution_id = ?, same = ?, engine = ?, conflicts = ?, began = ?,
          before_watermark = ?, newest_watermark = ?, lease_millis = ?, max_rate = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, generation.number());
      update.setString(2, generation.token());
      update.setInt(3, round);
      update.setString(4, source);
      update.setLong(5, jobExecutionId);
      update.setString(6, same);
      update.setString(7, engine);
      update.setString(8, conflicts);
      update.setString(9, began);
      update.setString(10, before);
      update.setString(11, newest);
      update.setInt(12, leaseMillis);
      update.setString(13, maxRate);
      update.executeUpdate();
    }
  }

  /** The run whose work is shared out now; null where there is none. */
  public static @Nullable SharedRun read(Connection connection) throws SQLException {
    String sql = "SELECT " + COLUMNS + " FROM picklift_shared_run WHERE generation > 0";
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      return row.next()
          ? new SharedRun(
              new Generation(row.getLong(1), row.getString(2)),
              row.getInt(3),
              row.getString(4),
              row.getLong(5),
              row.getString(6),
              row.getString(7),
              row.getString(8),
              row.getString(9),
              row.getString(10),
              row.getString(11),
              row.getInt(12),
              row.getString(13))
          : null;
    }
  }
}
