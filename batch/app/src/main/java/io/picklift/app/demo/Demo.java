package io.picklift.app.demo;

import io.picklift.app.account.RunSummary;
import io.picklift.app.config.Config;
import io.picklift.app.config.ConfigReader;
import io.picklift.app.config.Database;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.report.form.Reports;
import io.picklift.app.source.ProgressListener;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * The sample saves on a database of the demo's own: loaded, migrated, verified, shown. Closing it,
 * which a shutdown hook may do while it runs, stops the database and deletes its files.
 */
public final class Demo implements AutoCloseable {
  private static final String PASSWORD = "PICKLIFT_DEMO_PASSWORD";

  /**
   * What the user may choose.
   *
   * @param folder where the demo works and leaves its report
   * @param database the folder of the embedded database's binaries; null for the one beside the
   *     executable
   * @param port the embedded database's port; 0 for any free one
   * @param url a server to use in place of the embedded database, {@code jdbc:mysql://host:port/};
   *     null for none
   * @param pack the folder of an application's sample; null for the game's
   */
  public record Options(
      Path folder,
      @Nullable Path database,
      int port,
      @Nullable String url,
      String username,
      String password,
      @Nullable Path pack) {
    @Override
    public String toString() {
      return folder.toString();
    }
  }

  private interface Undo {
    void run() throws IOException, SQLException, DemoException;
  }

  private final Options options;
  private final PrintStream out;
  private final Deque<Undo> undo = new ArrayDeque<>();
  private @Nullable DemoFolder folder;
  private Schemas.@Nullable Server server;
  private @Nullable Config config;
  private @Nullable RunSummary run;
  private @Nullable VerifyReport report;
  private List<Question> questions = Question.ALL;
  private String times = "";
  private String client = "";
  private boolean isClosed;

