package io.picklift.app.follow.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.config.SourceConfig;
import io.picklift.app.database.Pools;
import io.picklift.app.follow.LoggingServer;
import io.picklift.app.follow.place.LogPlace;
import io.picklift.app.follow.place.ServerLog;
import io.picklift.app.source.KeyState;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.TableCheck;
import io.picklift.app.source.TableSource;
import io.picklift.codec.pickle.RecordRule;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log says of rows is what a page of the table has. */
@Tag("database")
final class LogKeysTest {
  /** A key's type, and values of it. */
  private static final List<List<String>> TYPES =
      List.of(
          List.of("TINYINT", "-128", "0", "127"),
          List.of("TINYINT(1)", "0", "1", "5"),
          List.of("TINYINT UNSIGNED", "0", "255"),
          List.of("SMALLINT", "-32768", "32767"),
          List.of("SMALLINT UNSIGNED", "65535"),
          List.of("MEDIUMINT", "-8388608", "8388607"),
          List.of("MEDIUMINT UNSIGNED", "16777215"),
          List.of("INT", "-2147483648", "7"),
          List.of("INT UNSIGNED", "4294967295"),
          List.of("INT(6) ZEROFILL", "42"),
          List.of("BIGINT", "-9223372036854775808", "9223372036854775807"),
          List.of("BIGINT UNSIGNED", "18446744073709551615", "1"),
          List.of("DECIMAL(20,4)", "-1234567890123456.7891", "0", "0.0001", "-0.5"),
          List.of("DECIMAL(9,9)", "0.123456789", "-0.000000001"),
          List.of("DECIMAL(65,0)", "12345678901234567890123456789012345678901234567890"),
          List.of("DOUBLE", "1.5", "-0.25", "1e300", "3"),
          List.of("BIT(1)", "b'1'"),
          List.of("BIT(12)", "b'100000000001'", "b'1'"),
          List.of("YEAR", "1901", "2024", "0"),
          List.of("DATE", "'2024-02-29'", "'1000-01-01'", "'9999-12-31'"),
          List.of("DATETIME", "'2024-02-29 23:59:59'"),
          List.of("DATETIME(3)", "'2024-02-29 23:59:59.120'", "'2024-02-29 00:00:00'"),
          List.of("DATETIME(6)", "'1000-01-01 00:00:00.000001'", "'2024-02-29 00:00:00'"),
          List.of("TIMESTAMP", "'2024-07-01 12:00:00'"),
          List.of("TIMESTAMP(2)", "'2024-07-01 12:00:00.5'"),
          List.of("TIME", "'12:30:15'", "'00:00:00'"),
          List.of("TIME(4)", "'01:02:03.0405'"),
          List.of("CHAR(10)", "'a'", "'a b'", "'é'"),
          List.of("VARCHAR(300)", "'x'", "'trailing '", "'ß✓😀'", "''"),
          List.of("VARCHAR(40) CHARACTER SET latin1", "'é€'", "'ascii'"),
          List.of("VARCHAR(40) CHARACTER SET cp1251", "'привет'"),
          List.of("VARCHAR(40) CHARACTER SET gbk", "'中文'"),
          List.of("VARCHAR(40) CHARACTER SET sjis", "'日本'"),
          List.of("VARCHAR(40) CHARACTER SET utf16", "'é😀'"),
          List.of("VARCHAR(40) CHARACTER SET ucs2", "'é'"),
          List.of("CHAR(200) CHARACTER SET utf8mb4", "'long char'"),
          List.of("BINARY(4)", "X'01000000'", "X'00000000'", "X'01020304'"),
          List.of("VARBINARY(20)", "X'0100'", "X''", "X'FF'"),
          List.of("VARBINARY(300)", "X'0100'"),
          List.of("ENUM('small','it''s','größe')", "'it''s'", "'größe'"),
          List.of("SET('a','b','c','d')", "'a,c'", "''", "'d'"));

  private final BlockingQueue<LoggedTransaction> told = new LinkedBlockingQueue<>();

  private final LogSink sink = told::add;

  private static SourceConfig config(LoggingServer.Schema schema, List<String> key) {
    return new SourceConfig(
        schema.database(),
        null,
        "saves",
        key,
        "data",
        null,
        null,
        null,
        Map.of(),
        null,
        null,
        null,
        List.of(),
        null,
        false,
        RecordRule.AUTO,
        null,
        Map.of());
  }

  private static Beside beside(TableLayout layout, HikariDataSource pool, String... companions) {
    return new Beside(Set.of(companions), layout.heartbeat("beats", pool), "me");
  }

  private static LogStart start(HikariDataSource pool) throws Exception {
    LogPlace place = new ServerLog(pool).visible();
    return new LogStart(place.gtids(), place.file(), place.offset(), true);
  }

