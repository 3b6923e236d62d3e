package io.picklift.app.restore;

import io.picklift.app.database.Retry;
import io.picklift.app.memory.LastResort;
import io.picklift.app.restore.LedgerSave.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
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
  private final PartRestore.From from;

  /** Used by who is alone. */
  private @Nullable SaveRestorer large;

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
    from = new PartRestore.From(target, source, new LastResort(), true);
  }

  void run(RestoreTally tally, RestoreSummary.Failures failures) throws SQLException, IOException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    Deque<Future<PartRestore.Result>> running = new ArrayDeque<>();
    try {
      for (Part part = next(-1); part != null; part = next(part.upTo())) {
        Part one = part;
        running.add(pool.submit(() -> restored(one)));
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
      Future<PartRestore.Result> future, RestoreTally tally, RestoreSummary.Failures failures)
      throws SQLException, IOException {
    try {
      PartRestore.Result done = future.get();
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

  private PartRestore.Result restored(Part part) throws SQLException {
    SaveRestorer kept = free.poll();
    SaveRestorer restorer = kept == null ? restorers.get() : kept;
    PartRestore.Result result = new PartRestore(from, part).run(restorer, this::large);
    free.add(restorer);
    return result;
  }

  private SaveRestorer large() {
    SaveRestorer restorer = large == null ? alone.get() : large;
    large = restorer;
    return restorer;
  }
}
