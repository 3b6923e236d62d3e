package io.picklift.app.restore;

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Restores all saves of a source, several parts of the ledger at a time; what is to be told is told
 * in the ledger's order. A save that there is too little memory for beside others is restored again
 * with nothing else at work.
 */
final class ParallelRestore {
  private final DataSource target;
  private final String source;
  private final int threads;
  private final Supplier<SaveRestorer> restorers;
  private final Supplier<SaveRestorer> alone;
  private final Queue<SaveRestorer> free = new ConcurrentLinkedQueue<>();
  private final LastResort lastResort = new LastResort();

  /** Used by who is alone. */
  private @Nullable SaveRestorer large;

  /** What a save that could not be restored is told by. */
  private record Failure(String key, Finding finding) {}

  private record Done(RestoreSummary summary, List<Failure> failures) {}

  /**
   * @param restorers makes what restores a save beside others
   * @param alone makes what restores a save with the whole heap for it
   */
  ParallelRestore(
      DataSource target,
      String source,
      int threads,
      Supplier<SaveRestorer> restorers,
      Supplier<SaveRestorer> alone) {
    this.target = target;
    this.source = source;
    this.threads = threads;
    this.restorers = restorers;
    this.alone = alone;
  }

  void run(RestoreTally tally, RestoreSummary.Failures failures) throws SQLException, IOException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    Deque<Future<Done>> running = new ArrayDeque<>();
    try {
      for (Part part = next(-1); part != null; part = next(part.upTo())) {
        Part one = part;
        running.add(pool.submit(() -> new PartRun(one).done()));
        if (running.size() > threads) {
          take(running.remove(), tally, failures);
        }
      }
      while (!running.isEmpty()) {
        take(running.remove(), tally, failures);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private @Nullable Part next(long after) throws SQLException {
    return Retry.retrying(
            () -> {
              try (Connection connection = target.getConnection()) {
                return Optional.ofNullable(LedgerSave.next(connection, source, after));
              }
            })
        .orElse(null);
  }

  private static void take(
      Future<Done> future, RestoreTally tally, RestoreSummary.Failures failures)
      throws SQLException, IOException {
    try {
      Done done = future.get();
      tally.add(done.summary());
      done.failures().forEach(failure -> failures.add(failure.key(), failure.finding()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException io) {
        throw Objects.requireNonNull(io.getCause());
      }
      if (e.getCause() instanceof SQLException sql) {
        throw sql;
      }
      if (e.getCause() instanceof RuntimeException runtime) {
        throw runtime;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** One part, as it is at one moment. For one thread. */
  private final class PartRun {
    private final Part part;
    private final List<Failure> failures = new ArrayList<>();
    private final RestoreTally tally =
        new RestoreTally(
            RestoreSummary.NOTHING, (key, finding) -> failures.add(new Failure(key, finding)));

    /** Saves that there was too little memory for beside others. */
    private final List<Long> again = new ArrayList<>();

    /** All saves up to this id are done, or to be restored again. */
    private long last;

    PartRun(Part part) {
      this.part = part;
      last = part.after();
    }

    Done done() throws SQLException {
      SaveRestorer kept = free.poll();
      SaveRestorer restorer = kept == null ? restorers.get() : kept;
      if (lastResort.beside(() -> besideOthers(restorer)) == null) {
        // The error does not say which save needed too much.
        again.addAll(rest());
      }
      free.add(restorer);
      for (long saveId : again) {
        restoreAlone(saveId);
      }
      return new Done(tally.summary(), failures);
    }

    private List<Long> rest() throws SQLException {
      return Retry.retrying(
          () -> {
            try (Connection connection = target.getConnection()) {
              return saves(connection).stream().map(LedgerSave::saveId).toList();
            }
          });
    }

    private List<LedgerSave> saves(Connection connection) throws SQLException {
      return LedgerSave.of(connection, source, new Part(last, part.upTo()));
    }

    private boolean besideOthers(SaveRestorer restorer) throws SQLException {
      return Retry.retrying(
          () ->
              Snapshot.read(
                  target,
                  connection -> {
                    List<LedgerSave> saves = saves(connection);
                    StoredSaves stored = restorer.stored(connection, saves);
                    for (LedgerSave save : saves) {
                      restore(connection, restorer, stored, save);
                      last = save.saveId();
                    }
                    return true;
                  }));
    }

    private void restore(
        Connection connection, SaveRestorer restorer, StoredSaves stored, LedgerSave save)
        throws SQLException {
      try {
        if (!save.isMigrated()) {
          restorer.restore(connection, stored, save, tally);
          return;
        }
        restorer.restore(stored, save, tally);
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

    private void restoreAlone(long saveId) throws SQLException {
      List<LedgerSave> read = new ArrayList<>();
      Boolean isDone =
          lastResort.alone(
              () ->
                  Retry.retrying(() -> Snapshot.read(target, c -> restoreAlone(c, saveId, read))));
      if (isDone == null) {
        String message = Refusal.outOfMemory().message();
        String key = read.isEmpty() ? "save_id " + saveId : read.get(0).key();
        tally.fail(key, message, Finding.unproven(message));
      }
    }

    private boolean restoreAlone(Connection connection, long saveId, List<LedgerSave> read)
        throws SQLException {
      SaveRestorer restorer = large == null ? alone.get() : large;
      large = restorer;
      // It may have been replaced or deleted since.
      List<LedgerSave> found = LedgerSave.of(connection, source, new Part(saveId - 1, saveId));
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
}
