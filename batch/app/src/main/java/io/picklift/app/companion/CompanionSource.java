package io.picklift.app.companion;

import static io.picklift.schema.tables.rows.SqlNames.quote;

import io.picklift.app.database.LongRows;
import io.picklift.app.source.SaveKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads a companion's rows from the source. */
final class CompanionSource {
  private final DataSource source;
  private final CompanionTable table;
  private final String keyList;
  private final List<String> sorted = new ArrayList<>();

  CompanionSource(DataSource source, CompanionTable table) {
    this.source = source;
    this.table = table;
    this.keyList = KeyConditions.selected(table);
    table.key().forEach(key -> sorted.add(key.kind().sorted(quote(key.name()))));
  }

  /**
   * A row's key and hash.
   *
   * @param sha256 in lower-case hex
   * @param bytes how long its values are
   */
  record Version(SaveKey key, String sha256, long bytes) {}

  /**
   * A row.
   *
   * @param values of the table's columns in their order, texts or bytes
   */
  record Row(SaveKey key, String sha256, List<@Nullable Object> values) {}

  /** The next keys in order, with their rows' hashes. */
  List<Version> page(@Nullable SaveKey after, int limit) throws SQLException {
    StringBuilder sql = new StringBuilder("SELECT ").append(keyList).append(", ").append(hash());
    sql.append(", ").append(length()).append(" FROM ").append(quote(table.config().from()));
    if (after != null) {
      sql.append(" WHERE ").append(beyond());
    }
    sql.append(" ORDER BY ").append(String.join(", ", sorted)).append(" LIMIT ").append(limit);
    try (Connection connection = source.getConnection();
        PreparedStatement select = connection.prepareStatement(sql.toString())) {
      if (after != null) {
        bindBeyond(select, after);
      }
      List<Version> page = new ArrayList<>();
      int keys = table.key().size();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          page.add(new Version(key(row), row.getString(keys + 1), row.getLong(keys + 2)));
        }
      }
      return page;
    }
  }

  /** Of all that is copied, the key included: renaming a key in its case changes the row. */
  private String hash() {
    List<String> parts = new ArrayList<>();
    table.key().forEach(key -> parts.add(key.type().hashed(quote(key.name()))));
    table.columns().forEach(column -> parts.add(column.source().hashed(quote(column.from()))));
    return "SHA2(CONCAT_WS(',', " + String.join(", ", parts) + "), 256)";
  }

  private String length() {
    return table.columns().isEmpty()
        ? "0"
        : table.columns().stream()
            .map(column -> "COALESCE(LENGTH(" + quote(column.from()) + "), 0)")
            .collect(Collectors.joining(" + "));
  }

  private String beyond() {
    StringBuilder sql = new StringBuilder("(");
    for (int i = 0; i < sorted.size(); i++) {
      sql.append(i == 0 ? "" : " OR ").append('(');
      for (int j = 0; j < i; j++) {
        sql.append(sorted.get(j)).append(" = ? AND ");
      }
      sql.append(sorted.get(i)).append(" > ?)");
    }
    return sql.append(')').toString();
  }

  private void bindBeyond(PreparedStatement statement, SaveKey key) throws SQLException {
    int parameter = 1;
    for (int i = 0; i < sorted.size(); i++) {
      for (int j = 0; j <= i; j++) {
        table.key().get(j).kind().bind(statement, parameter++, key.parts().get(j));
      }
    }
  }

  /** The rows of these keys as they are now; one that is gone is left out. */
  Map<SaveKey, Row> read(Collection<SaveKey> keys) throws SQLException {
    StringBuilder columns = new StringBuilder(hash());
    for (CompanionColumn column : table.columns()) {
      columns.append(", ").append(column.source().selected(quote(column.from())));
    }
    Map<SaveKey, Row> rows = new LinkedHashMap<>();
    select(
        columns.toString(),
        keys,
        row -> {
          SaveKey key = key(row);
          int number = table.key().size() + 1;
          String sha256 = row.getString(number++);
          List<@Nullable Object> values = new ArrayList<>();
          for (CompanionColumn column : table.columns()) {
            boolean isBytes = column.source().family() == DeclaredType.Family.BYTES;
            values.add(isBytes ? row.getBytes(number) : row.getString(number));
            number++;
          }
          rows.put(key, new Row(key, sha256, Collections.unmodifiableList(values)));
        });
    return rows;
  }

  /** Which of these keys there still are. */
  Set<SaveKey> present(Collection<SaveKey> keys) throws SQLException {
    Set<SaveKey> present = new HashSet<>();
    select("1", keys, row -> present.add(key(row)));
    return present;
  }

  private void select(String columns, Collection<SaveKey> keys, LongRows.RowReader reader)
      throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    String sql =
        "SELECT %s, %s FROM %s WHERE %s"
            .formatted(
                keyList,
                columns,
                quote(table.config().from()),
                KeyConditions.any(table, keys.size()));
    try (Connection connection = source.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      KeyConditions.bind(table, select, 1, keys);
      LongRows.each(select, reader);
    }
  }

  private SaveKey key(ResultSet row) throws SQLException {
    return KeyConditions.key(table, row, 1);
  }
}
