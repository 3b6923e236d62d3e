package io.picklift.app.cli.scans;

import io.picklift.app.cli.terminal.AccountOptions;
import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.ConfigOption;
import io.picklift.app.cli.terminal.EngineOption;
import io.picklift.app.cli.terminal.ProgressLine;
import io.picklift.app.cli.terminal.TerminalOwner;
import io.picklift.app.config.ConfigReader;
import io.picklift.app.config.Database;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.detect.Detection;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that looks at a database of which nothing is known yet. */
abstract class DetectingCommand implements Callable<Integer> {
  private static final int MOST = 100_000;

  @ParentCommand private TerminalOwner main;

  @Spec private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "jdbc:mysql://host:3306/schema, or without a schema for all; default: the source of"
              + " --config.")
  private @Nullable String url;

  @Mixin private final AccountOptions account = new AccountOptions();

  @Mixin private final ConfigOption config = new ConfigOption();

  @Mixin private final EngineOption engine = new EngineOption();

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "200",
      description = "How many values of a column to look at; default: ${DEFAULT-VALUE}.")
  private int sample = 200;

  @SuppressWarnings("NullAway.Init") // picocli sets main and spec
  DetectingCommand() {}

  /** Makes something of what was seen, and returns the exit status. */
  abstract int run(Database database, Detection.Result result) throws IOException;

  @Override
  public final Integer call() throws IOException {
    if (sample < 2 || sample > MOST) {
      throw new ParameterException(spec.commandLine(), "--sample: from 2 to " + MOST);
    }
    Database database = database();
    Detection.Result result;
    try (ProgressLine progress = ProgressLine.on(main.terminal().err())) {
      result = Detection.run(database, sample, engine.name(), progress);
    } catch (DatabaseException e) {
      String message = String.valueOf(e.getMessage());
      throw e.isConfiguration()
          ? CommandException.usage(message)
          : CommandException.unfinished(message);
    } catch (SQLException e) {
      throw CommandException.unfinished("source: " + e.getMessage());
    }
    result.passedOver().forEach(main.terminal().err()::println);
    return run(database, result);
  }

  private Database database() {
    String server = url;
    if (server != null) {
      if (!server.startsWith("jdbc:mysql://")) {
        throw new ParameterException(
            spec.commandLine(), "--url: like jdbc:mysql://host:3306/schema");
      }
      return new Database(server, account.username(), account.password());
    }
    try {
      Database known = ConfigReader.read(config.file()).source().database();
      if (known == null) {
        throw CommandException.usage(
            "--url says which database; the source of " + config.file() + " is files");
      }
      return known;
    } catch (ConfigurationException e) {
      throw CommandException.usage("--url says which database: " + e.getMessage());
    }
  }

  final void print(String text) throws IOException {
    main.terminal().out().write(text.getBytes(StandardCharsets.UTF_8));
    main.terminal().out().flush();
  }
}
