package io.picklift.app.bulk;

import io.picklift.app.database.LongRows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The properties of a server that decide whether rows are sent by LOAD DATA or by INSERT, and how.
 *
 * @param statementBytes the longest INSERT of several rows
 * @param packetBytes the longest statement that the server takes
 * @param hasBackslash whether a backslash in a string literal escapes
 * @param takesLoad whether LOAD DATA LOCAL works, and stays within the transaction
 * @param hasOwnKeysOnly whether all foreign keys of the schema lead to tables of Picklift's
 */
public record ServerTraits(
    int statementBytes,
    int packetBytes,
    boolean hasBackslash,
    boolean takesLoad,
    boolean hasOwnKeysOnly) {
  /** Longer statements are no faster, and cost memory on both sides. */
  private static final int MOST_STATEMENT_BYTES = 1 << 20;

  private static final int PACKET_OVERHEAD = 1 << 10;

  /** Asks the server. */
  public static ServerTraits read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String mode;
      boolean isLocal;
      try (ResultSet row = statement.executeQuery("SELECT @@sql_mode, @@local_infile")) {
        row.next();
        mode = row.getString(1);
        isLocal = row.getBoolean(2);
      }
      String splitting = "OFF";
      // Galera commits inside a load when this is on, and other servers do not know it.
      try (ResultSet row =
          statement.executeQuery("SHOW VARIABLES LIKE 'wsrep_load_data_splitting'")) {
        if (row.next()) {
          splitting = row.getString(2);
        }
      }
      return of(
          LongRows.longestStatement(connection),
          mode,
          isLocal,
          splitting,
          hasOwnKeysOnly(statement));
    }
  }

  /** A foreign key that someone added to a mapped table is the server's to check. */
  private static boolean hasOwnKeysOnly(Statement statement) throws SQLException {
    String sql =
        """
        SELECT COUNT(*) FROM information_schema.referential_constraints
        WHERE constraint_schema = DATABASE()
          AND LOWER(referenced_table_name) NOT IN ('picklift_save', 'picklift_archive')
        """;
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1) == 0;
    }
  }

  static ServerTraits of(
      int packet, String sqlMode, boolean isLocal, String loadSplitting, boolean hasOwnKeysOnly) {
    return new ServerTraits(
        Math.min(MOST_STATEMENT_BYTES, Math.max(1, packet - PACKET_OVERHEAD)),
        packet,
        !sqlMode.contains("NO_BACKSLASH_ESCAPES"),
        isLocal && loadSplitting.equalsIgnoreCase("OFF"),
        hasOwnKeysOnly);
  }

  /** The same without LOAD DATA. */
  public ServerTraits insertOnly() {
    return new ServerTraits(statementBytes, packetBytes, hasBackslash, false, hasOwnKeysOnly);
  }
}
