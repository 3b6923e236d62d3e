package io.picklift.app.target;

import io.picklift.app.beside.BesideColumn;
import io.picklift.app.bulk.ServerTraits;
import io.picklift.app.bulk.WritingTarget;
import io.picklift.app.database.Retry;
import io.picklift.app.database.RetryPolicy;
import io.picklift.app.database.Transaction;
import io.picklift.app.lock.Fence;
import io.picklift.app.range.KeyRange;
import io.picklift.app.source.SaveKey;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SqlNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes saves into the target: one transaction for all that are given, so that a save is whole or
 * absent. For one thread.
 */
public final class SaveStore {
  private final WritingTarget target;
  private final Fence lock;
  private final Ledger ledger;
  private final Mapping mapping;
  private final FoundColumns columns;
  private final SaveIds ids;
  private final @Nullable BesideColumn beside;
  private final @Nullable Edits edits;
  private final long mostTextBytes;

  private @Nullable BatchText text;

  /** Ids that were taken for the saves at hand: an attempt that is tried again has the same. */
  private final Map<SaveKey, Long> taken = new HashMap<>();

  /** Tells saves whose rows were edited since they were written. For one thread. */
  public interface Edits {
    /**
     * Those of migrated saves whose rows nobody edited, by save id, with a hash of their rows; and
     * those whose rows say already what is to be written.
     *
     * @param entries of migrated saves, and of deleted ones, which were edited where they have rows
     * @param next the digests of the graphs that are to be written, by save id, in lower-case hex
     */
    Map<Long, String> unedited(
        Connection connection, Collection<LedgerEntry> entries, Map<Long, String> next)
        throws SQLException;

    /**
     * One of the others, with what the source has of it now; null where such saves are not merged.
     *
     * @param save as it would be written
     */
    @Nullable Merged merged(Connection connection, LedgerEntry entry, PreparedSave save)
        throws SQLException;

    /** Whether the rows of these saves still have these hashes. */
    boolean areStill(Connection connection, Map<Long, String> hashes) throws SQLException;
  }

  /**
   * A save with the changes of both sides.
   *
   * @param save what is to be written; null where it is left as it is
   * @param hash of the rows that it was made of
   * @param reasons why it is left
   */
  public record Merged(@Nullable PreparedSave save, String hash, List<String> reasons) {
    public Merged {
      reasons = List.copyOf(reasons);
    }

    public static Merged none(List<String> reasons) {
      return new Merged(null, "", reasons);
    }
  }

  /**
   * What became of saves that were to be written.
   *
   * @param migrated of each that was written, whether it was migrated and not quarantined
   * @param conflicts those that were left as they are, since their rows were edited; with the
   *     reasons why they could not be merged
   * @param merged how many of those that were written were merged with edits
   */
  public record Written(List<Boolean> migrated, Map<SaveKey, List<String>> conflicts, long merged) {
    public Written {
      migrated = List.copyOf(migrated);
      conflicts = Map.copyOf(conflicts);
    }

    public long written() {
      return migrated.size();
    }

    public long quarantined() {
      return migrated.stream().filter(is -> !is).count();
    }
  }

