package io.picklift.app.verify;

import io.picklift.app.account.LedgerSweep;
import io.picklift.app.database.Retry;
import io.picklift.app.report.Finding;
import io.picklift.app.report.SaveResult;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Finds saves of the target whose row the source does not have any more. */
final class GoneSaves {
  private final SaveSource source;
  private final DataSource target;

  GoneSaves(SaveSource source, DataSource target) {
    this.source = source;
    this.target = target;
  }

  void find(VerifyReport report) throws SQLException {
    LedgerSweep sweep = new LedgerSweep(source, target);
    for (LedgerSweep.Page page = sweep.next(); page != null; page = sweep.next()) {
      if (!page.gone().isEmpty()) {
        // A backfill may have deleted some between the look at the ledger and the one at the
        // source.
        Collection<Long> ids = page.gone().keySet();
        Set<Long> live = Retry.retrying(() -> live(ids));
        page.gone()
            .forEach(
                (saveId, key) -> {
                  if (live.contains(saveId)) {
                    report.add(gone(key));
                  }
                });
      }
    }
  }

  private static SaveResult gone(SaveKey key) {
    Finding finding =
        Finding.of(Finding.Kind.GONE, "gone from the source, and still in the target");
    return new SaveResult(key.text(), SaveResult.Status.GONE, "", List.of(finding));
  }

  private Set<Long> live(Collection<Long> saveIds) throws SQLException {
    String sql =
        "SELECT save_id FROM picklift_save WHERE status <> 'deleted' AND save_id IN (%s)"
            .formatted(saveIds.stream().map(String::valueOf).collect(Collectors.joining(",")));
    Set<Long> live = new HashSet<>();
    try (Connection connection = target.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        live.add(row.getLong(1));
      }
    }
    return live;
  }
}
