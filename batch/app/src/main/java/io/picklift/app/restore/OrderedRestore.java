package io.picklift.app.restore;

import io.picklift.app.database.Retry;
import io.picklift.app.database.RetryPolicy;
import io.picklift.app.database.Snapshot;
import io.picklift.app.report.Finding;
import io.picklift.app.restore.LedgerSave.Part;
import io.picklift.app.source.SaveKey;
import io.picklift.app.target.StoredSaves;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Restores saves one after the other, in the order of the ledger or in that in which they are asked
 * for. Where the target goes away, it goes on behind what the sink has for good. For one thread,
 * once.
 */
final class OrderedRestore {
  private final DataSource target;
  private final String source;
  private final SaveRestorer restorer;
  private final RestoredSaves.Sink sink;
  private final RestoreSummary.Failures failures;
  private final List<Failure> untold = new ArrayList<>();
  private RestoreTally tally;
  private RestoreProgress progress;

  /** What the sink has for good. */
  private RestoreProgress kept;

  private record Failure(String key, Finding finding) {}

  /**
   * @param failures is told of each save that could not be restored, once
   * @param before what an earlier restore that was killed had done
   */
  OrderedRestore(
      DataSource target,
      String source,
      SaveRestorer restorer,
      RestoredSaves.Sink sink,
      RestoreSummary.Failures failures,
      RestoreProgress before) {
    this.target = target;
    this.source = source;
    this.restorer = restorer;
    this.sink = sink;
    this.failures = failures;
    kept = before;
    progress = before;
    tally = begun();
  }

  private RestoreTally begun() {
    untold.clear();
    return new RestoreTally(
        kept.summary(), (key, finding) -> untold.add(new Failure(key, finding)));
  }

  RestoreSummary summary() {
    return tally.summary();
  }

  void all() throws SQLException {
    boolean isMore = true;
    while (isMore) {
      isMore = again(this::part);
    }
  }

  /**
   * One save.
   *
   * @param key as text
   * @param keyColumns how many columns the source's key has
   */
  void one(String key, int keyColumns) throws SQLException {
    SaveKey parsed;
    try {
      parsed = SaveKey.parse(key, keyColumns);
    } catch (IllegalArgumentException e) {
      tally.fail(
          key,
          "is no key of "
              + keyColumns
              + " columns, which is written as a JSON list like [\"7\", \"2\"]");
      keep();
      return;
    }
    int unused = again(() -> found(parsed));
  }

  /** Does a part, and does it again from what is kept where the target was away. */
  private <T> T again(RetryPolicy.Work<T> part) throws SQLException {
    boolean[] isBegun = new boolean[1];
    return Retry.retrying(
        () -> {
          if (isBegun[0]) {
            sink.again();
            progress = kept;
            tally = begun();
          }
          isBegun[0] = true;
          return part.run();
        });
  }

  private void keep() {
    progress = new RestoreProgress(progress.lastSaveId(), progress.lastKey(), tally.summary());
    kept = progress;
    untold.forEach(failure -> failures.add(failure.key(), failure.finding()));
    untold.clear();
  }

  /** The next saves as they are at one moment: none is read while it is half written. */
  private boolean part() throws SQLException {
    boolean isMore =
        Snapshot.read(
            target,
            connection -> {
              Part part = LedgerSave.next(connection, source, progress.lastSaveId());
              if (part == null) {
                return false;
              }
              restore(connection, LedgerSave.of(connection, source, part));
              return true;
            });
    if (!isMore) {
      sink.keep();
      keep();
    }
    return isMore;
  }

  /** Files that cannot be written are not the database's failure. */
  private void restore(Connection connection, List<LedgerSave> saves) throws SQLException {
    StoredSaves stored = restorer.stored(connection, saves);
    for (LedgerSave save : saves) {
      try {
        SaveKey written = restorer.restore(connection, stored, save, tally);
        progress = progress.next(save.saveId(), written, tally.summary());
        if (sink.done(progress)) {
          keep();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private int found(SaveKey key) throws SQLException {
    int found = Snapshot.read(target, connection -> one(connection, key));
    sink.keep();
    keep();
    return found;
  }

  private String missing(Connection connection, SaveKey key) throws SQLException {
    Long deleted = LedgerSave.deleted(connection, source, key);
    return deleted == null
        ? "the target has no such save"
        : "it was deleted; if the tables have rows of its save_id "
            + deleted
            + " again, writeback makes them a save again";
  }

  private int one(Connection connection, SaveKey key) throws SQLException {
    List<LedgerSave> found = LedgerSave.of(connection, source, key);
    if (found.isEmpty()) {
      tally.fail(key.text(), missing(connection, key));
    }
    restore(connection, found);
    return found.size();
  }
}