  /**
   * For one source.
   *
   * @param beside the source's column that gets the documents; null for none
   * @param edits tells which saves are not to be replaced or deleted; null where all are
   * @param mostTextBytes how much memory the SQL of a transaction may take before it begins
   */
  public SaveStore(
      WritingTarget target,
      Fence lock,
      Ledger ledger,
      Mapping mapping,
      FoundColumns columns,
      SaveIds ids,
      @Nullable BesideColumn beside,
      @Nullable Edits edits,
      long mostTextBytes) {
    this.edits = edits;
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
   * Writes these saves, but for those whose rows were edited in the target. Does it all again where
   * the server undid it.
   */
  public Written write(List<PreparedSave> saves) throws SQLException {
    return write(saves, KeyRange.NONE);
  }

  /**
   * The same.
   *
   * @param range the number of the range of keys that the saves are in
   */
  public Written write(List<PreparedSave> saves, int range) throws SQLException {
    taken.clear();
    Attempt attempt = Retry.retrying(() -> attempt(saves, range));
    columns.committed(found(attempt.written()));
    return new Written(
        attempt.written().stream()
            .map(save -> save.content() instanceof PreparedSave.Migrated)
            .toList(),
        attempt.conflicts(),
        attempt.merged());
  }

  private record Attempt(
      List<PreparedSave> written, Map<SaveKey, List<String>> conflicts, long merged) {}

  private Attempt attempt(List<PreparedSave> saves, int range) throws SQLException {
    lock.hold();
    try (Connection connection = target.connect()) {
      lock.mark(connection);
      Map<SaveKey, String> refused = new HashMap<>();
      while (true) {
        try {
          Attempt attempt = once(connection, saves, range, refused);
          if (attempt != null) {
            return attempt;
          }
        } catch (SaveBisection.RefusedMergeException e) {
          refused.put(e.key(), String.valueOf(e.getMessage()));
        }
      }
    }
  }

  /**
   * Null where rows were edited between the look at them and the transaction.
   *
   * @param refused saves whose merged rows the server does not take, and why
   * @throws SaveBisection.RefusedMergeException where it is so with another; nothing is written
   */
  private @Nullable Attempt once(
      Connection connection, List<PreparedSave> saves, int range, Map<SaveKey, String> refused)
      throws SQLException {
    Map<SaveKey, LedgerEntry> known =
        ledger.find(connection, saves.stream().map(PreparedSave::key).toList());
    Map<Long, String> unedited =
        new HashMap<>(unedited(connection, known.values(), digests(saves, known)));
    Map<SaveKey, List<String>> conflicts = new HashMap<>();
    List<PreparedSave> free = new ArrayList<>();
    Set<SaveKey> merges = new HashSet<>();
    for (PreparedSave save : saves) {
      LedgerEntry entry = known.get(save.key());
      if (entry == null || !isEdited(entry, unedited)) {
        free.add(save);
        continue;
      }
      String why = refused.get(save.key());
      Merged merged = why == null ? merged(connection, entry, save) : Merged.none(List.of(why));
      PreparedSave result = merged.save();
      if (result == null) {
        conflicts.put(save.key(), merged.reasons());
      } else {
        free.add(result);
        unedited.put(entry.saveId(), merged.hash());
        merges.add(save.key());
      }
    }
    List<NumberedSave> numbered =
        KeptRows.find(connection, mapping, numbered(connection, free, known, range));
    BatchText ready = text(target.traits(connection));
    try {
      ready.fill(numbered);
      return inTransaction(
              connection,
              () ->
                  isStill(connection, unedited)
                      ? Optional.of(
                          new Attempt(
                              writeAll(connection, numbered, ready, merges),
                              conflicts,
                              merges.size()))
                      : Optional.<Attempt>empty())
          .orElse(null);
    } finally {
      ready.forget();
    }
  }

  private static Map<Long, String> digests(
      List<PreparedSave> saves, Map<SaveKey, LedgerEntry> known) {
    Map<Long, String> digests = new HashMap<>();
    for (PreparedSave save : saves) {
      LedgerEntry entry = known.get(save.key());
      if (entry != null && save.content() instanceof PreparedSave.Migrated migrated) {
        digests.put(entry.saveId(), HexFormat.of().formatHex(migrated.graphSha256()));
      }
    }
    return digests;
  }

  private Map<Long, String> unedited(
      Connection connection, Collection<LedgerEntry> entries, Map<Long, String> next)
      throws SQLException {
    Edits asked = edits;
    List<LedgerEntry> migrated = entries.stream().filter(SaveStore::hasRows).toList();
    return asked == null || migrated.isEmpty()
        ? Map.of()
        : asked.unedited(connection, migrated, next);
  }

  private Merged merged(Connection connection, LedgerEntry entry, PreparedSave save)
      throws SQLException {
    Edits asked = edits;
    boolean isThere = entry.status() == LedgerEntry.Status.MIGRATED;
    Merged merged = asked != null && isThere ? asked.merged(connection, entry, save) : null;
    return merged == null ? Merged.none(List.of()) : merged;
  }

  /** One that was deleted has rows where an application inserted them since. */
  private static boolean hasRows(LedgerEntry entry) {
    return entry.status() != LedgerEntry.Status.QUARANTINED;
  }

  private boolean isEdited(@Nullable LedgerEntry entry, Map<Long, String> unedited) {
    return edits != null
        && entry != null
        && hasRows(entry)
        && !unedited.containsKey(entry.saveId());
  }

  /**
   * Locks all rows of these saves, and the places where rows of them could be inserted, and looks
   * whether they are what they were: no edit comes between the look and what is written next.
   */
  private boolean isStill(Connection connection, Map<Long, String> unedited) throws SQLException {
    Edits asked = edits;
    if (asked == null || unedited.isEmpty()) {
      return true;
    }
    String ids =
        unedited.keySet().stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
    try (Statement statement = connection.createStatement()) {
      for (TableMapping table : mapping.tables()) {
        String sql =
            "SELECT COUNT(*) FROM %s WHERE save_id IN (%s) FOR UPDATE"
                .formatted(SqlNames.quote(table.name()), ids);
        statement.executeQuery(sql).close();
      }
    }
    return asked.areStill(connection, unedited);
  }

  /** Gives each save its id, before a transaction is open. */
  private List<NumberedSave> numbered(
      Connection connection, List<PreparedSave> saves, Map<SaveKey, LedgerEntry> known, int range)
      throws SQLException {
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
      Connection connection, List<NumberedSave> saves, BatchText ready, Set<SaveKey> merged)
      throws SQLException {
    SaveDeletion.clearChanged(
        connection, mapping, saves.stream().filter(save -> !save.isNew()).toList());
    ServerTraits inserting = target.traits(connection).insertOnly();
    SaveBisection bisection =
        new SaveBisection(
            connection,
            inserting,
            mapping,
            () -> new BatchText(ledger, mapping, inserting, mostTextBytes),
            beside,
            merged);
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

  /**
   * Enters that these saves are gone from the source, and deletes what there is of them, but for
   * those whose rows were edited in the target.
   *
   * @return these
   */
  public List<Long> delete(List<Long> saveIds) throws SQLException {
    return Retry.retrying(() -> deleted(saveIds.stream().sorted().toList()));
  }

  private List<Long> deleted(List<Long> saveIds) throws SQLException {
    lock.hold();
    try (Connection connection = target.connect()) {
      lock.mark(connection);
      while (true) {
        Map<Long, LedgerEntry> known = ledger.entries(connection, saveIds);
        Map<Long, String> unedited = unedited(connection, known.values(), Map.of());
        List<Long> conflicts =
            saveIds.stream().filter(id -> isEdited(known.get(id), unedited)).toList();
        List<Long> free = saveIds.stream().filter(id -> !conflicts.contains(id)).toList();
        boolean isDone =
            inTransaction(
                connection,
                () -> {
                  if (!isStill(connection, unedited)) {
                    return false;
                  }
                  SaveDeletion.clear(connection, mapping, free);
                  SaveDeletion.enter(connection, free);
                  return true;
                });
        if (isDone) {
          return conflicts;
        }
      }
    }
  }

  private <T> T inTransaction(Connection connection, RetryPolicy.Work<T> work) throws SQLException {
    return Transaction.run(
        connection,
        c -> {
          lock.check(c);
          return work.run();
        });
  }
}
