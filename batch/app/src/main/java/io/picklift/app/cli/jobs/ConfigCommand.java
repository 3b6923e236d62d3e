package io.picklift.app.cli.jobs;

import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.ConfigOption;
import io.picklift.app.cli.terminal.ResultStream;
import io.picklift.app.cli.terminal.Terminal;
import io.picklift.app.cli.terminal.TerminalOwner;
import io.picklift.app.config.Config;
import io.picklift.app.config.ConfigReader;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.job.FailureText;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.rights.MissingRight;
import io.picklift.app.scan.ScanException;
import io.picklift.schema.tables.split.FrozenException;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** A command over what a configuration describes; whatever goes wrong there ends it in one line. */
public abstract class ConfigCommand implements Callable<Integer> {
  /** The most partitions or threads that a command takes. */
  public static final int MOST_AT_A_TIME = 64;

  @ParentCommand private TerminalOwner main;

  @Spec private CommandSpec spec;

  @Mixin private final ConfigOption config = new ConfigOption();

  @SuppressWarnings("NullAway.Init") // picocli sets main and spec
  public ConfigCommand() {}

  /** Refuses what is wrong on the command line before anything is opened. */
  protected void check() {}

  /** The exit status of a call that needs no configuration; null for all others. */
  protected @Nullable Integer alone() throws IOException {
    return null;
  }

  /** Does it, and returns the exit status. */
  protected abstract int run(Config config)
      throws DatabaseException,
          JobFailedException,
          ScanException,
          ConfigurationException,
          SQLException,
          IOException;

  @Override
  public final Integer call() throws IOException {
    check();
    Integer alone = alone();
    if (alone != null) {
      return alone;
    }
    Config read;
    try {
      read = ConfigReader.read(config.file());
    } catch (ConfigurationException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
    try {
      return run(read);
    } catch (ConfigurationException
        | DatabaseException
        | JobFailedException
        | ScanException
        | SQLException e) {
      throw told(e, read);
    }
  }

  /** What ended a command, in one line and with its status. */
  static CommandException told(Exception e, Config config) {
    String right = MissingRight.line(e, config);
    if (right != null) {
      return CommandException.usage(right);
    }
    if (e instanceof SQLException sql) {
      return CommandException.unfinished(FailureText.line(sql));
    }
    String message = String.valueOf(e.getMessage());
    if (e.getCause() instanceof FrozenException) {
      return CommandException.look(message);
    }
    boolean isWrong =
        e instanceof ConfigurationException
            || (e instanceof DatabaseException database && database.isConfiguration());
    return isWrong ? CommandException.usage(message) : CommandException.unfinished(message);
  }

  protected final ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  protected final Path configFile() {
    return config.file();
  }

  protected final Terminal terminal() {
    return main.terminal();
  }

  protected final String commandName() {
    return spec.name();
  }

  /** What was given on the command line. */
  protected final ParseResult parsed() {
    return spec.commandLine().getParseResult();
  }

  /** Whether standard output is for something else than {@link #print}. */
  protected boolean isOutTaken() {
    return false;
  }

  /** Writes text to standard output; to standard error where that is taken. */
  protected final void print(String text) throws IOException {
    if (isOutTaken()) {
      if (terminal().out() instanceof ResultStream results) {
        results.endProgress();
      }
      terminal().err().print(text);
      return;
    }
    terminal().out().write(text.getBytes(StandardCharsets.UTF_8));
    terminal().out().flush();
  }
}