  /** What the log tells up to where it ends now. */
  private List<LoggedTransaction> untilEnd(HikariDataSource pool) throws Exception {
    LogPlace end = new ServerLog(pool).end();
    List<LoggedTransaction> all = new ArrayList<>();
    LogPlace reached;
    do {
      // The log may go on a little behind its last transaction.
      LoggedTransaction next = told.poll(20, TimeUnit.SECONDS);
      if (next == null) {
        return all;
      }
      all.add(next);
      reached = new LogPlace(end.server(), next.gtid(), next.file(), next.end());
    } while (ServerLog.isBeyond(end, reached));
    return all;
  }

  private static Set<SaveKey> keys(List<LoggedTransaction> transactions) {
    return transactions.stream()
        .flatMap(it -> it.keys().keySet().stream())
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"FULL", "MINIMAL"})
  void aKeyOfEachTypeIsThatOfThePage(String image) throws Exception {
    LoggingServer server = LoggingServer.get();
    List<String> wrong = new ArrayList<>();
    try (LoggingServer.Schema schema = server.schema();
        Connection connection = schema.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION binlog_row_image = " + image);
      statement.execute("SET SESSION time_zone = '+05:00'");
      statement.execute("SET SESSION sql_mode = ''");
      for (List<String> type : TYPES) {
        statement.execute("DROP TABLE IF EXISTS saves");
        statement.execute(
            "CREATE TABLE saves (before_it VARCHAR(20) DEFAULT 'x', k "
                + type.get(0)
                + " NOT NULL PRIMARY KEY, data LONGBLOB, after_it INT)");
        told.clear();
        try (HikariDataSource pool = Pools.open("source", schema.database(), 2)) {
          SourceConfig config = config(schema, List.of("k"));
          TableSource page = TableCheck.open(pool, config, schema.database());
          TableLayout layout = TableLayout.read(pool, "saves", List.of("k"));
          LogStart start = start(pool);
          for (String value : type.subList(1, type.size())) {
            statement.execute("INSERT INTO saves (k, data) VALUES (" + value + ", X'80024E2E')");
          }
          List<SaveKey> there =
              page.page(null, null, 100, false).stream().map(KeyState::key).toList();
          statement.execute("UPDATE saves SET data = X'80025D2E'");
          statement.execute("DELETE FROM saves");
          statement.execute("CREATE TABLE finished (id INT)");
          try (LogClient client =
              LogClient.open(schema.database(), layout, beside(layout, pool), start, sink)) {
            List<LoggedTransaction> transactions = untilCreated();
            client.check();
            transactions.stream()
                .filter(it -> it.problem() != null && !it.problem().contains("(CREATE"))
                .forEach(it -> wrong.add(type.get(0) + ": " + it.problem()));
            for (int i = 0; i < transactions.size(); i++) {
              Set<SaveKey> keys = keys(transactions.subList(i, i + 1));
              if (!there.containsAll(keys)) {
                wrong.add(type.get(0) + ": page " + there + ", log " + keys);
              }
            }
            if (!keys(transactions).containsAll(there)) {
              wrong.add(type.get(0) + ": page " + there + ", log " + keys(transactions));
            }
          }
        }
        statement.execute("DROP TABLE finished");
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** What the log tells up to the statement that ends each case. */
  private List<LoggedTransaction> untilCreated() throws Exception {
    List<LoggedTransaction> all = new ArrayList<>();
    while (true) {
      LoggedTransaction last = told.poll(60, TimeUnit.SECONDS);
      assertThat(last).as("after %s", all).isNotNull();
      all.add(last);
      if (last.keys().isEmpty() && all.size() >= 4) {
        return all;
      }
    }
  }

  @Test
  void aKeyOfSeveralColumnsChangesAndMinimalImagesSuffice() throws Exception {
    LoggingServer server = LoggingServer.get();
    try (LoggingServer.Schema schema = server.schema();
        HikariDataSource pool = Pools.open("source", schema.database(), 2);
        Connection connection = schema.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION binlog_row_image = MINIMAL");
      statement.execute(
          "CREATE TABLE saves (data LONGBLOB, b VARCHAR(9), x INT, a INT, PRIMARY KEY (a, b))");
      TableLayout layout = TableLayout.read(pool, "saves", List.of("a", "b"));
      LogStart start = start(pool);
      statement.execute("INSERT INTO saves (a, b) VALUES (1, 'x'), (2, 'y')");
      statement.execute("UPDATE saves SET b = 'z' WHERE a = 2");
      statement.execute("UPDATE saves SET a = 3, data = 'v' WHERE a = 1");
      try (LogClient client =
          LogClient.open(schema.database(), layout, beside(layout, pool), start, sink)) {
        List<LoggedTransaction> all = untilEnd(pool);
        client.check();
        assertThat(all).allMatch(it -> it.problem() == null);
        assertThat(all.stream().filter(it -> !it.keys().isEmpty()).map(LoggedTransaction::keys))
            .containsExactly(
                Map.of(key("1", "x"), true, key("2", "y"), true),
                Map.of(key("2", "y"), false, key("2", "z"), true),
                Map.of(key("1", "x"), false, key("3", "x"), true));
      }
    }
  }

  @Test
  void namesOfColumnsInTheLogTellTheKeyWhereverItStands() throws Exception {
    LoggingServer server = LoggingServer.get();
    try (LoggingServer.Schema schema = server.schema();
        HikariDataSource pool = Pools.open("source", schema.database(), 2);
        Connection connection = schema.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE saves (first INT, id BIGINT UNSIGNED PRIMARY KEY, data LONGBLOB)");
      LogStart start = start(pool);
      statement.execute("SET GLOBAL binlog_row_metadata = FULL");
      try {
        statement.execute("INSERT INTO saves (id) VALUES (18446744073709551615)");
      } finally {
        statement.execute(
            "SET GLOBAL binlog_row_metadata = " + (server.isMySql() ? "MINIMAL" : "NO_LOG"));
      }
      // As if the table had had its columns in another order when the row was written.
      TableLayout now = TableLayout.read(pool, "saves", List.of("id"));
      KeyColumn id = now.key().get(0);
      TableLayout later =
          new TableLayout(
              now.schema(),
              now.table(),
              7,
              List.of(new KeyColumn(id.name(), 5, id.declared(), id.text())),
              false,
              "");
      try (LogClient client =
          LogClient.open(schema.database(), later, beside(later, pool), start, sink)) {
        List<LoggedTransaction> all = untilEnd(pool);
        client.check();
        assertThat(keys(all)).containsExactly(key("18446744073709551615"));
        assertThat(all).allMatch(it -> it.problem() == null);
      }
    }
  }

  private static SaveKey key(String... parts) {
    return new SaveKey(List.of(parts));
  }

  @Test
  void whatCannotBeFollowedIsAProblemAndNothingElseIs() throws Exception {
    LoggingServer server = LoggingServer.get();
    try (LoggingServer.Schema schema = server.schema();
        HikariDataSource pool = Pools.open("source", schema.database(), 2);
        Connection connection = schema.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE saves (id INT PRIMARY KEY, data LONGBLOB)");
      statement.execute("CREATE TABLE other (id INT PRIMARY KEY, data LONGBLOB)");
      TableLayout layout = TableLayout.read(pool, "saves", List.of("id"));
      LogStart start = start(pool);
      List<String> harmless =
          List.of(
              "INSERT INTO other VALUES (1, NULL)",
              "ALTER TABLE other ADD COLUMN more INT",
              "TRUNCATE TABLE other",
              "CREATE TABLE third (id INT)",
              "DROP TABLE third",
              "CREATE VIEW seen AS SELECT * FROM saves",
              "DROP VIEW seen",
              "ANALYZE TABLE saves",
              "XA START 'one'",
              "INSERT INTO saves VALUES (7, NULL)",
              "XA END 'one'",
              "XA PREPARE 'one'",
              "XA COMMIT 'one'",
              "XA START 'two'",
              "INSERT INTO saves VALUES (8, NULL)",
              "XA END 'two'",
              "XA PREPARE 'two'",
              "XA ROLLBACK 'two'");
      List<String> changing =
          List.of(
              "ALTER TABLE saves ADD COLUMN more INT",
              "TRUNCATE TABLE saves",
              "RENAME TABLE saves TO old, other TO saves",
              "CREATE INDEX i ON " + schema.name() + ".saves (more)",
              "DROP TABLE saves");
      for (String sql : harmless) {
        statement.execute(sql);
      }
      // A server may log the name of a table in lower case, whatever the configuration says.
      try (LogClient client =
          LogClient.open(schema.database(), layout, beside(layout, pool, "OTHER"), start, sink)) {
        List<LoggedTransaction> all = untilEnd(pool);
        client.check();
        assertThat(all).allMatch(it -> it.problem() == null);
        assertThat(all.stream().filter(LoggedTransaction::companions)).hasSize(3);
        assertThat(keys(all)).containsExactly(key("7"));
        // The keys of a prepared transaction come with its COMMIT, and not before.
        assertThat(all.stream().filter(it -> !it.keys().isEmpty())).hasSize(1);
        for (String sql : changing) {
          statement.execute(sql);
        }
        statement.execute("SET SESSION binlog_format = STATEMENT");
        statement.execute("INSERT INTO old VALUES (5, NULL, 1)");
        assertThat(untilEnd(pool).stream().filter(it -> it.problem() != null))
            .hasSize(changing.size() + 1);
        client.check();
      }
    }
  }
}
