package io.picklift.app.restore;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.account.LedgerReport;
import io.picklift.app.config.Config;
import io.picklift.app.config.Database;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.database.Retry;
import io.picklift.app.database.ServerErrors;
import io.picklift.app.database.Snapshot;
import io.picklift.app.database.TableNames;
import io.picklift.app.decode.StrayBytes;
import io.picklift.app.encoding.text.DjangoSigner;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.lock.TargetLock;
import io.picklift.app.rebuild.RebuildException;
import io.picklift.app.rebuild.RebuiltSave;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.report.Finding;
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
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The saves of a target as BLOBs again: from its tables and what is archived beside them, without a
 * look at the source. Reads the saves one by one.
 */
public final class RestoredSaves implements AutoCloseable {
  private static final int PAGE = 200;
  private static final int MOST_PROBLEMS = 1_000;

  private static final String SELECT =
      """
      SELECT save_id, source_key, status, LOWER(HEX(blob_sha256)), LOWER(HEX(graph_sha256))
      FROM picklift_save WHERE source_table = ? AND status <> 'deleted'\
      """;

  private final Deque<AutoCloseable> open;
  private final Config config;
  private final DataSource target;
  private final TargetTables mapped;
  private final SaveRebuilder rebuilder;
  private @Nullable DjangoSigner signer;

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

    /**
     * Whether saves that were not told to be done may come once more: the target was away while
     * they were read, and whoever writes them has lost nothing.
     */
    default boolean isRepeatable() {
      return true;
    }

    /** What was done before, where all saves are restored and an earlier restore was killed. */
    default RestoreProgress before() {
      return RestoreProgress.NONE;
    }

