package io.picklift.app.cli.terminal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.PrintStream;
import java.time.Duration;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The options {@code --progress}, {@code --quiet} and {@code --verbose}. */
public final class OutputOptions {
  @Option(
      names = "--progress",
      paramLabel = "HOW",
      defaultValue = "auto",
      description = {
        "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.",
        "Auto is a bar where standard error is a terminal, and a line every 10 s elsewhere."
      })
  private ProgressLine.Mode mode = ProgressLine.Mode.AUTO;

  @Option(names = "--quiet", description = "Says nothing but results and errors.")
  private boolean isQuiet;

  @Option(
      names = "--verbose",
      description =
          "Says on standard error also what is tried again, and which connections are ended.")
  private boolean isVerbose;

  /** Begins to show progress, until there are results on standard output. */
  public ProgressLine on(Terminal terminal) {
    return on(terminal, true);
  }

  /**
   * Begins to show progress.
   *
   * @param isEndedByResults whether what is written to standard output ends it
   */
  public ProgressLine on(Terminal terminal, boolean isEndedByResults) {
    ProgressLine progress = on(terminal.err());
    if (terminal.out() instanceof ResultStream results) {
      results.shows(progress::close, isEndedByResults);
    }
    return progress;
  }

  private ProgressLine on(PrintStream err) {
    if (isVerbose && LoggerFactory.getLogger("io.picklift") instanceof Logger logger) {
      logger.setLevel(Level.DEBUG);
    }
    boolean isHidden = isQuiet && mode == ProgressLine.Mode.AUTO;
    return new ProgressLine(
        err, isHidden ? ProgressLine.Mode.NONE : mode, isQuiet, Duration.ofSeconds(10));
  }
}
