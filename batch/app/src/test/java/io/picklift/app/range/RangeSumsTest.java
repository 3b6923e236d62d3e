package io.picklift.app.range;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.database.Pools;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.Sources;
import io.picklift.app.throttle.Politeness;
import io.picklift.codec.Limits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Source and ledger sum up alike, whatever the key is; and differ, whatever is wrong with a row.
 */
@Tag("database")
final class RangeSumsTest {
  private static final int ROWS = 40;

  @TempDir private Path folder = Path.of("");

  private final Random random = new Random(11);
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Values of a key column by type: each is another one under every collation. */
  private String value(String type, int row) {
    int small = row - ROWS / 2;
    return switch (type.replaceAll("[ (].*", "")) {
      case "TINYINT", "SMALLINT", "MEDIUMINT" -> String.valueOf(small);
      case "INT" -> String.valueOf(type.contains("ZEROFILL") ? row : small * 100_000_000L);
      case "BIGINT" ->
          type.contains("UNSIGNED")
              ? Long.toUnsignedString(-1L - row)
              : String.valueOf(Long.MIN_VALUE + row);
      case "DECIMAL" -> small + ".5" + row % 10 + "0";
      case "BIT" -> String.valueOf(row);
      case "DATE" -> "20%02d-01-%02d".formatted(row, 1 + row % 28);
      case "DATETIME", "TIMESTAMP" ->
          "20%02d-03-%02d 04:05:06.%s"
              .formatted(row % 30, 1 + row % 28, row % 3 == 0 ? "000000" : "12345" + row % 10);
      case "TIME" -> "%02d:%02d:00".formatted(row % 24, row);
      case "YEAR" -> String.valueOf(1980 + row);
      case "ENUM", "SET" -> "v" + row % 40;
      case "BINARY", "VARBINARY" ->
          new String(new char[] {(char) row, 0, 'a', (char) (255 - row)}).substring(0, 3 + row % 2);
      default -> text(row);
    };
  }

  private String text(int row) {
    String[] hard = {
      "a", "A\u0001", "b ", "c\"", "d\\", "\u00e9", "\uD83D\uDE00", "/", "e\n", "'", "\t"
    };
    return row + hard[random.nextInt(hard.length)] + (row % 4 == 0 ? " " : "");
  }

  private static String list(String type) {
    return IntStream.range(0, ROWS)
        .mapToObj(i -> "'v" + i + "'")
        .reduce((a, b) -> a + "," + b)
        .map(values -> type + "(" + values + ")")
        .orElseThrow();
  }