  /** A demo that does nothing yet. */
  public Demo(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Starts the database and loads the source. The database stays until {@link #close()}. */
  public void load() throws DemoException {
    attempt(
        () -> {
          folder = DemoFolder.open(options.folder());
          onClose(folder::close);
          Stopwatch watch = new Stopwatch();
          server = server(folder);
          Schemas schemas = new Schemas(server);
          schemas.create();
          if (options.url() != null) {
            onClose(schemas::drop);
          }
          out.println(product(server) + watch.lap());
          Path pack = options.pack();
          if (pack != null) {
            load(Pack.open(pack), server);
            return;
          }
          try (Connection source = server.connect(Schemas.SOURCE)) {
            Fixture fixture = Fixture.load(source);
            out.printf(
                "Loaded %d rows into lifesim_savegames, %d KB of pickles, and %d into messages%s%n",
                fixture.rows(), fixture.blobBytes() >> 10, fixture.messages(), watch.lap());
          }
          config = configure(folder, server);
        });
  }

  private void load(Pack pack, Schemas.Server on) throws SQLException, IOException {
    try (Connection source = on.connect(Schemas.SOURCE)) {
      pack.load(source);
    }
    config =
        pack.config(
            Map.of(
                "SOURCE_URL", on.url(Schemas.SOURCE),
                "TARGET_URL", on.url(Schemas.TARGET),
                "DB_USERNAME", on.username(),
                "DB_PASSWORD", on.password()));
    questions = pack.questions();
    out.println("Loaded " + pack.folder());
  }

  /** Migrates and verifies what {@link #load()} loaded, and writes the report. */
  public void work(ProgressListener progress) throws DemoException {
    attempt(
        () -> {
          Stopwatch watch = new Stopwatch();
          try (Jobs jobs =
              Jobs.open(Objects.requireNonNull(config), JobOptions.defaults(), progress)) {
            run = jobs.migrate();
            times = "Migrated" + watch.lap();
            report = jobs.verify();
            times += ", verified" + watch.lap();
          }
          Reports.write(report, Objects.requireNonNull(folder).report());
        });
  }

  /** Says what became of each row, and what SQL can ask now. */
  public void show() throws DemoException {
    attempt(
        () -> {
          out.println(times);
          DemoSummary summary = new DemoSummary(out);
          summary.print(Objects.requireNonNull(run), Objects.requireNonNull(report));
          DemoFolder place = Objects.requireNonNull(folder);
          try (Connection target = Objects.requireNonNull(server).connect(Schemas.TARGET)) {
            summary.kept(target);
            summary.tables(Mapping.read(Objects.requireNonNull(config).requireMapping()), target);
            ask(target);
          }
          out.printf("%nReport: %s%n", place.report().resolve("report.html"));
        });
  }

  private interface Part {
    void run()
        throws DemoException,
            DatabaseException,
            JobFailedException,
            ConfigurationException,
            SQLException,
            IOException;
  }

  private static void attempt(Part part) throws DemoException {
    try {
      part.run();
    } catch (SQLException e) {
      throw new DemoException("the database failed: " + e.getMessage(), e);
    } catch (DatabaseException
        | JobFailedException
        | ConfigurationException
        | FlywayException
        | IOException e) {
      throw new DemoException(String.valueOf(e.getMessage()), e);
    }
  }

  /** What to tell a user who wants to try more SQL while the database runs. */
  public String invitation() {
    return "The database runs until you press Enter. To ask it more, from another terminal:\n"
        + client;
  }

  private Schemas.Server server(DemoFolder folder) throws DemoException, DatabaseException {
    String url = options.url();
    if (url != null) {
      Schemas.Server server = Schemas.Server.of(url, options.username(), options.password());
      // Says in one line what is wrong with a server.
      Pools.open("--url", new Database(server.url(""), server.username(), server.password()), 1)
          .close();
      client = "  any client, schema " + Schemas.TARGET + " at " + server.root();
      return server;
    }
    Path binaries = Binaries.find(options.database());
    onClose(folder::clear);
    EmbeddedDatabase database = EmbeddedDatabase.start(binaries, folder, options.port());
    onClose(database::close);
    client =
        "  "
            + binaries.resolve("bin").resolve("mariadb")
            + " --no-defaults --skip-ssl -uroot -h127.0.0.1 -P"
            + database.port()
            + " "
            + Schemas.TARGET;
    return Schemas.Server.of("jdbc:mysql://127.0.0.1:" + database.port() + "/", "root", "");
  }

  private String product(Schemas.Server server) throws SQLException {
    try (Connection connection = server.connect("");
        Statement statement = connection.createStatement();
        ResultSet version = statement.executeQuery("SELECT VERSION()")) {
      version.next();
      String name = version.getString(1);
      String kind = name.contains("MariaDB") ? "MariaDB " : "MySQL ";
      String place = options.url() == null ? "An embedded " : "";
      return place + kind + name.replaceAll("-.*", "") + " at " + server;
    }
  }

  /** The demo runs by a configuration file like everybody's, and leaves it to look at. */
  private Config configure(DemoFolder folder, Schemas.Server server) throws IOException {
    Fixture.writeMapping(folder.mapping());
    String login =
        "  username: " + server.username() + "\n  password: ${" + PASSWORD + "}   # may be empty\n";
    String text =
        "source:\n"
            + ("  url: " + server.url(Schemas.SOURCE) + "\n")
            + login
            + "  table: lifesim_savegames\n"
            + "  key: id\n"
            + "  blob: pickle_data\n"
            + "  columns: {firstname: c.firstname, lastname: c.lastname, ageDays: c.ageDays,"
            + " ageYears: c.ageYears}\n"
            + "  json: json\n"
            + "target:\n"
            + ("  url: " + server.url(Schemas.TARGET) + "\n")
            + login
            + "mapping: mapping.yaml\n";
    Files.writeString(folder.config(), text);
    return ConfigReader.read(
        folder.config(), name -> name.equals(PASSWORD) ? server.password() : null);
  }

  private void ask(Connection target) throws SQLException {
    for (Question question : questions) {
      out.printf("%n-- %s%n%s;%n", question.text(), question.sql());
      try (Statement statement = target.createStatement();
          ResultSet rows = statement.executeQuery(question.sql())) {
        TextTable.of(rows).forEach(line -> out.println("   " + line));
      }
    }
  }

  private synchronized void onClose(Undo step) throws DemoException {
    if (isClosed) {
      // The user ended the demo while it was starting this.
      undo(step);
      throw new DemoException("ended");
    }
    undo.push(step);
  }

  @Override
  public synchronized void close() throws DemoException {
    isClosed = true;
    while (!undo.isEmpty()) {
      undo(undo.pop());
    }
  }

  private static void undo(Undo step) throws DemoException {
    try {
      step.run();
    } catch (IOException | SQLException e) {
      throw new DemoException("the demo did not clear up: " + e, e);
    }
  }

  /** Seconds since the last lap, for people. */
  private static final class Stopwatch {
    private long last = System.nanoTime();

    String lap() {
      long now = System.nanoTime();
      String text = String.format(" (%.1f s)", (now - last) / 1e9);
      last = now;
      return text;
    }
  }
}
