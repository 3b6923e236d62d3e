package io.picklift.app.demo;

import io.picklift.app.account.RunSummary;
import io.picklift.app.decode.Refusal;
import io.picklift.app.report.Finding;
import io.picklift.app.report.SaveResult;
import io.picklift.app.report.VerifyReport;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Prints what became of each of the demo's rows. */
final class DemoSummary {
  private static final int WIDTH = 96;

  private final PrintStream out;

  DemoSummary(PrintStream out) {
    this.out = out;
  }

  void print(RunSummary run, VerifyReport report) {
    out.printf("%nWhat became of the %d rows%n", report.rows());
    out.printf("%5d  migrated, and rebuilt from the tables byte for byte%n", report.equal());
    if (report.different() > 0) {
      out.printf("%5d  not as they were:%n", report.different());
      for (SaveResult result : report.results()) {
        if (result.status().isDifferent()) {
          findings(result);
        }
      }
    }
    quarantined(run);
    copies(report);
  }

  private void quarantined(RunSummary run) {
    out.printf("%5d  quarantined, each with its reason:%n", run.quarantinedSaves());
    List<RunSummary.QuarantinedSave> saves =
        run.quarantine().stream()
            .sorted(Comparator.comparing(RunSummary.QuarantinedSave::key))
            .toList();
    for (RunSummary.QuarantinedSave save : saves) {
      Refusal why = save.refusal();
      String names =
          why.names().isEmpty()
              ? ""
              : "; it names " + String.join(", ", why.names()) + ", which was not called";
      out.printf("         %-8s %-13s %s%s%n", save.key(), why.reason(), why.message(), names);
    }
  }

  private void copies(VerifyReport report) {
    List<SaveResult> disagreeing = with(report, Finding.Kind.COPY_DIFFERS);
    out.printf(
        "%5d  of the migrated with a column or a JSON copy that differs from the BLOB:%n",
        disagreeing.size());
    disagreeing.forEach(this::findings);
    List<SaveResult> unreadable = with(report, Finding.Kind.COPY_UNREADABLE);
    if (!unreadable.isEmpty()) {
      out.printf("%5d  of the migrated with a copy that cannot be read:%n", unreadable.size());
      unreadable.forEach(this::findings);
    }
  }

  private static List<SaveResult> with(VerifyReport report, Finding.Kind kind) {
    return report.results().stream()
        .filter(result -> result.findings().stream().anyMatch(it -> it.kind() == kind))
        .toList();
  }

  private void findings(SaveResult result) {
    String key = result.key();
    for (Finding finding : result.findings()) {
      out.printf("         %-8s %s%n", key, finding.message());
      key = "";
    }
  }

  /** Which saves no pickler writes as they are. */
  void kept(Connection target) throws SQLException {
    String sql =
        "SELECT source_key FROM picklift_save WHERE restored_as = 'kept' ORDER BY source_key";
    List<String> kept = new ArrayList<>();
    try (Statement statement = target.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        kept.add(row.getString(1));
      }
    }
    if (!kept.isEmpty()) {
      out.printf(
          "%5d  of the migrated kept as they were beside their rows, since no pickler writes them"
              + " so: %s%n",
          kept.size(), String.join(", ", kept));
    }
  }

  /** How many rows each table has now. */
  void tables(Mapping mapping, Connection target) throws SQLException {
    out.printf("%nThe tables%n");
    StringBuilder line = new StringBuilder("      ");
    try (Statement statement = target.createStatement()) {
      for (TableMapping table : mapping.tables()) {
        try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table.name())) {
          row.next();
          String text = " " + table.name() + " " + row.getLong(1) + ",";
          if (line.length() + text.length() > WIDTH) {
            out.println(line);
            line = new StringBuilder("      ");
          }
          line.append(text);
        }
      }
    }
    line.setLength(line.length() - 1);
    out.println(line);
  }
}
