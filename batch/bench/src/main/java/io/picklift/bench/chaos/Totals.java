package io.picklift.bench.chaos;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the last run's counts in {@code picklift_run}: by the equations of {@code
 * batch/OUTCOMES.md}, and against the source and the ledger, freshly counted.
 */
final class Totals {
  private Totals() {}

  /** What does not add up; empty where all does. */
  static List<String> wrong(ChaosServer server, String source, String target) throws SQLException {
    String sql =
        """
        SELECT
          r.status = 'complete',
          r.source_rows = r.added + r.replaced + r.unchanged + r.quarantined + r.changed_since
            + r.left_alone,
          r.ledger_rows = r.ledger_known + r.ledger_deleted + r.ledger_out_of_scope
            + r.ledger_held_back + r.ledger_owned,
          r.source_rows = (SELECT COUNT(*) FROM %1$s.saves),
          r.ledger_rows = (SELECT COUNT(*) FROM picklift_save),
          r.ledger_deleted = (SELECT COUNT(*) FROM picklift_save WHERE status = 'deleted'),
          r.quarantined = (SELECT COUNT(*) FROM picklift_quarantine),
          r.added + r.replaced + r.unchanged = (SELECT COUNT(*) FROM picklift_archive),
          r.changed_since = 0 AND r.left_alone = 0 AND r.ledger_held_back = 0
        FROM picklift_run r ORDER BY r.run_id DESC LIMIT 1
        """
            .formatted(source);
    String[] names = {
      "the last run is complete",
      "the source's rows are the sum of their outcomes",
      "the ledger's rows are the sum of theirs",
      "the source's rows are those of the source",
      "the ledger's rows are those of the ledger",
      "deleted",
      "quarantined",
      "added, replaced and unchanged are the archive's rows",
      "nothing is left"
    };
    List<String> rows = server.lines(target, sql);
    List<String> wrong = new ArrayList<>();
    if (rows.isEmpty()) {
      wrong.add("totals: there is no run");
      return wrong;
    }
    String[] holds = rows.get(0).split("\\|", -1);
    for (int i = 0; i < names.length; i++) {
      if (!holds[i].equals("1")) {
        wrong.add("totals: not true: " + names[i] + " (" + holds[i] + ")");
      }
    }
    return wrong;
  }
}
