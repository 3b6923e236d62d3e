package io.picklift.app.beside;

import io.picklift.app.config.Config;
import io.picklift.app.config.Database;
import io.picklift.app.config.SourceConfig;
import io.picklift.app.source.KeyKind;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.ServerIdentity;
import io.picklift.schema.tables.rows.SqlNames;
import io.picklift.schema.yaml.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The column of the source's table beside the BLOB that gets each save's document. It is written by
 * the target's connection, in the transaction that enters the save in the ledger, so the source's
 * table has to be on the target's server. Immutable.
 */
public final class BesideColumn {
  private static final int UNKNOWN_COLUMN = 1054;

  private final String update;
  private final List<KeyKind> kinds;

  private BesideColumn(String update, List<KeyKind> kinds) {
    this.update = update;
    this.kinds = kinds;
  }

  /**
   * What a row is to get.
   *
   * @param blobSha256 of the BLOB that the document was made of; null for NULL
   * @param json null where the save has no document
   */
  public record Document(SaveKey key, byte @Nullable [] blobSha256, byte @Nullable [] json) {}

  /**
   * The column that a configuration names; null where it names none.
   *
   * @param connection to the target
   * @throws ConfigurationException if the column is not there, or is on another server
   */
  public static @Nullable BesideColumn open(Connection connection, Config config, SaveSource source)
      throws SQLException {
    String column = config.beside();
    Database database = config.source().database();
    if (column == null || database == null) {
      return null;
    }
    if (!ServerIdentity.id(connection).equals(source.identity().server())) {
      throw new ConfigurationException(
          "target.same-table: the table '"
              + config.source().table()
              + "' is not on the target's server, whose transactions are to write into it");
    }
    return new Opening(connection, config.source(), database, column).open();
  }

  /** Looks at the table once. */
  private record Opening(
      Connection connection, SourceConfig source, Database database, String column) {
    BesideColumn open() throws SQLException {
      String table = SqlNames.quote(database.schema()) + "." + SqlNames.quote(source.table());
      List<String> names = new ArrayList<>(source.key());
      names.add(column);
      String list = names.stream().map(SqlNames::quote).collect(Collectors.joining(", "));
      List<KeyKind> kinds = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet none =
              statement.executeQuery("SELECT " + list + " FROM " + table + " LIMIT 0")) {
        ResultSetMetaData types = none.getMetaData();
        for (int i = 1; i <= source.key().size(); i++) {
          kinds.add(KeyKind.of(types.getColumnType(i)));
        }
      } catch (SQLException e) {
        if (e.getErrorCode() != UNKNOWN_COLUMN) {
          throw e;
        }
        throw new ConfigurationException(
            "target.same-table: the table '%s' has no column '%s'; make it with: ALTER TABLE %s ADD COLUMN %s JSON NULL"
                .formatted(source.table(), column, table, SqlNames.quote(column)));
      }
      String where =
          source.key().stream()
              .map(key -> SqlNames.quote(key) + " = ?")
              .collect(Collectors.joining(" AND "));
      return new BesideColumn(
          "UPDATE %s SET %s = ? WHERE %s AND SHA2(%s, 256) <=> ?"
              .formatted(table, SqlNames.quote(column), where, SqlNames.quote(source.blob())),
          kinds);
    }
  }

  /**
   * Writes documents, within the connection's transaction. A row whose BLOB is another by now keeps
   * what it has: the next backfill reads it.
   */
  public void write(Connection connection, List<Document> documents) throws SQLException {
    if (documents.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(update)) {
      for (Document document : documents) {
        byte[] json = document.json();
        statement.setString(1, json == null ? null : new String(json, StandardCharsets.UTF_8));
        int parameter = 2;
        for (int i = 0; i < kinds.size(); i++) {
          kinds.get(i).bind(statement, parameter++, document.key().parts().get(i));
        }
        byte[] sha256 = document.blobSha256();
        statement.setString(parameter, sha256 == null ? null : HexFormat.of().formatHex(sha256));
        statement.executeUpdate();
      }
    }
  }
}
