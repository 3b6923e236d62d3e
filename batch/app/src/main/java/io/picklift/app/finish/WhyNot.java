package io.picklift.app.finish;

import io.picklift.app.accept.AcceptList;
import io.picklift.app.changes.ChangeTriggers;
import io.picklift.app.database.TableNames;
import io.picklift.app.report.RefusedSaves;
import io.picklift.app.view.SafeText;
import io.picklift.app.view.SaveCount;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Why a target cannot be finished yet, a line each. Changes nothing. */
final class WhyNot {
  private static final int MOST_SHOWN = 3;

  private final Connection connection;
  private final String source;
  private final List<String> lines = new ArrayList<>();

  private WhyNot(Connection connection, String source) {
    this.connection = connection;
    this.source = source;
  }

  /** All reasons; empty where there is none. */
  static List<String> of(Connection connection, String source, Mapping mapping, AcceptList accepted)
      throws SQLException {
    WhyNot why = new WhyNot(connection, source);
    why.other();
    why.owners();
    why.quarantined(accepted);
    why.unfinished();
    if (ChangeTriggers.areUnseen(connection)) {
      why.lines.add(ChangeTriggers.UNSEEN);
    }
    why.triggers();
    why.lines.addAll(Dependents.beside(TableNames.of(connection)));
    RootTable root = RootTable.of(mapping);
    why.lines.addAll(begun(connection, mapping, root.name()));
    why.lines.addAll(root.problems(connection));
    return why.lines.stream().map(SafeText::line).toList();
  }

  /** Reasons that need no table of Picklift's to be there still. */
  static List<String> begun(Connection connection, Mapping mapping, String rootTable)
      throws SQLException {
    List<String> lines = new ArrayList<>(Dependents.of(connection));
    lines.addAll(new LedgerKeys(rootTable).problems(connection, mapping));
    return lines.stream().map(SafeText::line).toList();
  }

  /** Whether the account may drop those that are there. */
  private void triggers() throws SQLException {
    if (ChangeTriggers.areThere(connection)) {
      try {
        ChangeTriggers.checkDrop(connection);
      } catch (ConfigurationException e) {
        lines.add(String.valueOf(e.getMessage()));
      }
    }
  }

  private void other() throws SQLException {
    count(
        "SELECT source_key FROM picklift_save WHERE source_table <> ? AND status <> 'deleted'"
            + " ORDER BY source_key",
        "save of another source is in the same tables, but the configuration has only '"
            + source
            + "'",
        "saves of other sources are in the same tables, but the configuration has only '"
            + source
            + "'");
  }

  private void owners() throws SQLException {
    count(
        "SELECT source_key FROM picklift_save WHERE source_table = ? AND status = 'migrated'"
            + " AND owner <> 'tables' ORDER BY source_key",
        "save still belongs to the source: run cutover --all first",
        "saves still belong to the source: run cutover --all first");
    count(
        "SELECT source_key FROM picklift_save WHERE source_table = ?"
            + " AND writing_sha256 IS NOT NULL ORDER BY source_key",
        "save is about to be written into the source: let writeback end",
        "saves are about to be written into the source: let writeback end");
  }

  private void quarantined(AcceptList accepted) throws SQLException {
    RefusedSaves refused = new RefusedSaves(accepted);
    long all = 0;
    String sql =
        """
        SELECT s.source_key, q.reason, LOWER(HEX(s.blob_sha256)) FROM picklift_save s
        JOIN picklift_quarantine q ON q.save_id = s.save_id
        WHERE s.source_table = ? AND s.status = 'quarantined'
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          refused.quarantined(row.getString(1), row.getString(2), row.getString(3));
          all++;
        }
      }
    }
    long open = all - refused.accepted();
    if (open > 0) {
      lines.add(
          SaveCount.are(open)
              + " quarantined and not accepted: name them in accept.yaml, or migrate"
              + " them");
    }
  }

  private void unfinished() throws SQLException {
    count(
        "SELECT state FROM picklift_evolution WHERE ? <> ''"
            + " AND state IN ('making', 'filling', 'swapping')",
        "an evolve was begun: finish it, or cancel it with evolve --cancel");
    count(
        "SELECT CONCAT(table_name, '.', index_name) FROM picklift_late_index WHERE ? <> ''",
        "indexes of the mapping are missing: run migrate once");
  }

  /** Adds a line where a query, with the source's name in it, finds something. */
  private void count(String sql, String what) throws SQLException {
    count(sql, what, what);
  }

  /** The same, with what is said of one. */
  private void count(String sql, String one, String others) throws SQLException {
    long count = 0;
    List<String> shown = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          count++;
          if (count <= MOST_SHOWN) {
            shown.add(row.getString(1));
          }
        }
      }
    }
    if (count > 0) {
      lines.add(
          count
              + " "
              + (count == 1 ? one : others)
              + " ("
              + String.join(", ", shown)
              + (count > MOST_SHOWN ? ", ..." : "")
              + ")");
    }
  }
}
