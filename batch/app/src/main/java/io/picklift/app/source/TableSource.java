package io.picklift.app.source;

import io.picklift.app.config.SourceConfig;
import io.picklift.app.database.LongStatement;
import io.picklift.app.input.LeftOut;
import io.picklift.app.sum.WatermarkHash;
import io.picklift.schema.profile.OuterColumn;
import io.picklift.schema.tables.rows.SqlNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Saves in a table. Keys are read page by page along the key's index, BLOBs by key: no result set
 * stays open while saves are worked on, and none holds more than was asked for.
 */
public final class TableSource implements SaveSource {
  private final DataSource dataSource;
  private final SourceConfig config;
  private final TableKeys table;
  private final ColumnsBeside beside;
  private final List<OuterColumn> outer;
  private final String watermarkType;
  private final boolean isView;
  private final @Nullable String exactCollation;

  /**
   * @param kinds the kind of each key column
   * @param carriedKinds those of the columns that are carried
   * @param outer key and carried columns as the server has them
   * @param watermarkType of the watermark's column, as the server shows it; empty where there is
   *     none
   * @param isView whether the table is a view
   * @param exactCollation the server's that compares as Python does
   */
  TableSource(
      DataSource dataSource,
      SourceConfig config,
      List<KeyKind> kinds,
      Map<String, KeyKind> carriedKinds,
      List<OuterColumn> outer,
      String watermarkType,
      boolean isView,
      @Nullable String exactCollation) {
    this.dataSource = dataSource;
    this.config = config;
    this.table = new TableKeys(dataSource, config, kinds);
    this.beside = new ColumnsBeside(config, carriedKinds);
    this.outer = List.copyOf(outer);
    this.watermarkType = watermarkType;
    this.isView = isView;
    this.exactCollation = exactCollation;
  }

  @Override
  public String name() {
    return config.label();
  }

  @Override
  public int keyColumns() {
    return table.kinds().size();
  }

  @Override
  public List<OuterColumn> outerColumns() {
    return outer;
  }

  @Override
  public @Nullable String exactCollation() {
    return exactCollation;
  }

  @Override
  public boolean hasWatermark() {
    return config.watermark() != null;
  }

  @Override
  public long count() throws SQLException {
    return whole("SELECT COUNT(*)" + table.from(), row -> row.next() ? row.getLong(1) : 0L);
  }

  @Override
  public @Nullable SaveKey keyAt(long index) throws SQLException {
    String sql =
        "SELECT " + table.columns() + table.from() + table.order() + " LIMIT 1 OFFSET " + index;
    return whole(sql, row -> row.next() ? Optional.of(table.read(row)) : Optional.<SaveKey>empty())
        .orElse(null);
  }