  private Game game(List<String> types) throws Exception {
    Game game = new Game(folder);
    List<String> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      String type = types.get(i).equals("ENUM") ? list("ENUM") : types.get(i);
      columns.add("k" + i + " " + type + " NOT NULL");
      names.add("k" + i);
    }
    game.source("DROP TABLE saves");
    game.source(
        "CREATE TABLE saves (%s, data LONGBLOB, PRIMARY KEY (%s))"
            .formatted(String.join(", ", columns), String.join(", ", names)));
    game.configure(
        "table: saves\n  key: [" + String.join(", ", names) + "]\n  blob: data", game.targetUrl());
    String sql =
        "INSERT INTO saves VALUES ("
            + String.join(", ", names.stream().map(n -> "?").toList())
            + ", ?)";
    try (Connection connection = game.connection(game.sourceUrl());
        PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int row = 0; row < ROWS; row++) {
        for (int i = 0; i < types.size(); i++) {
          set(insert, i + 1, types.get(i), value(types.get(i), row));
        }
        byte[] save = row % 9 == 5 ? null : row % 9 == 6 ? new byte[] {1} : Game.save(row);
        insert.setBytes(types.size() + 1, save);
        insert.executeUpdate();
      }
    }
    return game;
  }

  private static void set(PreparedStatement insert, int at, String type, String value)
      throws SQLException {
    if (type.contains("BINARY")) {
      insert.setBytes(at, value.getBytes(StandardCharsets.ISO_8859_1));
    } else if (type.startsWith("BIT")) {
      insert.setInt(at, Integer.parseInt(value));
    } else {
      insert.setString(at, value);
    }
  }

  private static LedgerSums ledger(DataSource target, SaveSource source) throws Exception {
    return LedgerSums.read(
        target,
        source.name(),
        Objects.requireNonNull(source.sums()).ledgerVersion(null),
        "2001-01-01",
        () -> {});
  }

  /** What could be wrong with an entry of the ledger, and how many ranges that touches. */
  private static Map<String, Integer> wrongs() {
    Map<String, Integer> wrongs = new LinkedHashMap<>();
    wrongs.put("blob_sha256 = UNHEX(SHA2('x', 256))", 1);
    wrongs.put("blob_sha256 = NULL", 1);
    wrongs.put("source_key = CONCAT(source_key, ' ')", 1);
    wrongs.put("source_key = CONCAT('0', source_key)", 1);
    wrongs.put("source_key = UPPER(CONCAT(source_key, 'x'))", 1);
    wrongs.put("source_key = ''", 1);
    wrongs.put("carried_sha256 = UNHEX(SHA2('', 256))", 1);
    wrongs.put("status = 'deleted'", 1);
    wrongs.put("status = 'quarantined'", 1);
    wrongs.put("out_of_scope_at = UTC_TIMESTAMP(6)", 1);
    wrongs.put("range_no = NULL", 1);
    wrongs.put("range_no = 1 + range_no % 4", 2);
    return wrongs;
  }

  private static final String UNDO =
      """
      UPDATE picklift_save s JOIN kept k ON k.save_id = s.save_id
      SET s.blob_sha256 = k.blob_sha256, s.source_key = k.source_key,
        s.carried_sha256 = k.carried_sha256, s.status = k.status, s.range_no = k.range_no,
        s.out_of_scope_at = k.out_of_scope_at
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TINYINT",
        "INT",
        "INT UNSIGNED ZEROFILL",
        "BIGINT",
        "BIGINT UNSIGNED",
        "BIT(10)",
        "DECIMAL(12,3)",
        "DATE",
        "DATETIME",
        "DATETIME(6)",
        "TIMESTAMP(3)",
        "TIME",
        "YEAR",
        "ENUM",
        "CHAR(20)",
        "VARCHAR(20) CHARACTER SET utf16",
        "VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
        "VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci",
        "VARBINARY(20)",
        "BINARY(6)",
        "INT;VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
        "VARCHAR(20);VARBINARY(8);DECIMAL(20,5)"
      })
  void anUnchangedRangeIsFoundAndAWrongRowToo(String types) throws Exception {
    Game game = game(List.of(types.split(";")));
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    game.target("CREATE TABLE kept AS SELECT * FROM picklift_save");
    SaveSource source = Sources.open(game.config().source(), Limits.defaults(), 2, open);
    HikariDataSource target = Pools.open("target", game.config().requireTarget(), 2);
    open.push(target);
    try (Politeness polite = Politeness.open(game.config(), null, line -> {});
        Connection connection = target.getConnection()) {
      List<KeyRange> ranges =
          new RangeTable(connection, source, Objects.requireNonNull(source.sums()).keyOrder())
              .read();
      assertThat(rows(same(ranges, source, target, polite))).isEqualTo(ROWS);
      int full = same(ranges, source, target, polite).size();
      assertThat(full).isGreaterThan(3);
      for (Map.Entry<String, Integer> wrong : wrongs().entrySet()) {
        long save = 1L + random.nextInt(ROWS);
        String status = game.text("SELECT status FROM picklift_save WHERE save_id = " + save);
        String sql = wrong.getKey().replace("'quarantined'", "'" + other(status) + "'");
        game.target("UPDATE picklift_save SET " + sql + " WHERE save_id = " + save);
        long left = same(ranges, source, target, polite).size();
        boolean isNull =
            game.number("SELECT COUNT(*) FROM kept WHERE blob_sha256 IS NULL AND save_id = " + save)
                > 0;
        boolean isNothing = sql.startsWith("blob_sha256 = NULL") && isNull;
        assertThat(full - left)
            .as("%s of save %d", sql, save)
            .isEqualTo(isNothing ? 0 : wrong.getValue());
        game.target(UNDO);
      }
      assertThat(rows(same(ranges, source, target, polite))).isEqualTo(ROWS);
      // Two rows of one range that have each other's version.
      game.target(
          "UPDATE picklift_save s JOIN kept k ON k.save_id = 3 - s.save_id"
              + " SET s.blob_sha256 = k.blob_sha256 WHERE s.save_id IN (1, 2)");
      assertThat(game.number("SELECT COUNT(DISTINCT range_no) FROM kept WHERE save_id IN (1, 2)"))
          .isEqualTo(1);
      assertThat(same(ranges, source, target, polite)).hasSize(full - 1);
      game.target(UNDO);
      game.target("DELETE FROM picklift_archive ORDER BY save_id LIMIT 1");
      assertThat(same(ranges, source, target, polite)).hasSize(full - 1);
    } finally {
      ResourceCloser.all(open);
    }
  }

  private static String other(@Nullable String status) {
    return "quarantined".equals(status) ? "migrated" : "quarantined";
  }

  private static List<LedgerSums.Entry> same(
      List<KeyRange> ranges, SaveSource source, DataSource target, Politeness polite)
      throws Exception {
    RangeComparison comparison =
        new RangeComparison(source, ledger(target, source), null, polite, () -> {});
    List<LedgerSums.Entry> same = new ArrayList<>();
    for (KeyRange range : ranges) {
      LedgerSums.Entry entry = comparison.same(range);
      if (entry != null) {
        same.add(entry);
      }
    }
    return same;
  }

  private static long rows(List<LedgerSums.Entry> entries) {
    return entries.stream().mapToLong(entry -> entry.sum().rows()).sum();
  }
}
