package io.picklift.app.evolve;

import io.picklift.app.config.SourceConfig;
import io.picklift.app.database.Retry;
import io.picklift.app.database.Snapshot;
import io.picklift.app.database.TaskResult;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.target.StoredSaves;
import io.picklift.app.target.TargetRefusal;
import io.picklift.app.target.TargetTables;
import io.picklift.app.view.SafeText;
import io.picklift.codec.Limits;
import io.picklift.codec.error.LimitException;
import io.picklift.schema.tables.rows.RowReader;
import io.picklift.schema.tables.rows.RowsHash;
import io.picklift.schema.tables.rows.SaveRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/**
 * Takes all saves apart into the tables beside. While the next pages are read and taken apart, one
 * is written; each page is committed by itself, so that a run that was killed goes on behind it.
 */
final class Filling {
  private static final int THREADS = 2;
  private static final int MOST_ROWS = 40_000;
  private static final int MOST_REASONS = 20;

  private final DataSource target;
  private final EvolvedRows rows;
  private final TargetTables former;
  private final TargetTables next;
  private final SourceConfig source;
  private final Set<String> written;
  private final DecodingEngine.Name engine;
  private final Limits limits;
  private final Moments moments;
  private final Set<String> others = new TreeSet<>();
  private final List<String> reasons = new ArrayList<>();
  private long failed;
  private long saves;
  private long rowCount;

  Filling(
      DataSource target,
      EvolvedRows rows,
      TargetTables former,
      TargetTables next,
      SourceConfig source,
      Set<String> written,
      DecodingEngine.Name engine,
      Limits limits,
      Moments moments) {
    this.target = target;
    this.rows = rows;
    this.former = former;
    this.next = next;
    this.source = source;
    this.written = written;
    this.engine = engine;
    this.limits = limits;
    this.moments = moments;
  }

  private record Page(List<EvolvedSave> saves, List<String> reasons) {}

  /**
   * Takes apart what was not yet.
   *
   * @param isAll whether saves that were taken apart before are compared, and those done again that
   *     were written since
   */
  void run(boolean isAll) throws SQLException {
    Retry.connected(target, c -> ReturnedSaves.of(c, source.label(), former.mapping()))
        .forEach(key -> fail(reason(key, ReturnedSaves.REASON)));
    if (failed > 0) {
      return;
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      SavePages pages = new SavePages(source.label(), isAll);
      Deque<Future<Page>> ahead = new ArrayDeque<>();
      boolean isEnd = false;
      while (others.isEmpty() && (!isEnd || !ahead.isEmpty())) {
        while (!isEnd && ahead.size() <= THREADS) {
          List<OpenSave> page = Retry.retrying(() -> page(pages));
          isEnd = page.isEmpty();
          if (!isEnd) {
            ahead.add(threads.submit(() -> Retry.retrying(() -> taken(page))));
          }
        }
        Future<Page> first = ahead.poll();
        if (first != null) {
          write(done(first), isAll);
        }
      }
    } finally {
      threads.shutdownNow();
    }
    if (isAll) {
      List<Long> gone = gone();
      while (!gone.isEmpty()) {
        rows.delete(gone);
        gone = gone();
      }
    }
  }

  private List<Long> gone() throws SQLException {
    try (Connection connection = target.getConnection()) {
      return SavePages.gone(connection);
    }
  }

  private List<OpenSave> page(SavePages pages) throws SQLException {
    try (Connection connection = target.getConnection()) {
      return pages.next(connection);
    }
  }

  private static Page done(Future<Page> page) throws SQLException {
    try {
      return TaskResult.of(page);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    }
  }

  private Page taken(List<OpenSave> page) throws SQLException {
    return Snapshot.read(
        target,
        connection -> {
          SaveEvolver evolver = new SaveEvolver(former, next, source, written, engine, limits);
          List<OpenSave> open = stale(connection, page);
          List<EvolvedSave> evolved = new ArrayList<>();
          List<String> told = new ArrayList<>();
          StoredSaves stored = evolver.stored(connection, open);
          for (OpenSave save : open) {
            try {
              evolved.add(evolver.evolve(stored, save));
            } catch (NotEvolvedException e) {
              told.add(reason(save.key(), String.valueOf(e.getMessage())));
            }
          }
          return new Page(evolved, told);
        });
  }

  /** Those that are not what they were taken apart from. */
  private List<OpenSave> stale(Connection connection, List<OpenSave> page) throws SQLException {
    List<OpenSave> stale = new ArrayList<>();
    Map<Long, byte[]> hashes = new HashMap<>();
    List<Long> ids = page.stream().filter(OpenSave::isSameArchive).map(OpenSave::id).toList();
    try {
      for (SaveRows save : new RowReader(connection, former.mapping(), limits).read(ids)) {
        hashes.put(save.saveId(), RowsHash.of(save));
      }
    } catch (LimitException e) {
      // Whoever takes it apart says so.
      hashes.clear();
    }
    for (OpenSave save : page) {
      if (!Arrays.equals(hashes.get(save.id()), save.rowsSha256())
          || !hashes.containsKey(save.id())) {
        stale.add(save);
      }
    }
    return stale;
  }

  private void write(Page page, boolean isAgain) throws SQLException {
    page.reasons().forEach(this::fail);
    List<EvolvedSave> batch = new ArrayList<>();
    int size = 0;
    for (EvolvedSave save : page.saves()) {
      others.addAll(save.others());
      if (size + save.rows().size() > MOST_ROWS && !batch.isEmpty()) {
        write(batch, isAgain);
        batch = new ArrayList<>();
        size = 0;
      }
      batch.add(save);
      size += save.rows().size();
    }
    if (others.isEmpty()) {
      write(batch, isAgain);
    }
  }

  private void write(List<EvolvedSave> batch, boolean isAgain) throws SQLException {
    if (batch.isEmpty()) {
      return;
    }
    moments.at("filling");
    try {
      rows.write(batch, isAgain);
      saves += batch.size();
      batch.forEach(save -> rowCount += save.rows().size());
      moments.said(saves);
    } catch (SQLException e) {
      if (!TargetRefusal.isAboutData(e)) {
        throw e;
      }
      if (batch.size() == 1) {
        fail(reason(batch.get(0).key(), TargetRefusal.of(e).message()));
        return;
      }
      int half = batch.size() / 2;
      write(batch.subList(0, half), isAgain);
      write(batch.subList(half, batch.size()), isAgain);
    }
  }

  private static String reason(String key, String message) {
    return SafeText.line(key) + ": " + SafeText.line(message);
  }

  private void fail(String reason) {
    failed++;
    if (reasons.size() < MOST_REASONS) {
      reasons.add(reason);
    }
  }

  /** How many saves cannot be taken along. */
  long failed() {
    return failed;
  }

  /** Why some of them cannot, a line each. */
  List<String> reasons() {
    return List.copyOf(reasons);
  }

  /** Tables that were to be kept, and of which some save has other rows. */
  Set<String> others() {
    return Set.copyOf(others);
  }

  long saves() {
    return saves;
  }
}
