package io.picklift.bench.chaos;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a target has, by the source's keys: without the {@code save_id}s and times. */
final class Content {
  private static final List<String> TABLES = List.of("player", "friend", "bag_item");

  private final ChaosServer server;
  private final String schema;

  Content(ChaosServer server, String schema) {
    this.server = server;
    this.schema = schema;
  }

  /** What there is of each key, in one text of hashes. */
  Map<String, String> byKey() throws SQLException {
    Map<String, String> content = new TreeMap<>();
    String ledger =
        """
        SELECT s.source_key, s.status, COALESCE(q.reason, ''), s.blob_bytes, s.restored_as,
          HEX(s.blob_sha256), a.save_id IS NOT NULL, q.save_id IS NOT NULL
        FROM picklift_save s
        LEFT JOIN picklift_archive a ON a.save_id = s.save_id
        LEFT JOIN picklift_quarantine q ON q.save_id = s.save_id
        WHERE s.status <> 'deleted'
        """;
    add(content, "ledger", server.lines(schema, ledger));
    for (String table : TABLES) {
      add(content, table, server.lines(schema, rows(table)));
    }
    return content;
  }

  private String rows(String table) throws SQLException {
    List<String> columns =
        server.lines(
            schema,
            """
            SELECT column_name FROM information_schema.columns
            WHERE table_schema = DATABASE() AND table_name = '%s' AND column_name <> 'save_id'
            ORDER BY ordinal_position
            """
                .formatted(table));
    List<String> texts = new ArrayList<>();
    columns.forEach(name -> texts.add("COALESCE(`%s`, 'NULL')".formatted(name)));
    // The sum does not depend on the order of the rows; the count tells of doubles.
    return """
    SELECT s.source_key, COUNT(*), SUM(CRC32(CONCAT_WS('|', %s)))
    FROM %s t JOIN picklift_save s ON s.save_id = t.save_id GROUP BY s.source_key
    """
        .formatted(String.join(", ", texts), table);
  }

  private static void add(Map<String, String> content, String what, List<String> lines) {
    for (String line : lines) {
      int bar = line.indexOf('|');
      content.merge(
          line.substring(0, bar), what + " " + line.substring(bar + 1), (a, b) -> a + "; " + b);
    }
  }

  /** The indexes of the mapped tables, and what is noted as missing. */
  List<String> indexes() throws SQLException {
    String sql =
        """
        SELECT table_name, index_name, seq_in_index, column_name FROM information_schema.statistics
        WHERE table_schema = DATABASE() AND table_name IN ('%s') ORDER BY 1, 2, 3
        """
            .formatted(String.join("', '", TABLES));
    List<String> indexes = new ArrayList<>(server.lines(schema, sql));
    indexes.addAll(
        server.lines(schema, "SELECT 'missing', table_name, index_name FROM picklift_late_index"));
    return indexes;
  }

  /** Rows that belong to no save. */
  List<String> orphans() throws SQLException {
    List<String> orphans = new ArrayList<>();
    for (String table : TABLES) {
      String sql =
          """
          SELECT '%1$s', t.save_id FROM %1$s t
          LEFT JOIN picklift_save s ON s.save_id = t.save_id AND s.status = 'migrated'
          WHERE s.save_id IS NULL LIMIT 3
          """;
      orphans.addAll(server.lines(schema, sql.formatted(table)));
    }
    return orphans;
  }

  /** By the BLOB's hash, empty for NULL, what there is of a save: from keys to BLOBs. */
  Map<String, String> byBlob(Map<String, String> hashes) throws SQLException {
    Map<String, String> byBlob = new HashMap<>();
    byKey().forEach((key, text) -> byBlob.put(hashes.getOrDefault(key, "?"), text));
    return byBlob;
  }
}
