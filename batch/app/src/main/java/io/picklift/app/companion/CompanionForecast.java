package io.picklift.app.companion;

import io.picklift.app.account.CompanionCounts;
import io.picklift.app.companion.CompanionRows.State;
import io.picklift.app.companion.CompanionSource.Row;
import io.picklift.app.companion.CompanionSource.Version;
import io.picklift.app.config.CountOrShare;
import io.picklift.app.database.Retry;
import io.picklift.app.source.SaveKey;
import io.picklift.app.throttle.Politeness;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Counts what a run would do to a companion, and writes nothing. */
final class CompanionForecast {
  /** So few that their values fit into memory. */
  private static final int PAGE = 200;

  private static final String NEVER = "9999-12-31";

  private final CompanionSource source;
  private final CompanionRows rows;
  private final CompanionSweep sweep;
  private final CompanionTable table;
  private final List<CellRule> rules;
  private final boolean isMade;
  private final Politeness polite;
  private long added;
  private long replaced;
  private long unchanged;
  private long refused;

  /**
   * @param isMade whether the target has the table
   */
  CompanionForecast(
      DataSource from, DataSource target, CompanionTable table, boolean isMade, Politeness polite) {
    this.table = table;
    this.isMade = isMade;
    this.polite = polite;
    source = new CompanionSource(from, table);
    rows = new CompanionRows(target, table);
    sweep = new CompanionSweep(source, rows, target, table);
    rules = table.columns().stream().map(CellRule::new).toList();
  }

  /**
   * Goes through the source's rows.
   *
   * @param mostDeleted how many rows the run may delete; null where it deletes none
   */
  CompanionCounts run(@Nullable CountOrShare mostDeleted) throws SQLException {
    SaveKey after = null;
    List<Version> page;
    do {
      polite.pass(() -> {});
      SaveKey from = after;
      page = Retry.retrying(() -> source.page(from, PAGE));
      if (!page.isEmpty()) {
        count(page);
        after = page.get(page.size() - 1).key();
      }
    } while (page.size() == PAGE);
    long gone = isMade ? sweep.find(() -> polite.pass(() -> {})).rows().size() : 0;
    long all = unchanged + replaced + gone;
    boolean isDeleted = mostDeleted != null && gone <= mostDeleted.of(all);
    return new CompanionCounts(
        table.name(),
        added,
        replaced,
        unchanged,
        refused,
        0,
        isDeleted ? gone : 0,
        isDeleted ? 0 : gone);
  }

  private void count(List<Version> page) throws SQLException {
    List<SaveKey> keys = page.stream().map(Version::key).toList();
    Map<SaveKey, State> known =
        isMade ? Retry.retrying(() -> rows.find(keys, NEVER)) : Map.<SaveKey, State>of();
    List<SaveKey> wanted = new ArrayList<>();
    long bytes = 0;
    for (Version row : page) {
      State state = known.get(row.key());
      if (state == null || !state.sha256().equals(row.sha256())) {
        wanted.add(row.key());
        bytes += row.bytes();
      } else if (state.isRefused()) {
        refused++;
      } else {
        unchanged++;
      }
    }
    if (!wanted.isEmpty()) {
      polite.read(wanted.size(), bytes);
      for (Row row : Retry.retrying(() -> source.read(wanted)).values()) {
        count(row, known.get(row.key()));
      }
    }
  }

  private void count(Row row, @Nullable State state) {
    if (CompanionStore.lacking(table, CompanionStore.cells(rules, row)) != null) {
      refused++;
    } else if (state == null || state.isRefused()) {
      added++;
    } else {
      replaced++;
    }
  }
}
