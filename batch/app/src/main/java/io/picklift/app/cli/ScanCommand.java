package io.picklift.app.cli;

import io.picklift.app.config.Config;
import io.picklift.app.config.ConfigException;
import io.picklift.app.config.ConfigReader;
import io.picklift.app.scan.Scan;
import io.picklift.app.scan.ScanException;
import io.picklift.app.scan.Scanned;
import io.picklift.app.source.DatabaseException;
import io.picklift.app.source.Engine;
import io.picklift.codec.Limits;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.MappingException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that reads the whole source and writes files. */
abstract class ScanCommand implements Callable<Integer> {
  private static final int MOST_REFUSED = 20;

  @ParentCommand private Main main;

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "picklift.yaml",
      description = "The configuration; default: ${DEFAULT-VALUE}.")
  private Path config = Path.of("picklift.yaml");

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many saves at a time, 1 to 64; default: one a processor.")
  private int threads = Math.min(64, Runtime.getRuntime().availableProcessors());

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "fast",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Engine.Name engine = Engine.Name.FAST;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Reads N saves, spread over all of the source; default: all.")
  private long sample;

  private final TreeMap<String, Long> refused = new TreeMap<>();
  private long shown;

  @SuppressWarnings("NullAway.Init") // picocli sets main and spec
  ScanCommand() {}

  /** Does it all, with a source that is described well. */
  abstract int run(Config read)
      throws DatabaseException, ScanException, IOException, MappingException;

  @Override
  public final Integer call() throws IOException {
    if (threads < 1 || threads > 64) {
      throw new ParameterException(spec.commandLine(), "--threads: from 1 to 64");
    }
    if (sample < 0) {
      throw new ParameterException(spec.commandLine(), "--sample: from 1");
    }
    try {
      return run(ConfigReader.read(config));
    } catch (ConfigException | MappingException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    } catch (DatabaseException e) {
      String message = String.valueOf(e.getMessage());
      throw e.isConfiguration()
          ? CommandException.usage(message)
          : CommandException.unfinished(message);
    } catch (ScanException e) {
      throw CommandException.unfinished(String.valueOf(e.getMessage()));
    }
  }

  /** Scans the source with a progress bar. */
  final <R> void scan(Config read, String what, Scan.Task<R> task, Scan.Results<R> results)
      throws DatabaseException, ScanException, IOException {
    Limits limits = Limits.defaults();
    Scan scan = new Scan(read.source(), new Scan.Options(threads, engine, limits, sample));
    try (ProgressLine progress = ProgressLine.on(terminal().err())) {
      scan.run(what, progress, task, results);
    }
  }

  /** Whether not all saves were asked for. */
  final boolean isSample() {
    return sample > 0;
  }

  /** Notes a row that cannot be read, and names the first of them. */
  final void refuse(Scanned.Refused row) {
    refused.merge(row.reason(), 1L, Long::sum);
    if (shown++ < MOST_REFUSED) {
      terminal().err().println(row.key() + ": " + row.message());
    }
  }

  /** Says how many rows could not be read, and why. */
  final String refusedSummary() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Long> reason : refused.entrySet()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%,10d  would be quarantined: %s%n",
              reason.getValue(),
              reason.getKey()));
    }
    return text.toString();
  }

  final boolean hasRefused() {
    return !refused.isEmpty();
  }

  final PrintStream err() {
    return terminal().err();
  }

  private Terminal terminal() {
    return main.terminal();
  }

  /** Writes text to standard output. */
  final void print(String text) throws IOException {
    terminal().out().write(text.getBytes(StandardCharsets.UTF_8));
    terminal().out().flush();
  }

  /** Reads a mapping that the command line or the configuration names. */
  static Mapping mapping(Path file) throws IOException, MappingException {
    try {
      return Mapping.read(file);
    } catch (NoSuchFileException e) {
      throw CommandException.usage("there is no file " + file);
    }
  }

  /** The text of a file; empty where there is none. */
  static String textOf(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
  }
}
