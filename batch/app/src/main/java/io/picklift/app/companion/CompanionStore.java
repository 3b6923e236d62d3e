package io.picklift.app.companion;

import static io.picklift.schema.tables.rows.SqlNames.quote;

import io.picklift.app.companion.CompanionSource.Row;
import io.picklift.app.database.ServerErrors;
import io.picklift.app.lock.Fence;
import io.picklift.app.lock.FencedTransaction;
import io.picklift.app.source.SaveKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes a companion's rows into the target, some at a time in one transaction. Where the server
 * refuses them, they are halved until the row in question is alone; that one is refused.
 */
final class CompanionStore {
  private static final int MOST_AT_ONCE = 500;

  private final DataSource target;
  private final Fence lock;
  private final CompanionTable table;
  private final List<CellRule> rules;
  private final RefusedRows refused;

  CompanionStore(DataSource target, Fence lock, CompanionTable table) {
    this.target = target;
    this.lock = lock;
    this.table = table;
    this.rules = table.columns().stream().map(CellRule::new).toList();
    this.refused = new RefusedRows(table.name());
  }

  /** A row whose values have their types. */
  private record TypedRow(Row row, List<CompanionCell> cells) {}

  /** Writes rows, in place of those of the same keys that are there. */
  void write(Collection<Row> rows) throws SQLException {
    List<TypedRow> typed = new ArrayList<>();
    for (Row row : rows) {
      List<CompanionCell> cells = cells(rules, row);
      String lacking = lacking(table, cells);
      if (lacking == null) {
        typed.add(new TypedRow(row, cells));
      } else {
        refuse(row, lacking);
      }
    }
    insert(typed);
  }

  static List<CompanionCell> cells(List<CellRule> rules, Row row) {
    List<CompanionCell> cells = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      cells.add(rules.get(i).cell(row.values().get(i)));
    }
    return cells;
  }

  /** Why the table does not take a row with these cells; null where nothing says so. */
  static @Nullable String lacking(CompanionTable table, List<CompanionCell> cells) {
    for (int i = 0; i < cells.size(); i++) {
      CompanionColumn column = table.columns().get(i);
      if (column.isRequired() && cells.get(i).value() == null) {
        return column.name()
            + ": the value is no "
            + column.type()
            + ", and the column is required";
      }
    }
    return null;
  }

  private void insert(List<TypedRow> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try {
      transaction(connection -> replace(connection, rows));
    } catch (SQLException e) {
      if (ServerErrors.isTransient(e) || !ServerErrors.isAboutData(e)) {
        throw e;
      }
      if (rows.size() == 1) {
        refuse(rows.get(0).row(), RefusedRows.message(e));
      } else {
        insert(rows.subList(0, rows.size() / 2));
        insert(rows.subList(rows.size() / 2, rows.size()));
      }
    }
  }

  private void replace(Connection connection, List<TypedRow> rows) throws SQLException {
    List<SaveKey> keys = rows.stream().map(row -> row.row().key()).toList();
    delete(connection, keys);
    List<String> columns = table.stored();
    String one =
        "("
            + String.join(", ", Collections.nCopies(columns.size() + 1, "?"))
            + ", UTC_TIMESTAMP(6))";
    String sql =
        "INSERT INTO %s (%s, %s, %s) VALUES %s"
            .formatted(
                quote(table.name()),
                quote(columns),
                quote(CompanionTable.ROW_SHA256),
                quote(CompanionTable.COPIED_AT),
                String.join(", ", Collections.nCopies(rows.size(), one)));
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      int parameter = 1;
      for (TypedRow row : rows) {
        parameter = KeyConditions.bind(table, insert, parameter, List.of(row.row().key()));
        for (int i = 0; i < row.cells().size(); i++) {
          insert.setObject(parameter++, row.cells().get(i).value());
          if (table.columns().get(i).hasBeside()) {
            insert.setObject(parameter++, row.cells().get(i).beside());
          }
        }
        insert.setBytes(parameter++, RefusedRows.bytes(row.row().sha256()));
      }
      insert.executeUpdate();
    }
  }

  private void refuse(Row row, String message) throws SQLException {
    transaction(
        connection -> {
          delete(connection, List.of(row.key()));
          refused.enter(connection, row, message);
        });
  }

  /** Deletes the rows of these keys, which are gone from the source. */
  void delete(List<SaveKey> keys) throws SQLException {
    for (int from = 0; from < keys.size(); from += MOST_AT_ONCE) {
      List<SaveKey> some = keys.subList(from, Math.min(keys.size(), from + MOST_AT_ONCE));
      transaction(connection -> delete(connection, some));
    }
  }

  private void delete(Connection connection, List<SaveKey> keys) throws SQLException {
    String sql =
        "DELETE FROM " + quote(table.name()) + " WHERE " + KeyConditions.any(table, keys.size());
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      KeyConditions.bind(table, delete, 1, keys);
      delete.executeUpdate();
    }
    refused.delete(connection, keys);
  }

  private void transaction(FencedTransaction.Work work) throws SQLException {
    FencedTransaction.run(lock, target, work);
  }
}
