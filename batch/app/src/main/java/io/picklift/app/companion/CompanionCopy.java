package io.picklift.app.companion;

import io.picklift.app.account.CompanionCounts;
import io.picklift.app.companion.CompanionRows.State;
import io.picklift.app.companion.CompanionSource.Version;
import io.picklift.app.config.CountOrShare;
import io.picklift.app.database.Retry;
import io.picklift.app.lock.Fence;
import io.picklift.app.source.SaveKey;
import io.picklift.app.throttle.Politeness;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Copies a companion's new and changed rows, page by page. Passes over the source follow each other
 * until one finds nothing to do, and that one's counts are the run's: a server that lost what it
 * had committed is found out. A run that was killed goes on by comparing, too.
 */
final class CompanionCopy {
  private static final int PAGE = 1_000;
  private static final int MOST_ROUNDS = 3;
  private static final int MOST_AT_ONCE = 500;
  private static final long MOST_BYTES = 4L << 20;

  private final CompanionSource source;
  private final CompanionRows rows;
  private final CompanionStore store;
  private final CompanionSweep sweep;
  private final CompanionTable table;
  private final CopyRun run;
  private long replaced;

  /**
   * How a run copies.
   *
   * @param began in the target's time
   * @param mostDeleted how many rows may be deleted; null where none is to be
   * @param check called between pages; throws where the process was told to stop
   * @param polite is told what is about to be read, for the rate
   * @param note is told lines about what is to be looked at
   */
  record CopyRun(
      String began,
      @Nullable CountOrShare mostDeleted,
      Runnable check,
      Politeness polite,
      java.util.function.Consumer<String> note) {}

  CompanionCopy(DataSource from, DataSource target, Fence lock, CompanionTable table, CopyRun run) {
    this.table = table;
    this.run = run;
    source = new CompanionSource(from, table);
    rows = new CompanionRows(target, table);
    store = new CompanionStore(target, lock, table);
    sweep = new CompanionSweep(source, rows, target, table);
  }

  /** What a pass met. */
  private static final class Pass {
    long copied;
    long unchanged;
    long refused;
    long written;
  }

  CompanionCounts run() throws SQLException {
    Pass pass = pass();
    for (int round = 1; pass.written > 0 && round < MOST_ROUNDS; round++) {
      pass = pass();
    }
    // Whatever a row was replaced for, it may have been added by the same run.
    long again = Math.min(replaced, pass.copied);
    long known = pass.copied + pass.unchanged;
    CompanionSweep.Found gone =
        Retry.retrying(rows::count) > known
            ? sweep.find(run.check())
            : sweep.refusedAlone(run.check());
    long deleted = deleted(gone.rows(), known);
    store.delete(gone.refused());
    return new CompanionCounts(
        table.name(),
        pass.copied - again,
        again,
        pass.unchanged,
        pass.refused,
        pass.written,
        deleted,
        gone.rows().size() - deleted);
  }

  private Pass pass() throws SQLException {
    Pass pass = new Pass();
    SaveKey after = null;
    while (true) {
      run.check().run();
      SaveKey from = after;
      List<Version> page = Retry.retrying(() -> source.page(from, PAGE));
      if (!page.isEmpty()) {
        write(wanted(page, pass));
        after = page.get(page.size() - 1).key();
      }
      if (page.size() < PAGE) {
        return pass;
      }
    }
  }

  private Map<SaveKey, Long> wanted(List<Version> page, Pass pass) throws SQLException {
    List<SaveKey> keys = page.stream().map(Version::key).toList();
    Map<SaveKey, State> known = Retry.retrying(() -> rows.find(keys, run.began()));
    Map<SaveKey, Long> wanted = new LinkedHashMap<>();
    for (Version row : page) {
      State state = known.get(row.key());
      if (state == null || !state.sha256().equals(row.sha256())) {
        wanted.put(row.key(), row.bytes());
        pass.written++;
        replaced += state == null || state.isRefused() || state.isNew() ? 0 : 1;
      } else if (state.isRefused()) {
        pass.refused++;
      } else if (state.isNew()) {
        pass.copied++;
      } else {
        pass.unchanged++;
      }
    }
    return wanted;
  }

  /** Reads and writes so many at a time that neither side has to hold much. */
  private void write(Map<SaveKey, Long> wanted) throws SQLException {
    List<SaveKey> some = new ArrayList<>();
    long bytes = 0;
    boolean isRate = run.polite().rate() != null;
    for (Map.Entry<SaveKey, Long> row : wanted.entrySet()) {
      some.add(row.getKey());
      bytes += row.getValue();
      if (some.size() >= (isRate ? run.polite().saves(MOST_AT_ONCE) : MOST_AT_ONCE)
          || bytes >= (isRate ? run.polite().bytes(MOST_BYTES) : MOST_BYTES)) {
        writeSome(some, bytes);
        some = new ArrayList<>();
        bytes = 0;
      }
    }
    writeSome(some, bytes);
  }

  private void writeSome(List<SaveKey> keys, long bytes) throws SQLException {
    if (!keys.isEmpty()) {
      run.check().run();
      run.polite().read(keys.size(), bytes);
      store.write(Retry.retrying(() -> source.read(keys)).values());
    }
  }

  private long deleted(List<SaveKey> gone, long known) throws SQLException {
    CountOrShare bound = run.mostDeleted();
    if (bound == null || gone.isEmpty()) {
      return 0;
    }
    long all = known + gone.size();
    if (gone.size() > bound.of(all)) {
      run.note()
          .accept(
              "companion "
                  + table.name()
                  + ": "
                  + gone.size()
                  + " of "
                  + all
                  + " rows are gone from the source; one run may delete "
                  + bound.of(all)
                  + ", so none was deleted. If the source is right, run once with --max-deleted "
                  + gone.size());
      return 0;
    }
    store.delete(gone);
    return gone.size();
  }
}
