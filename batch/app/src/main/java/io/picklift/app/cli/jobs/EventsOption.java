package io.picklift.app.cli.jobs;

import io.picklift.app.cli.terminal.LogFile;
import io.picklift.app.cli.terminal.Terminal;
import io.picklift.app.event.EventLog;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --events}. */
final class EventsOption {
  @Option(
      names = "--events",
      paramLabel = "FILE",
      description = {
        "Appends what the run does to FILE, a line of JSON an event; - is standard output,",
        "and the command's own results go to standard error then. The log is JSON as well."
      })
  private @Nullable String file;

  /** Whether standard output is for events. */
  boolean isOnOutput() {
    return "-".equals(file);
  }

  /**
   * Begins to tell events; null where nobody wants them.
   *
   * @param say is told in one line where events cannot be written any more
   */
  @Nullable EventLog open(Terminal terminal, String command, Consumer<String> say)
      throws IOException {
    if (file == null) {
      return null;
    }
    LogFile.writeJson();
    return EventLog.open(file, terminal.out(), command, say);
  }
}
