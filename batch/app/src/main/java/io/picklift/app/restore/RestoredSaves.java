package io.picklift.app.restore;

import io.picklift.app.account.LedgerReport;
import io.picklift.app.config.Config;
import io.picklift.app.config.Database;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.decode.StrayBytes;
import io.picklift.app.job.FailureText;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.lock.TargetLock;
import io.picklift.app.rebuild.RebuildException;
import io.picklift.app.rebuild.RebuiltSave;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.source.SaveKey;
import io.picklift.app.target.LedgerEntry;
import io.picklift.app.target.Quarantine;
import io.picklift.app.target.StoredSaves;
import io.picklift.app.target.TargetMappings;
import io.picklift.app.target.TargetSchema;
import io.picklift.app.target.TargetTables;
import io.picklift.app.view.SafeText;
import io.picklift.codec.Limits;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;

/**
 * The saves of a target as BLOBs again: from its tables and what is archived beside them, without a
 * look at the source. Reads the saves one by one.
 */
public final class RestoredSaves implements AutoCloseable {
  private static final org.slf4j.Logger LOG =
      org.slf4j.LoggerFactory.getLogger(RestoredSaves.class);
  private static final int PAGE = 200;
  private static final int MOST_PROBLEMS = 1_000;

  private final Deque<AutoCloseable> open;
  private final Config config;
  private final DataSource target;
  private final TargetTables mapped;
  private final SaveRebuilder rebuilder;

  private RestoredSaves(
      Deque<AutoCloseable> open,
      Config config,
      DataSource target,
      TargetTables mapped,
      Limits limits) {
    this.open = open;
    this.config = config;
    this.target = target;
    this.mapped = mapped;
    rebuilder = new SaveRebuilder(mapped.tables(), limits);
  }

  /** Where restored BLOBs go. */
  public interface Sink {
    /** One BLOB and the key it was of. */
    void save(SaveKey key, byte[] blob) throws SQLException, IOException;
  }

  /**
   * What was done.
   *
   * @param unchanged BLOBs that are what was migrated
   * @param changed BLOBs of saves that were changed in the tables since
   * @param problems a line for each save that could not be restored, up to a thousand
   * @param failed how many could not be restored, or were asked for and are not there
   * @param stray what stands behind the source's pickles and is none
   */
  public record Summary(
      long unchanged, long changed, List<String> problems, long failed, StrayBytes stray) {
    public Summary {
      problems = List.copyOf(problems);
    }
  }

  /** Connects to the target alone, and checks that it holds saves of this mapping. */
  public static RestoredSaves open(Config config, Limits limits)
      throws DatabaseException, JobFailedException {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    boolean isOpen = false;
    try {
      TargetTables mapped = TargetTables.read(config, limits);
      Database database = config.requireTarget();
      var target = Pools.open("target", database, 3);
      open.push(target);
      TargetLock lock = TargetLock.take(target);
      if (lock == null) {
        throw new JobFailedException(TargetLock.busy(target, database.place()));
      }
      open.push(lock);
      TargetSchema.migrate(target);
      try (Connection connection = target.getConnection()) {
        mapped.createTables(connection);
        TargetMappings.enter(connection, config.source().label(), mapped, LOG::warn);
      }
      isOpen = true;
      return new RestoredSaves(open, config, target, mapped, limits);
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    } catch (FlywayException e) {
      throw new JobFailedException("the target's own tables are not usable: " + e.getMessage(), e);
    } finally {
      if (!isOpen) {
        ResourceCloser.all(open);
      }
    }
  }

  /** A table of the target to restore into, made like the source's where there is none. */
  public RestoreTable table(String name) throws JobFailedException {
    if (config.source().database() == null) {
      throw new ConfigurationException(
          "--table "
              + name
              + ": the source is files, and no table to make one like; use --out DIR");
    }
    if (mapped.hasTable(name) || name.regionMatches(true, 0, "picklift_", 0, 9)) {
      throw new ConfigurationException("--table " + name + ": is a table of the target itself");
    }
    try {
      return RestoreTable.open(config, target, name);
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    }
  }

