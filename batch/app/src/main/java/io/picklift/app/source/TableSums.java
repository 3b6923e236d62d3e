package io.picklift.app.source;

import io.picklift.app.config.SourceConfig;
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
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Sums over ranges of a table's rows, made by the server. */
final class TableSums implements SaveSource.Sums {
  private final DataSource dataSource;
  private final SourceConfig config;
  private final TableKeys keys;
  private final List<OuterColumn> outer;
  private final String carriedHash;
  private final String watermarkType;
  private final boolean isView;

  /**
   * @param outer key and carried columns as the server has them
   * @param carriedHash SQL for the hash of what stands beside the BLOB
   * @param watermarkType of the watermark's column, as the server shows it; empty where there is
   *     none
   * @param isView whether the table is a view
   */
  TableSums(
      DataSource dataSource,
      SourceConfig config,
      TableKeys keys,
      List<OuterColumn> outer,
      String carriedHash,
      String watermarkType,
      boolean isView) {
    this.dataSource = dataSource;
    this.config = config;
    this.keys = keys;
    this.outer = List.copyOf(outer);
    this.carriedHash = carriedHash;
    this.watermarkType = watermarkType;
    this.isView = isView;
  }

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
        "SELECT "
            + keys.columns()
            + keys.from()
            + keys.bounds().within(after, upTo)
            + keys.order()
            + " LIMIT 1 OFFSET ";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(sql + (rows - 1))) {
      keys.bounds().bind(select, after, upTo);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? keys.read(row) : null;
      }
    }
  }

  /** The version, by the watermark where there is one. */
  private String version(String watermark, String blob, @Nullable String near) {
    WatermarkHash hash = config.watermark() != null ? WatermarkHash.of(watermarkType) : null;
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
    String version = version(watermarkText(), blobHash(near), near);
    String rows =
        "SELECT "
            + RowHash.of(keyText(), version, carriedHash)
            + " AS h"
            + keys.from()
            + keys.bounds().within(after, upTo)
            + RowHash.ALL;
    String sql = "SELECT " + RowHash.sum("h") + " FROM (" + rows + ") picklift";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      keys.bounds().bind(select, after, upTo);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return RowSum.read(row, 1);
      }
    }
  }

  /**
   * A server reads all columns of a row that a query names, used or not: where most BLOBs need not
   * be hashed, the others are read by key. Not of a view: it may have no index for that, and
   * outside of the scope other rows of the same key.
   */
  private String blobHash(@Nullable String near) {
    String hash = "SHA2(" + SqlNames.quote(config.blob()) + ", 256)";
    if (near == null || config.watermark() == null || isView) {
      return hash;
    }
    String table = SqlNames.quote(config.table());
    String same =
        config.key().stream()
            .map(SqlNames::quote)
            .map(key -> "picklift_blob." + key + " = " + table + "." + key)
            .collect(Collectors.joining(" AND "));
    return "(SELECT " + hash + " FROM " + table + " picklift_blob WHERE " + same + " LIMIT 1)";
  }

  private String keyText() {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < keys.kinds().size(); i++) {
      columns.add(
          keys.kinds().get(i).text(SqlNames.quote(config.key().get(i)), outer.get(i).declared()));
    }
    return KeyText.of(columns);
  }
}
