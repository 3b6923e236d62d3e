package io.picklift.app.target;

import io.picklift.app.beside.BesideColumn;
import io.picklift.app.bulk.ServerTraits;
import io.picklift.app.bulk.WritingTarget;
import io.picklift.app.database.Retry;
import io.picklift.app.database.RetryPolicy;
import io.picklift.app.lock.TargetLock;
import io.picklift.app.range.KeyRange;
import io.picklift.app.source.SaveKey;
import io.picklift.schema.mapping.Mapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes saves into the target: one transaction for all that are given, so that a save is whole or
 * absent. For one thread.
 */
public final class SaveStore {
  private static final Logger LOG = LoggerFactory.getLogger(SaveStore.class);

  private final WritingTarget target;
  private final TargetLock lock;
  private final Ledger ledger;
  private final Mapping mapping;
  private final FoundColumns columns;
  private final SaveIds ids;
  private final @Nullable BesideColumn beside;
  private final long mostTextBytes;

  private @Nullable BatchText text;

  /** Ids that were taken for the saves at hand: an attempt that is tried again has the same. */
  private final Map<SaveKey, Long> taken = new HashMap<>();

  /**
   * For one source.
   *
   * @param beside the source's column that gets the documents; null for none
   * @param mostTextBytes how much memory the SQL of a transaction may take before it begins
   */
  public SaveStore(
      WritingTarget target,
      TargetLock lock,
      Ledger ledger,
      Mapping mapping,
      FoundColumns columns,
      SaveIds ids,
      @Nullable BesideColumn beside,
      long mostTextBytes) {
    this.beside = beside;
    this.target = target;
    this.lock = lock;
    this.ledger = ledger;
    this.mapping = mapping;
    this.columns = columns;
    this.ids = ids;
    this.mostTextBytes = mostTextBytes;
  }

  /**
   * Writes these saves, and says of each whether it was migrated. Does it all again where the
   * server undid it.
   */
  public List<Boolean> write(List<PreparedSave> saves) throws SQLException {
    return write(saves, KeyRange.NONE);
  }

  /**
   * The same.
   *
   * @param range the number of the range of keys that the saves are in
   */
  public List<Boolean> write(List<PreparedSave> saves, int range) throws SQLException {
    taken.clear();
    List<PreparedSave> written = Retry.retrying(() -> attempt(saves, range));
    columns.committed(found(written));
    return written.stream().map(save -> save.content() instanceof PreparedSave.Migrated).toList();
  }

  private List<PreparedSave> attempt(List<PreparedSave> saves, int range) throws SQLException {
    lock.hold();
    try (Connection connection = target.connect()) {
      // Before the transaction: an edit between the two is as one that comes right behind it.
      List<NumberedSave> numbered =
          KeptRows.find(connection, mapping, numbered(connection, saves, range));
      BatchText ready = text(target.traits(connection));
      try {
        ready.fill(numbered);
        return inTransaction(connection, () -> writeAll(connection, numbered, ready));
      } finally {
        ready.forget();
      }
    }
  }

  /** Gives each save its id, before a transaction is open. */
  private List<NumberedSave> numbered(Connection connection, List<PreparedSave> saves, int range)
      throws SQLException {
    Map<SaveKey, LedgerEntry> known =
        ledger.find(connection, saves.stream().map(PreparedSave::key).toList());
    List<SaveKey> unknown = new ArrayList<>();
    for (PreparedSave save : saves) {
      if (!known.containsKey(save.key()) && !taken.containsKey(save.key())) {
        unknown.add(save.key());
      }
    }
    if (!unknown.isEmpty()) {
      long id = ids.take(connection, unknown.size());
      for (SaveKey key : unknown) {
        taken.put(key, id++);
      }
    }
    List<NumberedSave> numbered = new ArrayList<>();
    for (PreparedSave save : saves) {
      LedgerEntry before = known.get(save.key());
      if (before != null && before.isOwned()) {
        throw new IllegalStateException("the tables own save " + before.saveId());
      }
      numbered.add(
          before == null
              ? new NumberedSave(taken.getOrDefault(save.key(), 0L), true, range, save)
              : new NumberedSave(before.saveId(), false, range, save));
    }
    return numbered;
  }

  private BatchText text(ServerTraits traits) {
    BatchText known = text;
    if (known == null || known.isLoaded() != traits.takesLoad()) {
      known = new BatchText(ledger, mapping, traits, mostTextBytes);
      text = known;
    }
    return known;
  }

  private List<PreparedSave> writeAll(
      Connection connection, List<NumberedSave> saves, BatchText ready) throws SQLException {
    SaveDeletion.clearChanged(
        connection, mapping, saves.stream().filter(save -> !save.isNew()).toList());
    ServerTraits inserting = target.traits(connection).insertOnly();
    SaveBisection bisection =
        new SaveBisection(
            connection,
            inserting,
            mapping,
            () -> new BatchText(ledger, mapping, inserting, mostTextBytes),
            beside);
    List<PreparedSave> written = bisection.write(saves, ready);
    if (bisection.isLoadUseless()) {
      target.insertOnly(connection);
    }
    columns.enter(connection, found(written));
    UnfitColumns.insert(connection, saves, written);
    return written;
  }

  private static Set<String> found(List<PreparedSave> saves) {
    Set<String> found = new TreeSet<>();
    for (PreparedSave save : saves) {
      if (save.content() instanceof PreparedSave.Migrated migrated) {
        found.addAll(migrated.foundColumns());
      }
    }
    return found;
  }

  /** Enters that these saves are gone from the source, and deletes what there is of them. */
  public void delete(List<Long> saveIds) throws SQLException {
    Retry.retrying(() -> deleted(saveIds.stream().sorted().toList()));
  }

  private int deleted(List<Long> saveIds) throws SQLException {
    lock.hold();
    try (Connection connection = target.connect()) {
      return inTransaction(
          connection,
          () -> {
            SaveDeletion.clear(connection, mapping, saveIds);
            SaveDeletion.enter(connection, saveIds);
            return saveIds.size();
          });
    }
  }

  private static <T> T inTransaction(Connection connection, RetryPolicy.Work<T> work)
      throws SQLException {
    connection.setAutoCommit(false);
    boolean isCommitted = false;
    try {
      T result = work.run();
      connection.commit();
      isCommitted = true;
      return result;
    } finally {
      if (!isCommitted) {
        rollBack(connection);
      }
    }
  }

  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // The connection is lost, and with it the transaction; what led here is thrown already.
      LOG.debug("rollback failed", e);
    }
  }
}
