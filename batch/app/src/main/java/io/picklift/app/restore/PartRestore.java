package io.picklift.app.restore;

import io.picklift.app.database.LongStatement;
import io.picklift.app.database.Retry;
import io.picklift.app.database.Snapshot;
import io.picklift.app.decode.Refusal;
import io.picklift.app.memory.LastResort;
import io.picklift.app.rebuild.RebuildException;
import io.picklift.app.report.Finding;
import io.picklift.app.restore.LedgerSave.Part;
import io.picklift.app.target.StoredSaves;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Restores a part of the ledger, as it is at one moment. A save that there is too little memory for
 * beside others is restored again with nothing else at work. For one thread.
 */
final class PartRestore {
  private final From from;
  private final Part part;
  private final List<Failure> failures = new ArrayList<>();
  private final RestoreTally tally =
      new RestoreTally(
          RestoreSummary.NOTHING, (key, finding) -> failures.add(new Failure(key, finding)));

  /** Saves that there was too little memory for beside others. */
  private final List<Long> again = new ArrayList<>();

  /** All saves up to this id are done, or to be restored again. */
  private long last;

  /**
   * What parts are restored from.
   *
   * @param isRetried whether a read that failed is tried again; not where it is a part of a
   *     transaction
   */
  record From(DataSource target, String source, LastResort lastResort, boolean isRetried) {
    private <T> T read(LongStatement.Work<T> work) throws SQLException {
      return isRetried
          ? Retry.retrying(() -> Snapshot.read(target, work))
          : Snapshot.read(target, work);
    }
  }

  /** What a save that could not be restored is told by. */
  record Failure(String key, Finding finding) {}

  /** What became of a part. */
  record Result(RestoreSummary summary, List<Failure> failures) {
    Result {
      failures = List.copyOf(failures);
    }
  }

  PartRestore(From from, Part part) {
    this.from = from;
    this.part = part;
    last = part.after();
  }

  /**
   * Does it.
   *
   * @param beside restores a save beside others
   * @param alone gives what restores a save with the whole heap for it; asked by who is alone
   */
  Result run(SaveRestorer beside, Supplier<SaveRestorer> alone) throws SQLException {
    if (!isRestored(beside)) {
      // The error does not say which save needed too much.
      again.addAll(from.read(c -> saves(c).stream().map(LedgerSave::saveId).toList()));
    }
    for (long saveId : again) {
      alone(saveId, alone);
    }
    return new Result(tally.summary(), failures);
  }

  /**
   * Does it beside others.
   *
   * @throws RestoreTurn.NeedsAllException where a save lacks memory beside others
   */
  Result beside(SaveRestorer beside) throws SQLException {
    if (!isRestored(beside) || !again.isEmpty()) {
      throw new RestoreTurn.NeedsAllException();
    }
    return new Result(tally.summary(), failures);
  }

  private boolean isRestored(SaveRestorer beside) throws SQLException {
    return from.lastResort().beside(() -> from.read(c -> restored(c, beside))) != null;
  }

  private List<LedgerSave> saves(Connection connection) throws SQLException {
    return LedgerSave.of(connection, from.source(), new Part(last, part.upTo()));
  }

  private boolean restored(Connection connection, SaveRestorer restorer) throws SQLException {
    List<LedgerSave> saves = saves(connection);
    StoredSaves stored = restorer.stored(connection, saves);
    for (LedgerSave save : saves) {
      restore(connection, restorer, stored, save);
      last = save.saveId();
    }
    return true;
  }

  private void restore(
      Connection connection, SaveRestorer restorer, StoredSaves stored, LedgerSave save)
      throws SQLException {
    try {
      if (save.isMigrated()) {
        restorer.restore(stored, save, tally);
      } else {
        restorer.restore(connection, stored, save, tally);
      }
    } catch (RebuildException e) {
      if (e.fault() == RebuildException.Fault.LIMIT) {
        again.add(save.saveId());
      } else {
        tally.fail(save.key(), String.valueOf(e.getMessage()), e.finding());
      }
    } catch (IOException e) {
      // Files that cannot be written are not the database's failure.
      throw new UncheckedIOException(e);
    }
  }

  private void alone(long saveId, Supplier<SaveRestorer> restorers) throws SQLException {
    List<LedgerSave> read = new ArrayList<>();
    Boolean isDone =
        from.lastResort().alone(() -> from.read(c -> alone(c, saveId, restorers.get(), read)));
    if (isDone == null) {
      String message = Refusal.outOfMemory().message();
      String key = read.isEmpty() ? "save_id " + saveId : read.get(0).key();
      tally.fail(key, message, Finding.unproven(message));
    }
  }

  private boolean alone(
      Connection connection, long saveId, SaveRestorer restorer, List<LedgerSave> read)
      throws SQLException {
    // It may have been replaced or deleted since.
    List<LedgerSave> found = LedgerSave.of(connection, from.source(), new Part(saveId - 1, saveId));
    read.addAll(found);
    StoredSaves stored = restorer.stored(connection, found);
    for (LedgerSave save : found) {
      try {
        restorer.restore(connection, stored, save, tally);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return true;
  }
}
