package io.picklift.app.source;

import io.picklift.app.config.SourceConfig;
import io.picklift.app.database.LongRows;
import io.picklift.app.database.LongStatement;
import io.picklift.app.database.ServerErrors;
import io.picklift.app.input.LeftOut;
import io.picklift.app.sum.KeyText;
import io.picklift.app.sum.RowHash;
import io.picklift.app.sum.RowSum;
import io.picklift.app.sum.WatermarkHash;
import io.picklift.schema.profile.OuterColumn;
import io.picklift.schema.tables.rows.SqlNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
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
  /** Each server takes the words that are its own, and passes over the other's. */
  private static final String SHARED_AT_ONCE =
      " /*M! LOCK IN SHARE MODE NOWAIT */ /*!80000 FOR SHARE NOWAIT */";

  private final DataSource dataSource;
  private final SourceConfig config;
  private final List<KeyKind> kinds;
  private final Map<String, KeyKind> carriedKinds;
  private final List<OuterColumn> outer;
  private final String watermarkType;
  private final String keyList;
  private final KeyBounds bounds;
  private final String order;
  private final String from;

  /**
   * @param kinds the kind of each key column
   * @param carriedKinds those of the columns that are carried
   * @param outer key and carried columns as the server has them
   * @param watermarkType of the watermark's column, as the server shows it; empty where there is
   *     none
   */
  TableSource(
      DataSource dataSource,
      SourceConfig config,
      List<KeyKind> kinds,
      Map<String, KeyKind> carriedKinds,
      List<OuterColumn> outer,
      String watermarkType) {
    this.watermarkType = watermarkType;
    this.carriedKinds = Map.copyOf(carriedKinds);
    this.outer = List.copyOf(outer);
    this.dataSource = dataSource;
    this.config = config;
    this.kinds = kinds;
    this.keyList = config.key().stream().map(SqlNames::quote).collect(Collectors.joining(", "));
    List<String> sorted = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      sorted.add(kinds.get(i).sorted(SqlNames.quote(config.key().get(i))));
    }
    this.bounds = new KeyBounds(kinds, sorted);
    this.order = " ORDER BY " + String.join(", ", sorted);
    String where = config.where();
    this.from =
        " FROM "
            + SqlNames.quote(config.table())
            + " WHERE "
            + (where == null ? "1 = 1" : "(" + where + ")");
  }

  @Override
  public String name() {
    return config.label();
  }

  @Override
  public int keyColumns() {
    return kinds.size();
  }

  @Override
  public List<OuterColumn> outerColumns() {
    return outer;
  }

  @Override
  public boolean hasWatermark() {
    return config.watermark() != null;
  }

  @Override
  public long count() throws SQLException {
    return whole("SELECT COUNT(*)" + from, row -> row.next() ? row.getLong(1) : 0L);
  }

  @Override
  public @Nullable SaveKey keyAt(long index) throws SQLException {
    String sql = "SELECT " + keyList + from + order + " LIMIT 1 OFFSET " + index;
    return whole(sql, row -> row.next() ? Optional.of(key(row)) : Optional.<SaveKey>empty())
        .orElse(null);
  }

  @Override
  public List<SaveKey> keysAfter(@Nullable SaveKey after, long skip, int limit)
      throws SQLException {
    String sql =
        "SELECT "
            + keyList
            + from
            + bounds.within(after, null)
            + order
            + (" LIMIT " + limit + " OFFSET " + skip);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      bounds.bind(select, after, null);
      List<SaveKey> keys = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          keys.add(key(row));
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
    StringBuilder sql = new StringBuilder("SELECT ").append(keyList);
    if (versions) {
      String watermark = config.watermark();
      sql.append(", ")
          .append(
              watermark != null
                  ? SqlNames.quote(watermark)
                  : "SHA2(" + SqlNames.quote(config.blob()) + ", 256)");
      sql.append(", ").append(carriedHash());
    }
    sql.append(from)
        .append(bounds.within(after, upTo))
        .append(order)
        .append(" LIMIT ")
        .append(limit);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(sql.toString())) {
      bounds.bind(select, after, upTo);
      List<KeyState> page = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          page.add(
              versions
                  ? new KeyState(
                      key(row), row.getString(kinds.size() + 1), row.getString(kinds.size() + 2))
                  : new KeyState(key(row), null));
        }
      }
      return page;
    }
  }

  /** None where the watermark is of a type that a server does not compare as it tells it. */
  @Override
  public @Nullable Sums sums() {
    return hasWatermark() && WatermarkHash.of(watermarkType) == null ? null : new TableSums();
  }

  private final class TableSums implements Sums {
    @Override
    public String keyOrder() {
      return outer.stream()
          .filter(OuterColumn::isKey)
          .map(column -> column.name() + " " + column.declared() + " " + column.collation())
          .collect(Collectors.joining("\n"));
    }

    @Override
    public @Nullable SaveKey keyAfter(@Nullable SaveKey after, @Nullable SaveKey upTo, int rows)
        throws SQLException {
      String sql =
          "SELECT " + keyList + from + bounds.within(after, upTo) + order + " LIMIT 1 OFFSET ";
      try (Connection connection = dataSource.getConnection();
          PreparedStatement select = connection.prepareStatement(sql + (rows - 1))) {
        bounds.bind(select, after, upTo);
        try (ResultSet row = select.executeQuery()) {
          return row.next() ? key(row) : null;
        }
      }
    }

    /** The version, by the watermark where there is one. */
    private String version(String watermark, String blob, @Nullable String near) {
      WatermarkHash hash = hasWatermark() ? WatermarkHash.of(watermarkType) : null;
      return hash == null ? blob : hash.hash(watermark, near, blob);
    }

    @Override
    public String ledgerVersion(@Nullable String near) {
      return version("s.watermark", "LOWER(HEX(s.blob_sha256))", near);
    }

    private String watermarkText() {
      String column = config.watermark();
      if (column == null) {
        return "NULL";
      }
      KeyKind kind =
          WatermarkHash.of(watermarkType) == WatermarkHash.NUMBER ? KeyKind.NUMBER : KeyKind.TEXT;
      return kind.text(SqlNames.quote(column), watermarkType);
    }

    @Override
    public RowSum sum(@Nullable SaveKey after, @Nullable SaveKey upTo, @Nullable String near)
        throws SQLException {
      String blob = "SHA2(" + SqlNames.quote(config.blob()) + ", 256)";
      String version = version(watermarkText(), blob, near);
      String rows =
          "SELECT "
              + RowHash.of(keyText(), version, carriedHash())
              + " AS h"
              + from
              + bounds.within(after, upTo)
              + RowHash.ALL;
      String sql = "SELECT " + RowHash.sum("h") + " FROM (" + rows + ") picklift";
      try (Connection connection = dataSource.getConnection();
          PreparedStatement select = connection.prepareStatement(sql)) {
        bounds.bind(select, after, upTo);
        try (ResultSet row = select.executeQuery()) {
          row.next();
          return RowSum.read(row, 1);
        }
      }
    }

    private String keyText() {
      List<String> columns = new ArrayList<>();
      for (int i = 0; i < kinds.size(); i++) {
        columns.add(
            kinds.get(i).text(SqlNames.quote(config.key().get(i)), outer.get(i).declared()));
      }
      return KeyText.of(columns);
    }
  }

  /**
   * The hash of all that is carried and of the copies that are compared, each value in a form that
   * is taken for no other. With a watermark, a change of a copy shows as a change of that.
   */
  private String carriedHash() {
    List<String> parts = new ArrayList<>();
    for (String column : config.carry()) {
      parts.add("COALESCE(HEX(CAST(" + SqlNames.quote(column) + " AS BINARY)), '-')");
    }
    if (config.watermark() == null) {
      List<String> copies = new ArrayList<>(config.columns().keySet());
      if (config.json() != null) {
        copies.add(config.json());
      }
      for (String column : copies) {
        parts.add("COALESCE(SHA2(CAST(" + SqlNames.quote(column) + " AS BINARY), 256), '-')");
      }
    }
    return parts.isEmpty()
        ? "NULL"
        : parts.stream().collect(Collectors.joining(", ", "SHA2(CONCAT_WS(',', ", "), 256)"));
  }

  /** Its rows, to be written. */
  public LockedRows locked() {
    return new LockedRows(dataSource, config, kinds, carriedHash());
  }

  @Override
  public List<Long> sizes(List<SaveKey> keys) throws SQLException {
    Map<SaveKey, Long> sizes = new LinkedHashMap<>();
    select(
        "COALESCE(LENGTH(" + SqlNames.quote(config.blob()) + "), 0)",
        keys,
        row -> sizes.put(key(row), row.getLong(kinds.size() + 1)));
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
    select(
        columns.stream().map(SqlNames::quote).collect(Collectors.joining(", "))
            + ", "
            + carriedHash(),
        keys,
        row -> rows.add(row(row, watermark, json, copies)));
    return rows;
  }

  private SourceRow row(
      ResultSet row, @Nullable String watermark, @Nullable String json, boolean copies)
      throws SQLException {
    int column = kinds.size() + 1;
    byte[] blob = row.getBytes(column++);
    String mark = watermark == null ? null : row.getString(column++);
    String text = json == null ? null : row.getString(column++);
    Map<String, String> values = copies ? copies(row, column) : Map.of();
    column += copies ? config.columns().size() : 0;
    return new SourceRow(key(row), blob, mark, values, text, carried(row, column), null);
  }

  /** What is carried, and its hash, which stand in the result from this column on. */
  private CarriedColumns carried(ResultSet row, int first) throws SQLException {
    Map<String, String> carried = new LinkedHashMap<>();
    int column = first;
    for (String name : config.carry()) {
      String value = carriedKinds.getOrDefault(name, KeyKind.TEXT).readOrNull(row, column++);
      if (value != null) {
        carried.put(name, value);
      }
    }
    return new CarriedColumns(carried, row.getString(column));
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
    columns.add(carriedHash());
    int first = kinds.size() + 1;
    List<SourceRow> rows = new ArrayList<>();
    select(
        String.join(", ", columns),
        keys,
        row -> {
          String sha256 = row.getString(first + 1);
          rows.add(
              new SourceRow(
                  key(row),
                  null,
                  row.getString(first + 2),
                  Map.of(),
                  null,
                  carried(row, first + 3),
                  sha256 == null ? null : new LeftOut(row.getLong(first), sha256)));
        });
    return rows;
  }

  /** The copies to check, which stand in the result from this column on. */
  private Map<String, String> copies(ResultSet row, int first) throws SQLException {
    Map<String, String> values = new LinkedHashMap<>();
    int column = first;
    for (String name : config.columns().keySet()) {
      String value = row.getString(column++);
      if (value != null) {
        values.put(name, value);
      }
    }
    return Collections.unmodifiableMap(values);
  }

  @Override
  public List<RowHashes> rowHashes(List<SaveKey> keys) throws SQLException {
    String json = config.json();
    List<String> columns = new ArrayList<>();
    columns.add("SHA2(" + SqlNames.quote(config.blob()) + ", 256)");
    // As the client has the text: in UTF-8, whatever the column's character set is.
    columns.add(
        json == null ? "NULL" : "SHA2(CONVERT(" + SqlNames.quote(json) + " USING utf8mb4), 256)");
    columns.add(carriedHash());
    config.columns().keySet().forEach(name -> columns.add(SqlNames.quote(name)));
    int first = kinds.size() + 1;
    List<RowHashes> rows = new ArrayList<>();
    select(
        String.join(", ", columns),
        keys,
        row ->
            rows.add(
                new RowHashes(
                    key(row),
                    row.getString(first),
                    copies(row, first + 3),
                    row.getString(first + 1),
                    row.getString(first + 2))));
    return rows;
  }

  @Override
  public Map<SaveKey, Boolean> present(Collection<SaveKey> keys) throws SQLException {
    String where = config.where();
    Map<SaveKey, Boolean> present = new HashMap<>();
    select(
        "COALESCE((" + (where == null ? "TRUE" : where) + "), FALSE)",
        " FROM " + SqlNames.quote(config.table()) + " WHERE TRUE",
        List.copyOf(keys),
        row -> present.put(key(row), row.getBoolean(kinds.size() + 1)));
    return present;
  }

  /**
   * Which of these rows no transaction is writing: a server's log has a transaction a moment before
   * it is visible, and its locks are held until then. A statement that begins after this has
   * returned sees what was written. SELECT is enough; nobody is waited for.
   */
  public Set<SaveKey> settled(List<SaveKey> keys) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      Set<SaveKey> settled = new HashSet<>();
      settle(connection, keys, settled);
      return settled;
    }
  }

  /** Halves what cannot be locked, until the rows that are locked are alone. */
  private void settle(Connection connection, List<SaveKey> keys, Set<SaveKey> settled)
      throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    if (isLockable(connection, keys)) {
      settled.addAll(keys);
    } else if (keys.size() > 1) {
      int half = keys.size() / 2;
      settle(connection, keys.subList(0, half), settled);
      settle(connection, keys.subList(half, keys.size()), settled);
    }
  }

  private boolean isLockable(Connection connection, List<SaveKey> keys) throws SQLException {
    String sql =
        "SELECT COUNT(*) FROM "
            + SqlNames.quote(config.table())
            + " WHERE "
            + anyOf(keys.size())
            + SHARED_AT_ONCE;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bind(select, keys);
      select.executeQuery().close();
      return true;
    } catch (SQLException e) {
      if (ServerErrors.isLocked(e)) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public Map<SaveKey, String> hashes(List<SaveKey> keys) throws SQLException {
    Map<SaveKey, String> hashes = new HashMap<>();
    select(
        "COALESCE(SHA2(" + SqlNames.quote(config.blob()) + ", 256), '')",
        keys,
        row -> hashes.put(key(row), row.getString(kinds.size() + 1)));
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
    String sql = "SELECT MAX(" + SqlNames.quote(watermark) + ")" + from;
    return whole(
            sql,
            row -> row.next() ? Optional.ofNullable(row.getString(1)) : Optional.<String>empty())
        .orElse(null);
  }

  @Override
  public boolean isKey(SaveKey key) {
    boolean isKey = key.parts().size() == kinds.size();
    for (int i = 0; isKey && i < kinds.size(); i++) {
      isKey = kinds.get(i).isValue(key.parts().get(i));
    }
    return isKey;
  }

  /**
   * Selects the key's columns, then {@code columns}, of the rows of {@code keys}, in the key's
   * order.
   */
  private void select(String columns, List<SaveKey> keys, LongRows.RowReader reader)
      throws SQLException {
    select(columns, from, keys, reader);
  }

  private void select(String columns, String from, List<SaveKey> keys, LongRows.RowReader reader)
      throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    String sql =
        "SELECT " + keyList + ", " + columns + from + " AND (" + anyOf(keys.size()) + ")" + order;
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      bind(select, keys);
      LongRows.each(select, reader);
    }
  }

  /** A condition with parameters for so many keys. */
  private String anyOf(int keys) {
    String one =
        config.key().stream()
            .map(c -> SqlNames.quote(c) + " = ?")
            .collect(Collectors.joining(" AND ", "(", ")"));
    return String.join(" OR ", Collections.nCopies(keys, one));
  }

  private void bind(PreparedStatement select, List<SaveKey> keys) throws SQLException {
    int parameter = 1;
    for (SaveKey key : keys) {
      for (int i = 0; i < kinds.size(); i++) {
        kinds.get(i).bind(select, parameter++, key.parts().get(i));
      }
    }
  }

  private SaveKey key(ResultSet row) throws SQLException {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      parts.add(kinds.get(i).read(row, i + 1));
    }
    return new SaveKey(parts);
  }

  @Override
  public void close() {
    // The pool belongs to whoever made it.
  }
}
