package io.picklift.app.evolve;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.account.LedgerReport;
import io.picklift.app.account.UnfitValues;
import io.picklift.app.bulk.WritingTarget;
import io.picklift.app.changes.ChangeTriggers;
import io.picklift.app.config.Config;
import io.picklift.app.config.Database;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.LongStatement;
import io.picklift.app.database.Pools;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.database.Retry;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.evolve.EvolutionTable.Evolution;
import io.picklift.app.evolve.EvolutionTable.State;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.lock.TargetLock;
import io.picklift.app.target.FoundColumns;
import io.picklift.app.target.MigratedTarget;
import io.picklift.app.target.TargetMappings;
import io.picklift.app.target.TargetSchema;
import io.picklift.app.target.TargetTables;
import io.picklift.app.target.archive.ArchiveChecksum;
import io.picklift.app.view.SaveCount;
import io.picklift.codec.Limits;
import io.picklift.schema.evolve.MappingChanges;
import io.picklift.schema.evolve.TableChange;
import io.picklift.schema.keys.ForeignKeys;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SqlNames;
import io.picklift.schema.yaml.ConfigurationException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes a target to another mapping. A run that is killed goes on where it was; until the tables
 * change places nothing of the target has changed, and it can be given up.
 */
public final class Evolve implements AutoCloseable {
  private static final int CONNECTIONS = 8;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Config config;
  private final DecodingEngine.Name engine;
  private final Limits limits;
  private final Moments moments;
  private final HikariDataSource target;
  private final TargetLock lock;
  private final WritingTarget writing;

  /**
   * Connects, and takes the target's lock.
   *
   * @param engine that reads saves whose rows were edited
   */
  public static Evolve open(
      Config config, DecodingEngine.Name engine, Limits limits, Moments moments)
      throws DatabaseException, JobFailedException, SQLException {
    return new Evolve(config, engine, limits, moments);
  }

  private Evolve(Config config, DecodingEngine.Name engine, Limits limits, Moments moments)
      throws DatabaseException, JobFailedException, SQLException {
    this.config = config;
    this.engine = engine;
    this.limits = limits;
    this.moments = moments;
    Database database = config.requireTarget();
    boolean isOpen = false;
    try {
      target = Pools.open("target", database, CONNECTIONS);
      open.push(target);
      try (Connection connection = target.getConnection()) {
        MigratedTarget.check(connection, database);
      }
      TargetLock taken = TargetLock.take(target);
      if (taken == null) {
        throw new JobFailedException(TargetLock.busy(target, database.place()));
      }
      lock = taken;
      open.push(lock);
      TargetSchema.migrate(target);
      lock.enter();
      // The tables may be changing places still.
      lock.endFormer();
      writing = WritingTarget.open(database, 2);
      open.push(writing);
      isOpen = true;
    } finally {
      if (!isOpen) {
        ResourceCloser.all(open);
      }
    }
  }

  /** Takes the target to the mapping of a file; goes on where a run to it was killed. */
  public EvolveResult to(Path file) throws SQLException {
    return to(TargetTables.read(config, file, limits), false);
  }

  /**
   * Gives up what was begun.
   *
   * @throws ConfigurationException if nothing is, or the tables have changed places
   */
  public EvolveResult cancel() throws SQLException {
    Evolution begun = begun();
    if (begun == null) {
      throw new ConfigurationException("no evolve was interrupted: there is nothing to cancel");
    }
    if (isRenamed(begun)) {
      throw new ConfigurationException(
          "the tables have changed places already: run the command again that was interrupted,"
              + " and then evolve --back");
    }
    return cancelled(begun);
  }

  private EvolveResult cancelled(Evolution begun) throws SQLException {
    giveUp(begun);
    return new EvolveResult(
        false, 0, 0, List.of(), Map.of(), "cancelled: the target keeps its mapping");
  }

  /**
   * Takes the target to the mapping that it had before the last evolve; goes on where that was
   * killed. Another evolve that was begun is given up, or, where the tables have changed places,
   * finished before.
   */
  public EvolveResult back() throws SQLException {
    Evolution begun = begun();
    if (begun != null && begun.isBack()) {
      return to(kept(begun.next()), true);
    }
    if (begun != null && !isRenamed(begun)) {
      return cancelled(begun);
    }
    if (begun != null) {
      EvolveResult unused = to(kept(begun.next()), false);
    }
    Evolution last = last();
    if (last == null) {
      throw new ConfigurationException("the target had no other mapping before");
    }
    return to(kept(last.former()), true);
  }

  private @Nullable Evolution last() throws SQLException {
    try (Connection connection = target.getConnection()) {
      return EvolutionTable.last(connection);
    }
  }

  private @Nullable Evolution begun() throws SQLException {
    try (Connection connection = target.getConnection()) {
      return EvolutionTable.open(connection);
    }
  }

