package io.picklift.app.companion;

import io.picklift.app.companion.CompanionRows.State;
import io.picklift.app.companion.CompanionRows.Stored;
import io.picklift.app.companion.CompanionSource.Row;
import io.picklift.app.companion.CompanionSource.Version;
import io.picklift.app.database.Retry;
import io.picklift.app.report.CompanionTotals;
import io.picklift.app.report.Finding;
import io.picklift.app.report.SaveResult;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.SaveKey;
import io.picklift.schema.mapping.ColumnType.Base;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Compares a companion's rows with the source's, and names what differs by table, key and column.
 */
final class CompanionVerify {
  private static final int PAGE = 500;

  /** Later than any run began. */
  private static final String NEVER = "9999-12-31";

  private final CompanionSource source;
  private final CompanionRows rows;
  private final CompanionSweep sweep;
  private final CompanionTable table;
  private final List<CellRule> rules;
  private final boolean isMade;
  private long equal;
  private long refused;
  private long changed;
  private long missing;
  private long different;

  CompanionVerify(DataSource from, DataSource target, CompanionTable table, boolean isMade) {
    this.table = table;
    this.isMade = isMade;
    source = new CompanionSource(from, table);
    rows = new CompanionRows(target, table);
    sweep = new CompanionSweep(source, rows, target, table);
    rules = table.columns().stream().map(CellRule::new).toList();
  }

  void run(VerifyReport report, Runnable check) throws SQLException {
    SaveKey after = null;
    List<Version> page;
    do {
      check.run();
      SaveKey from = after;
      page = Retry.retrying(() -> source.page(from, PAGE));
      if (!page.isEmpty()) {
        compare(page, report);
        after = page.get(page.size() - 1).key();
      }
    } while (page.size() == PAGE);
    List<SaveKey> gone = isMade ? sweep.find(check).rows() : List.of();
    for (SaveKey key : gone) {
      report.add(result(key, found("", "gone from the source, still in the target", "")));
    }
    report.companion(
        new CompanionTotals(
            table.name(),
            equal + refused + changed + missing + different,
            equal,
            refused,
            changed,
            missing,
            different,
            gone.size()));
  }

  private void compare(List<Version> page, VerifyReport report) throws SQLException {
    List<SaveKey> keys = page.stream().map(Version::key).toList();
    Map<SaveKey, Row> read = Retry.retrying(() -> source.read(keys));
    Map<SaveKey, State> states = isMade ? Retry.retrying(() -> rows.find(keys, NEVER)) : Map.of();
    Map<SaveKey, Stored> stored = isMade ? Retry.retrying(() -> rows.read(keys)) : Map.of();
    for (Row row : read.values()) {
      State state = states.get(row.key());
      Stored has = stored.get(row.key());
      if (state == null) {
        missing++;
        report.add(result(row.key(), found("", "not copied yet", "")));
      } else if (!state.sha256().equals(row.sha256())) {
        changed++;
        report.add(result(row.key(), found("", "changed since it was copied", "")));
      } else if (state.isRefused() || has == null) {
        refused++;
        report.add(result(row.key(), found("", "refused when it was copied", row.sha256())));
      } else {
        values(row, has, report);
      }
    }
  }

  private void values(Row row, Stored has, VerifyReport report) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      CompanionColumn column = table.columns().get(i);
      CompanionCell expected = rules.get(i).cell(row.values().get(i));
      CompanionCell actual = has.cells().get(i);
      if (!isEqual(column, expected.value(), actual.value())) {
        findings.add(differs(column.name(), row, actual.value()));
      }
      if (!isEqual(expected.beside(), actual.beside())) {
        findings.add(differs(column.beside(), row, actual.beside()));
      }
    }
    if (findings.isEmpty()) {
      equal++;
    } else {
      different++;
      report.add(new SaveResult(shown(row.key()), SaveResult.Status.COMPANION, "", findings));
    }
  }

  private static boolean isEqual(
      CompanionColumn column, @Nullable Object expected, @Nullable Object actual) {
    if (column.type().base() == Base.JSON && expected != null && actual != null) {
      // The servers write JSON in their own way.
      return JsonText.isSame((String) expected, (String) actual);
    }
    return isEqual(expected, actual);
  }

  private static boolean isEqual(@Nullable Object expected, @Nullable Object actual) {
    if (expected instanceof byte[] left && actual instanceof byte[] right) {
      return Arrays.equals(left, right);
    }
    return Objects.equals(expected, actual);
  }

  private Finding differs(String column, Row row, @Nullable Object actual) {
    String identity =
        row.sha256()
            + (actual instanceof byte[] bytes ? Arrays.hashCode(bytes) : Objects.hashCode(actual));
    return found(column, "is not what the source's row gives", identity);
  }

  private Finding found(String column, String what, String identity) {
    return Finding.companion(
        column.isEmpty() ? table.name() : table.name() + "." + column, what, identity);
  }

  private SaveResult result(SaveKey key, Finding finding) {
    return new SaveResult(shown(key), SaveResult.Status.COMPANION, "", List.of(finding));
  }

  private String shown(SaveKey key) {
    return table.name() + " " + key.text();
  }
}