    /** All saves so far are done, those that could not be restored included. */
    default void done(RestoreProgress progress) throws SQLException {}
  }

  /**
   * Connects to the target alone, and checks that it holds saves of this mapping. Takes no lock: a
   * save is read as it was at one moment.
   */
  public static RestoredSaves open(Config config, Limits limits)
      throws DatabaseException, SQLException {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    boolean isOpen = false;
    try {
      TargetTables mapped = TargetTables.read(config, limits);
      Database database = config.requireTarget();
      HikariDataSource target = Pools.open("target", database, 4);
      open.push(target);
      try (Connection connection = target.getConnection()) {
        if (!TableNames.isThere(connection, "picklift_save")) {
          throw new ConfigurationException(database.place() + ": nothing was migrated into it yet");
        }
        TargetMappings.check(connection, config.source().label(), mapped);
      }
      isOpen = true;
      return new RestoredSaves(open, config, target, mapped, limits);
    } finally {
      if (!isOpen) {
        ResourceCloser.all(open);
      }
    }
  }

  /**
   * Signs changed saves whose BLOB is signed.
   *
   * @param by null where nobody has the key
   */
  public void sign(@Nullable DjangoSigner by) {
    signer = by;
  }

  /**
   * A table of the target to restore into, made like the source's where there is none. Takes the
   * target's lock.
   */
  public RestoreTable table(String name) throws JobFailedException, SQLException {
    if (config.source().database() == null) {
      throw new ConfigurationException(
          "--table "
              + name
              + ": the source is files, and no table to make one like; use --out DIR");
    }
    if (mapped.hasTable(name) || name.regionMatches(true, 0, "picklift_", 0, 9)) {
      throw new ConfigurationException("--table " + name + ": is a table of the target itself");
    }
    TargetLock lock = TargetLock.take(target);
    if (lock == null) {
      throw new JobFailedException(TargetLock.busy(target, config.requireTarget().place()));
    }
    open.push(lock);
    TargetSchema.migrate(target);
    lock.enter();
    return RestoreTable.open(config, target, name);
  }

  /**
   * Restores saves.
   *
   * @param keys as the ledger has them; empty for all
   */
  public RestoreSummary restore(List<String> keys, Sink sink) throws SQLException, IOException {
    return restore(keys, sink, RestoreSummary.Failures.IGNORED);
  }

  /** The same, and tells of each save that could not be restored. */
  public RestoreSummary restore(List<String> keys, Sink sink, RestoreSummary.Failures failures)
      throws SQLException, IOException {
    Run run = new Run(sink, keys.isEmpty() ? sink.before() : RestoreProgress.NONE, failures);
    try {
      if (keys.isEmpty()) {
        run.all();
      }
      for (String key : keys) {
        run.one(key);
      }
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
    return run.summary();
  }

  /**
   * What the target gives for one save, as it is at one moment.
   *
   * @return null where the target has no such save, or has it in quarantine
   * @throws RebuildException if its rows and archive give none
   */
  public @Nullable RebuiltSave rebuilt(SaveKey key) throws SQLException, RebuildException {
    List<RebuildException> failure = new ArrayList<>();
    Optional<RebuiltSave> found =
        Snapshot.read(
            target,
            connection -> {
              try {
                return Optional.ofNullable(rebuilt(connection, key));
              } catch (RebuildException e) {
                failure.add(e);
                return Optional.<RebuiltSave>empty();
              }
            });
    if (!failure.isEmpty()) {
      throw failure.get(0);
    }
    return found.orElse(null);
  }

  private @Nullable RebuiltSave rebuilt(Connection connection, SaveKey key)
      throws SQLException, RebuildException {
    List<Entry> found = entries(connection, config.source().label(), key);
    if (found.isEmpty() || !found.get(0).status().equals(LedgerEntry.Status.MIGRATED.label())) {
      return null;
    }
    Entry entry = found.get(0);
    StoredSaves stored = rebuilder.stored(connection, List.of(entry.migrated().saveId()));
    return rebuilder.rebuild(stored, entry.migrated());
  }

  private static List<Entry> entries(Connection connection, String source, SaveKey key)
      throws SQLException {
    String sql = SELECT + " AND key_sha256 = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      select.setBytes(2, key.sha256());
      return entries(select);
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

  /** What stands behind the source's pickles and is none. */
  public StrayBytes stray() throws SQLException {
    try (Connection connection = target.getConnection()) {
      return LedgerReport.stray(connection, config.source().label());
    }
  }

  private record Entry(String key, String status, SaveRebuilder.Migrated migrated) {}

  private final class Run {
    private final Sink sink;
    private final RestoreSummary.Failures failures;
    private final List<String> problems;
    private RestoreProgress progress;
    private long unchanged;
    private long changed;
    private long failed;

    Run(Sink sink, RestoreProgress before, RestoreSummary.Failures failures) {
      this.sink = sink;
      this.failures = failures;
      progress = before;
      problems = new ArrayList<>(before.summary().problems());
      unchanged = before.summary().unchanged();
      changed = before.summary().changed();
      failed = before.summary().failed();
    }

    RestoreSummary summary() {
      return new RestoreSummary(unchanged, changed, problems, failed);
    }

    void all() throws SQLException {
      int size;
      do {
        size = sink.isRepeatable() ? Retry.retrying(this::page) : page();
      } while (size == PAGE);
    }

    /** The next page of saves as they were at one moment: none is read while it is half written. */
    private int page() throws SQLException {
      return Snapshot.read(
          target,
          connection -> {
            List<Entry> page = page(connection, progress.lastSaveId());
            restore(connection, page);
            return page.size();
          });
    }

    /** Files that cannot be written are not the database's failure. */
    private void restore(Connection connection, List<Entry> entries) throws SQLException {
      StoredSaves stored = stored(connection, entries);
      for (Entry entry : entries) {
        try {
          SaveKey written = restore(connection, stored, entry);
          progress = progress.next(entry.migrated().saveId(), written, summary());
          sink.done(progress);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    private List<Entry> page(Connection connection, long after) throws SQLException {
      String sql = SELECT + " AND save_id > ? ORDER BY save_id LIMIT " + PAGE;
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setString(1, config.source().label());
        select.setLong(2, after);
        return entries(select);
      }
    }

    void one(String key) throws SQLException {
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
      int unused = Snapshot.read(target, connection -> one(connection, parsed));
    }

    private int one(Connection connection, SaveKey key) throws SQLException {
      List<Entry> found = entries(connection, config.source().label(), key);
      if (found.isEmpty()) {
        fail(key.text(), "the target has no such save");
      }
      restore(connection, found);
      return found.size();
    }

    private StoredSaves stored(Connection connection, List<Entry> entries) throws SQLException {
      return rebuilder.stored(
          connection, entries.stream().map(entry -> entry.migrated().saveId()).toList());
    }

    /** The key where it was written; null where the save could not be restored. */
    private @Nullable SaveKey restore(Connection connection, StoredSaves stored, Entry entry)
        throws SQLException, IOException {
      if (!entry.status().equals(LedgerEntry.Status.MIGRATED.label())) {
        String reason = Quarantine.reason(connection, entry.migrated().saveId());
        fail(entry.key(), entry.status() + " (" + reason + "): its BLOB is in the source alone");
        String sha256 = entry.migrated().blobSha256();
        failures.add(entry.key(), Finding.quarantined(reason, sha256 == null ? "" : sha256));
        return null;
      }
      RebuiltSave save;
      try {
        save = rebuilder.rebuild(stored, entry.migrated());
      } catch (RebuildException e) {
        fail(entry.key(), String.valueOf(e.getMessage()));
        failures.add(entry.key(), e.finding());
        return null;
      }
      byte[] blob = save.isEdited() && save.isSigned() ? signed(save.blob()) : save.blob();
      if (blob == null) {
        fail(
            entry.key(),
            "changed in the tables, and the BLOB is signed: "
                + (signer == null
                    ? "set " + DjangoSigner.KEY + " to your application's key"
                    : "the signature is not of django.core.signing, or not outermost: only your"
                        + " application can sign it"));
        return null;
      }
      SaveKey key = SaveKey.parse(entry.key(), config.source().key().size());
      if (!isTaken(key, blob)) {
        return null;
      }
      if (save.isEdited()) {
        changed++;
      } else {
        unchanged++;
      }
      return key;
    }

    /** A table's server may not take the BLOB; the others are restored. */
    private boolean isTaken(SaveKey key, byte[] blob) throws SQLException, IOException {
      try {
        sink.save(key, blob);
        return true;
      } catch (SQLException e) {
        if (!ServerErrors.isTooLong(e)) {
          throw e;
        }
        fail(
            key.text(),
            String.format(
                Locale.ROOT,
                "an INSERT of its %,d bytes is longer than the target's max_allowed_packet: raise"
                    + " it, or restore with --out",
                blob.length));
        return false;
      }
    }

    private byte @Nullable [] signed(byte[] blob) {
      return signer == null ? null : signer.sign(blob);
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