  @Override
  public List<SaveKey> keysAfter(@Nullable SaveKey after, long skip, int limit)
      throws SQLException {
    String sql =
        "SELECT "
            + table.columns()
            + table.from()
            + table.bounds().within(after, null)
            + table.order()
            + (" LIMIT " + limit + " OFFSET " + skip);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      table.bounds().bind(select, after, null);
      List<SaveKey> keys = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          keys.add(table.read(row));
        }
      }
      return keys;
    }
  }

  private interface Answer<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** Asks what may make the server read the whole table or index. */
  private <T> T whole(String sql, Answer<T> answer) throws SQLException {
    return new LongStatement(dataSource)
        .run(
            connection -> {
              try (PreparedStatement select = connection.prepareStatement(sql);
                  ResultSet row = select.executeQuery()) {
                return answer.of(row);
              }
            });
  }

  @Override
  public List<KeyState> page(
      @Nullable SaveKey after, @Nullable SaveKey upTo, int limit, boolean versions)
      throws SQLException {
    StringBuilder sql = new StringBuilder("SELECT ").append(table.columns());
    if (versions) {
      String watermark = config.watermark();
      sql.append(", ")
          .append(
              watermark != null
                  ? SqlNames.quote(watermark)
                  : "SHA2(" + SqlNames.quote(config.blob()) + ", 256)");
      sql.append(", ").append(beside.hash());
    }
    sql.append(table.from())
        .append(table.bounds().within(after, upTo))
        .append(table.order())
        .append(" LIMIT ")
        .append(limit);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(sql.toString())) {
      table.bounds().bind(select, after, upTo);
      List<KeyState> page = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          page.add(
              versions
                  ? new KeyState(
                      table.read(row), row.getString(table.next()), row.getString(table.next() + 1))
                  : new KeyState(table.read(row), null));
        }
      }
      return page;
    }
  }

  /** None where the watermark is of a type that a server does not compare as it tells it. */
  @Override
  public @Nullable Sums sums() {
    return hasWatermark() && WatermarkHash.of(watermarkType) == null
        ? null
        : new TableSums(dataSource, config, table, outer, beside.hash(), watermarkType, isView);
  }

  /** Its rows, to be written. */
  public LockedRows locked(RowGuard guard) {
    return new LockedRows(dataSource, config, table.kinds(), beside.hash(), guard);
  }

  @Override
  public List<Long> sizes(List<SaveKey> keys) throws SQLException {
    Map<SaveKey, Long> sizes = new LinkedHashMap<>();
    table.select(
        "COALESCE(LENGTH(" + SqlNames.quote(config.blob()) + "), 0)",
        keys,
        row -> sizes.put(table.read(row), row.getLong(table.next())));
    return keys.stream().map(key -> sizes.getOrDefault(key, 0L)).toList();
  }

  @Override
  public List<SourceRow> read(List<SaveKey> keys, boolean copies) throws SQLException {
    List<String> columns = new ArrayList<>();
    columns.add(config.blob());
    String watermark = config.watermark();
    if (watermark != null) {
      columns.add(watermark);
    }
    String json = copies ? config.json() : null;
    if (json != null) {
      columns.add(json);
    }
    if (copies) {
      columns.addAll(config.columns().keySet());
    }
    List<SourceRow> rows = new ArrayList<>();
    columns.addAll(config.carry());
    table.select(
        columns.stream().map(SqlNames::quote).collect(Collectors.joining(", "))
            + ", "
            + beside.hash(),
        keys,
        row -> rows.add(row(row, watermark, json, copies)));
    return rows;
  }

  private SourceRow row(
      ResultSet row, @Nullable String watermark, @Nullable String json, boolean copies)
      throws SQLException {
    int column = table.next();
    byte[] blob = row.getBytes(column++);
    String mark = watermark == null ? null : row.getString(column++);
    String text = json == null ? null : row.getString(column++);
    Map<String, String> values = copies ? beside.copies(row, column) : Map.of();
    column += copies ? config.columns().size() : 0;
    return new SourceRow(
        table.read(row), blob, mark, values, text, beside.carried(row, column), null);
  }

  @Override
  public List<SourceRow> describe(List<SaveKey> keys) throws SQLException {
    String watermark = config.watermark();
    String blob = SqlNames.quote(config.blob());
    List<String> columns = new ArrayList<>();
    columns.add("LENGTH(" + blob + ")");
    columns.add("SHA2(" + blob + ", 256)");
    columns.add(watermark == null ? "NULL" : SqlNames.quote(watermark));
    config.carry().forEach(name -> columns.add(SqlNames.quote(name)));
    columns.add(beside.hash());
    int first = table.next();
    List<SourceRow> rows = new ArrayList<>();
    table.select(
        String.join(", ", columns),
        keys,
        row -> {
          String sha256 = row.getString(first + 1);
          rows.add(
              new SourceRow(
                  table.read(row),
                  null,
                  row.getString(first + 2),
                  Map.of(),
                  null,
                  beside.carried(row, first + 3),
                  sha256 == null ? null : new LeftOut(row.getLong(first), sha256)));
        });
    return rows;
  }

  @Override
  public List<RowHashes> rowHashes(List<SaveKey> keys) throws SQLException {
    String json = config.json();
    List<String> columns = new ArrayList<>();
    columns.add("SHA2(" + SqlNames.quote(config.blob()) + ", 256)");
    // As the client has the text: in UTF-8, whatever the column's character set is.
    columns.add(
        json == null ? "NULL" : "SHA2(CONVERT(" + SqlNames.quote(json) + " USING utf8mb4), 256)");
    columns.add(beside.hash());
    config.columns().keySet().forEach(name -> columns.add(SqlNames.quote(name)));
    int first = table.next();
    List<RowHashes> rows = new ArrayList<>();
    table.select(
        String.join(", ", columns),
        keys,
        row ->
            rows.add(
                new RowHashes(
                    table.read(row),
                    row.getString(first),
                    beside.copies(row, first + 3),
                    row.getString(first + 1),
                    row.getString(first + 2))));
    return rows;
  }

  @Override
  public Map<SaveKey, Boolean> present(Collection<SaveKey> keys) throws SQLException {
    String where = config.where();
    Map<SaveKey, Boolean> present = new HashMap<>();
    table.selectAll(
        "COALESCE((" + (where == null ? "TRUE" : where) + "), FALSE)",
        List.copyOf(keys),
        row -> present.put(table.read(row), row.getBoolean(table.next())));
    return present;
  }

  /**
   * Which of these rows no transaction is writing. A statement that begins after this has returned
   * sees what was written.
   */
  public Set<SaveKey> settled(List<SaveKey> keys) throws SQLException {
    return new SettledRows(dataSource, table).of(keys);
  }

  @Override
  public Map<SaveKey, String> hashes(List<SaveKey> keys) throws SQLException {
    Map<SaveKey, String> hashes = new HashMap<>();
    table.select(
        "COALESCE(SHA2(" + SqlNames.quote(config.blob()) + ", 256), '')",
        keys,
        row -> hashes.put(table.read(row), row.getString(table.next())));
    return hashes;
  }

  @Override
  public SourceIdentity identity() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return new SourceIdentity(
          connection.getCatalog() + "." + config.table(),
          ServerIdentity.id(connection),
          ServerIdentity.gtids(connection));
    }
  }

  @Override
  public boolean hasTransactions(String gtids) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return ServerIdentity.has(connection, gtids);
    }
  }

  @Override
  public @Nullable String newestWatermark() throws SQLException {
    String watermark = config.watermark();
    if (watermark == null) {
      return null;
    }
    String sql = "SELECT MAX(" + SqlNames.quote(watermark) + ")" + table.from();
    return whole(
            sql,
            row -> row.next() ? Optional.ofNullable(row.getString(1)) : Optional.<String>empty())
        .orElse(null);
  }

  @Override
  public boolean isKey(SaveKey key) {
    boolean isKey = key.parts().size() == table.kinds().size();
    for (int i = 0; isKey && i < table.kinds().size(); i++) {
      isKey = table.kinds().get(i).isValue(key.parts().get(i));
    }
    return isKey;
  }

  @Override
  public void close() {
    // The pool belongs to whoever made it.
  }
}