  /**
   * Restores saves.
   *
   * @param keys as the ledger has them; empty for all
   */
  public Summary restore(List<String> keys, Sink sink) throws JobFailedException, IOException {
    Run run = new Run(sink);
    try (Connection connection = target.getConnection()) {
      if (keys.isEmpty()) {
        run.all(connection);
      } else {
        for (String key : keys) {
          run.one(connection, key);
        }
      }
      run.stray = LedgerReport.stray(connection, config.source().label());
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    }
    return run.summary();
  }

  private record Entry(String key, String status, SaveRebuilder.Migrated migrated) {}

  private final class Run {
    private final Sink sink;
    private final List<String> problems = new ArrayList<>();
    private long unchanged;
    private long changed;
    private long failed;
    private StrayBytes stray = new StrayBytes(0, 0);

    Run(Sink sink) {
      this.sink = sink;
    }

    Summary summary() {
      return new Summary(unchanged, changed, problems, failed, stray);
    }

    void all(Connection connection) throws SQLException, IOException {
      long after = -1;
      List<Entry> page;
      do {
        page = page(connection, after);
        StoredSaves stored = stored(connection, page);
        for (Entry entry : page) {
          restore(connection, stored, entry);
          after = entry.migrated().saveId();
        }
      } while (page.size() == PAGE);
    }

    private List<Entry> page(Connection connection, long after) throws SQLException {
      String sql =
          "SELECT save_id, source_key, status, LOWER(HEX(blob_sha256)), LOWER(HEX(graph_sha256))"
              + " FROM picklift_save WHERE source_table = ? AND save_id > ? AND status <> 'deleted'"
              + " ORDER BY save_id LIMIT "
              + PAGE;
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setString(1, config.source().label());
        select.setLong(2, after);
        return entries(select);
      }
    }

    void one(Connection connection, String key) throws SQLException, IOException {
      SaveKey parsed;
      try {
        parsed = SaveKey.parse(key, config.source().key().size());
      } catch (IllegalArgumentException e) {
        fail(
            key,
            "is no key of "
                + config.source().key().size()
                + " columns, which is written as a JSON list like [\"7\", \"2\"]");
        return;
      }
      String sql =
          "SELECT save_id, source_key, status, LOWER(HEX(blob_sha256)), LOWER(HEX(graph_sha256))"
              + " FROM picklift_save WHERE source_table = ? AND key_sha256 = ? AND status <>"
              + " 'deleted'";
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setString(1, config.source().label());
        select.setBytes(2, parsed.sha256());
        List<Entry> found = entries(select);
        if (found.isEmpty()) {
          fail(key, "the target has no such save");
        }
        StoredSaves stored = stored(connection, found);
        for (Entry entry : found) {
          restore(connection, stored, entry);
        }
      }
    }

    private static List<Entry> entries(PreparedStatement select) throws SQLException {
      List<Entry> entries = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          entries.add(
              new Entry(
                  row.getString(2),
                  row.getString(3),
                  new SaveRebuilder.Migrated(row.getLong(1), row.getString(4), row.getString(5))));
        }
      }
      return entries;
    }

    private StoredSaves stored(Connection connection, List<Entry> entries) throws SQLException {
      return rebuilder.stored(
          connection, entries.stream().map(entry -> entry.migrated().saveId()).toList());
    }

    private void restore(Connection connection, StoredSaves stored, Entry entry)
        throws SQLException, IOException {
      if (!entry.status().equals(LedgerEntry.Status.MIGRATED.label())) {
        fail(
            entry.key(),
            entry.status()
                + " ("
                + Quarantine.reason(connection, entry.migrated().saveId())
                + "): its BLOB is in the source alone");
        return;
      }
      RebuiltSave save;
      try {
        save = rebuilder.rebuild(stored, entry.migrated());
      } catch (RebuildException e) {
        fail(entry.key(), String.valueOf(e.getMessage()));
        return;
      }
      if (save.isEdited() && save.isSigned()) {
        fail(
            entry.key(),
            "changed in the tables, and the BLOB is signed: only your application, which has the"
                + " key, can sign the changed save");
        return;
      }
      sink.save(SaveKey.parse(entry.key(), config.source().key().size()), save.blob());
      if (save.isEdited()) {
        changed++;
      } else {
        unchanged++;
      }
    }

    private void fail(String key, String message) {
      failed++;
      if (problems.size() < MOST_PROBLEMS) {
        problems.add(SafeText.line(key) + ": " + message);
      }
    }
  }

  @Override
  public void close() {
    ResourceCloser.all(open);
  }
}