  /** Tables of a mapping that the target keeps, with the adapters of now. */
  private TargetTables kept(byte[] sha256) throws SQLException {
    try (Connection connection = target.getConnection()) {
      TargetMappings.Kept kept = TargetMappings.find(connection, sha256);
      if (kept == null) {
        throw new ConfigurationException("the target does not keep the mapping that it had before");
      }
      TargetTables tables = TargetTables.kept(config, kept.yaml(), limits);
      if (!tables.mapping().written().equals(kept.written())) {
        throw new ConfigurationException(
            "the adapters compute other columns now than under the mapping that the target had"
                + " before; give that mapping with --mapping");
      }
      return tables;
    }
  }

  private EvolveResult to(TargetTables next, boolean isBack) throws SQLException {
    Evolution begun = begun();
    if (begun != null && !Arrays.equals(begun.next(), next.fingerprint())) {
      throw new ConfigurationException(
          "an evolve to another mapping was begun: finish it with that mapping, or cancel it"
              + " with --cancel");
    }
    TargetTables former = begun == null ? former() : former(begun);
    MappingChanges.Result changes = MappingChanges.of(former.mapping(), next.mapping());
    if (begun == null && Arrays.equals(former.fingerprint(), next.fingerprint())) {
      return new EvolveResult(true, 0, 0, List.of(), Map.of(), "the target has this mapping");
    }
    if (begun == null) {
      begin(former, next, written(changes), changes, isBack);
    }
    long saves = 0;
    while (true) {
      Evolution now = Objects.requireNonNull(begun());
      BesideTables beside =
          new BesideTables(former.mapping(), next.mapping(), now.written(), changes.tables());
      if (!isRenamed(now, beside)) {
        Filling filling = fill(now, beside, former, next);
        saves += filling.saves();
        if (filling.failed() > 0) {
          giveUp(now);
          return new EvolveResult(
              false,
              0,
              filling.failed(),
              filling.reasons(),
              Map.of(),
              "nothing has changed: some saves cannot be converted to the new mapping");
        }
        if (!filling.others().isEmpty()) {
          // Rows of a table that was to be kept are others: it is written as well.
          Set<String> more = new TreeSet<>(now.written());
          more.addAll(filling.others());
          if (next.mapping().foreignKeys() == ForeignKeys.ALL) {
            next.mapping().tables().forEach(table -> more.add(table.name()));
          }
          giveUp(now);
          begin(former, next, more, changes, now.isBack());
          continue;
        }
      }
      String without = finish(now, beside, former, next, changes.tables());
      List<String> reasons = without == null ? List.of() : List.of(without);
      return new EvolveResult(true, saves, 0, reasons, unfit(), "");
    }
  }

  /** What the columns of now could not hold. */
  private Map<String, UnfitValues> unfit() throws SQLException {
    try (Connection connection = target.getConnection()) {
      return LedgerReport.unfit(connection, config.source().label());
    }
  }

  private TargetTables former() throws SQLException {
    try (Connection connection = target.getConnection()) {
      return FormerTables.of(connection, config, limits);
    }
  }

  /** The mapping that an evolve began at, whatever the ledger says of some saves by now. */
  private TargetTables former(Evolution begun) throws SQLException {
    try (Connection connection = target.getConnection()) {
      TargetMappings.Kept kept = TargetMappings.find(connection, begun.former());
      if (kept == null) {
        throw new ConfigurationException("picklift_mapping lacks the mapping that evolve began at");
      }
      return FormerTables.of(config, kept, limits);
    }
  }

  private static Set<String> written(MappingChanges.Result changes) {
    Set<String> written = new TreeSet<>();
    changes.tables().stream()
        .filter(TableChange::isWritten)
        .forEach(table -> written.add(table.name()));
    return written;
  }

  private void begin(
      TargetTables former,
      TargetTables next,
      Set<String> written,
      MappingChanges.Result changes,
      boolean isBack)
      throws SQLException {
    next.checkNames();
    List<String> missing =
        new OuterValues(former.mapping(), config.source()).missing(next.mapping());
    if (!missing.isEmpty()) {
      throw new ConfigurationException(missing.get(0));
    }
    BesideTables beside =
        new BesideTables(former.mapping(), next.mapping(), written, changes.tables());
    try (Connection connection = target.getConnection()) {
      beside.checkNames(connection);
      StrangeParts.check(connection, beside.leaving());
      checkLock(connection, beside.leaving());
      if (!beside.isNone() && ChangeTriggers.areThere(connection)) {
        // As with the lock: the new tables get theirs only after they were filled.
        ChangeTriggers.tryOut(connection);
      }
      BesideTables.dropNew(connection);
      BesideTables.execute(connection, "TRUNCATE TABLE picklift_evolved");
      TargetMappings.keep(connection, former);
      TargetMappings.keep(connection, next);
      long unused = ArchiveChecksum.fill(connection);
      EvolutionTable.begin(connection, former.fingerprint(), next.fingerprint(), written, isBack);
    }
  }

