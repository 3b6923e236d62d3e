package io.picklift.app.companion;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.account.CompanionCounts;
import io.picklift.app.config.CompanionConfig;
import io.picklift.app.config.Config;
import io.picklift.app.config.CountOrShare;
import io.picklift.app.config.Database;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.database.Retry;
import io.picklift.app.lock.Fence;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.throttle.Politeness;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The companions of a configuration. */
public final class Companions {
  private final @Nullable DataSource source;
  private final DataSource target;
  private final String label;
  private final List<CompanionTable> tables;

  private Companions(
      @Nullable DataSource source, DataSource target, String label, List<CompanionTable> tables) {
    this.source = source;
    this.target = target;
    this.label = label;
    this.tables = List.copyOf(tables);
  }

  /**
   * Looks up the companions in the source. Nothing is written.
   *
   * @param isTaken whether a table of the target is another's
   * @param open what was opened is pushed here, to be closed
   * @throws io.picklift.schema.yaml.ConfigurationException if one is not as described
   */
  public static Companions open(
      Config config, DataSource target, Predicate<String> isTaken, Deque<AutoCloseable> open)
      throws DatabaseException, SQLException {
    Database database = config.source().database();
    String label = config.source().label();
    if (config.companions().isEmpty() || database == null) {
      return new Companions(null, target, label, List.of());
    }
    boolean isOneSchema = database.place().equals(config.requireTarget().place());
    HikariDataSource source = Pools.open("source", database, 2);
    open.push(source);
    List<CompanionTable> tables = new ArrayList<>();
    try (Connection connection = source.getConnection()) {
      for (CompanionConfig one : config.companions()) {
        if (isTaken.test(one.name()) || (isOneSchema && isSource(config, one))) {
          throw one.error(
              "there is another table '" + one.name() + "'; give this one another name");
        }
        tables.add(SourceColumns.read(one, connection));
      }
    }
    return new Companions(source, target, label, tables);
  }

  private static boolean isSource(Config config, CompanionConfig one) {
    return one.name().equalsIgnoreCase(one.from())
        || one.name().equalsIgnoreCase(config.source().table());
  }

  /** Makes the tables that are not there yet. */
  public void make(Connection connection) throws SQLException {
    for (CompanionTable table : tables) {
      new TargetCompanion(connection, table, label).make();
    }
  }

  /**
   * Copies what is new or changed, and deletes what is gone.
   *
   * @param began when the run began, in the target's time
   * @param mostDeleted how many rows of each may be deleted; null where none is to be
   * @param check called between pages; throws where the process was told to stop
   * @param polite is told what is read, for the rate
   * @param note is told lines about what is to be looked at
   */
  public List<CompanionCounts> copy(
      Fence lock,
      String began,
      @Nullable CountOrShare mostDeleted,
      Runnable check,
      Politeness polite,
      Consumer<String> note)
      throws SQLException {
    List<CompanionCounts> counts = new ArrayList<>();
    DataSource from = source;
    if (from == null) {
      return counts;
    }
    CompanionCopy.CopyRun run = new CompanionCopy.CopyRun(began, mostDeleted, check, polite, note);
    for (CompanionTable table : tables) {
      counts.add(new CompanionCopy(from, target, lock, table, run).run());
    }
    return counts;
  }

  /**
   * Counts what {@link #copy} would do, and writes nothing.
   *
   * @param hasTables whether the target has the toolkit's tables
   * @param mostDeleted how many rows of each may be deleted; null where none is to be
   */
  public List<CompanionCounts> forecast(
      boolean hasTables, @Nullable CountOrShare mostDeleted, Politeness polite)
      throws SQLException {
    List<CompanionCounts> counts = new ArrayList<>();
    DataSource from = source;
    if (from == null) {
      return counts;
    }
    for (CompanionTable table : tables) {
      boolean isMade = hasTables && Retry.retrying(() -> isMade(table));
      counts.add(new CompanionForecast(from, target, table, isMade, polite).run(mostDeleted));
    }
    return counts;
  }

  /** Enters what a run counted. */
  public static void enter(Connection connection, long runId, List<CompanionCounts> all)
      throws SQLException {
    String sql =
        """
        REPLACE INTO picklift_companion_run (run_id, name, source_rows, added, replaced, unchanged,
          refused, changed_since, deleted, held_back)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (CompanionCounts counts : all) {
        insert.setLong(1, runId);
        insert.setString(2, counts.name());
        int parameter = 3;
        for (long count :
            new long[] {
              counts.rows(),
              counts.added(),
              counts.replaced(),
              counts.unchanged(),
              counts.refused(),
              counts.changed(),
              counts.deleted(),
              counts.heldBack()
            }) {
          insert.setLong(parameter++, count);
        }
        insert.executeUpdate();
      }
    }
  }

  /** Compares every row of the source with the target's, value by value. */
  public void verify(VerifyReport report, Runnable check) throws SQLException {
    DataSource from = source;
    if (from == null) {
      return;
    }
    for (CompanionTable table : tables) {
      boolean isMade = Retry.retrying(() -> isMade(table));
      new CompanionVerify(from, target, table, isMade).run(report, check);
    }
  }

  private boolean isMade(CompanionTable table) throws SQLException {
    try (Connection connection = target.getConnection()) {
      return new TargetCompanion(connection, table, label).isMade();
    }
  }
}