  /** An account that may not lock tables is told before all the work is done. */
  private static void checkLock(Connection connection, List<String> tables) throws SQLException {
    if (!tables.isEmpty()) {
      BesideTables.execute(connection, "LOCK TABLES " + SqlNames.quote(tables.get(0)) + " READ");
      BesideTables.execute(connection, "UNLOCK TABLES");
    }
  }

  /** Of an evolution whose mappings are not at hand yet. */
  private boolean isRenamed(Evolution of) throws SQLException {
    TargetTables former = former(of);
    TargetTables next = kept(of.next());
    MappingChanges.Result changes = MappingChanges.of(former.mapping(), next.mapping());
    return isRenamed(
        of, new BesideTables(former.mapping(), next.mapping(), of.written(), changes.tables()));
  }

  private boolean isRenamed(Evolution of, BesideTables beside) throws SQLException {
    if (of.state() != State.SWAPPING) {
      return false;
    }
    try (Connection connection = target.getConnection()) {
      return beside.isRenamed(connection);
    }
  }

  private void giveUp(Evolution of) throws SQLException {
    try (Connection connection = target.getConnection()) {
      moments.at("giving up");
      BesideTables.dropNew(connection);
      BesideTables.execute(connection, "TRUNCATE TABLE picklift_evolved");
      EvolutionTable.enter(connection, of.id(), State.GIVEN_UP);
    }
  }

  private Filling fill(Evolution of, BesideTables beside, TargetTables former, TargetTables next)
      throws SQLException {
    EvolvedRows rows =
        new EvolvedRows(
            writing, lock, new FoundColumns(config.source().label()), next.mapping(), beside);
    Filling filling =
        new Filling(
            target, rows, former, next, config.source(), of.written(), engine, limits, moments);
    LongStatement statements = new LongStatement(target);
    moments.at("making");
    boolean unused =
        statements.run(
            connection -> {
              beside.make(connection);
              EvolutionTable.enter(connection, of.id(), State.FILLING);
              return true;
            });
    if (!beside.isNone()) {
      filling.run(false);
      moments.at("indexing");
      boolean ignored =
          filling.failed() > 0
              || !filling.others().isEmpty()
              || statements.run(
                  connection -> {
                    beside.index(connection);
                    return true;
                  });
    }
    if (filling.failed() == 0 && filling.others().isEmpty()) {
      swap(of, beside, former.mapping(), filling);
    }
    return filling;
  }

  private void swap(Evolution of, BesideTables beside, Mapping former, Filling filling)
      throws SQLException {
    if (beside.isNone()) {
      try (Connection connection = target.getConnection()) {
        EvolutionTable.enter(connection, of.id(), State.SWAPPING);
      }
      return;
    }
    List<String> tables = former.tables().stream().map(TableMapping::name).toList();
    moments.at("watching");
    boolean ignored =
        Retry.connected(
            target,
            connection -> {
              beside.watch(connection);
              return true;
            });
    moments.at("locking");
    boolean unused =
        new Swap(target, lock, tables, beside.renaming())
            .run(
                () -> {
                  filling.run(true);
                  if (filling.failed() > 0 || !filling.others().isEmpty()) {
                    return false;
                  }
                  lock.hold();
                  try (Connection connection = target.getConnection()) {
                    EvolutionTable.enter(connection, of.id(), State.SWAPPING);
                  }
                  moments.at("renaming");
                  return true;
                });
  }

  /** Does what is left; gives why no save can be born from now on, null where they can. */
  private @Nullable String finish(
      Evolution of,
      BesideTables beside,
      TargetTables former,
      TargetTables next,
      List<TableChange> changes)
      throws SQLException {
    Finishing finishing = new Finishing(target, lock, moments);
    EvolvedBirths births = new EvolvedBirths(target, lock, config.source().label(), next.mapping());
    String without = null;
    if (beside.isNone()) {
      // First, or a save that is born meanwhile has the former mapping's name.
      births.rename();
      finishing.mapping(config.source().label(), next.fingerprint());
    } else {
      finishing.saves(next.fingerprint());
      without = births.search(limits);
    }
    LongStatement statements = new LongStatement(target);
    boolean unused =
        statements.run(
            connection -> {
              long left = Finishing.left(connection, config.source().label(), next.fingerprint());
              if (left > 0) {
                throw new IllegalStateException(SaveCount.were(left) + " not taken along");
              }
              finishing.indexes(connection, former.mapping(), next.mapping(), changes);
              moments.at("dropping");
              BesideTables.dropOld(connection);
              for (TableChange change : changes) {
                if (of.written().contains(change.name())) {
                  analyze(connection, change.name());
                }
              }
              EvolutionTable.enter(connection, of.id(), State.DONE);
              return true;
            });
    return without;
  }

  private static void analyze(Connection connection, String table) throws SQLException {
    BesideTables.execute(connection, "ANALYZE TABLE " + SqlNames.quote(table));
  }

  @Override
  public void close() {
    ResourceCloser.all(open);
  }
}
