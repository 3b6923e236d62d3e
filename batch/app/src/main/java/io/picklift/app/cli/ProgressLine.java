package io.picklift.app.cli;

import io.picklift.app.job.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error, where that is a terminal. */
final class ProgressLine implements Progress, AutoCloseable {
  private static final int WIDTH = 100;

  private final PrintStream err;
  private final boolean isShown;
  private @Nullable ProgressBar bar;

  private ProgressLine(PrintStream err, boolean isShown) {
    this.err = err;
    this.isShown = isShown;
  }

  /** Shown if standard error is a terminal, and its user did not say {@code TERM=dumb}. */
  static ProgressLine on(PrintStream err) {
    return new ProgressLine(err, isTerminal() && !"dumb".equals(System.getenv("TERM")));
  }

  /** Java tells only of standard input and output together; Linux tells of each. */
  @SuppressWarnings(
      "SystemConsoleNull") // on JDK 22 and newer, without Linux, the bar shows in files too
  private static boolean isTerminal() {
    Path standardError = Path.of("/proc/self/fd/2");
    if (!Files.exists(standardError)) {
      return System.console() != null;
    }
    try {
      String real = standardError.toRealPath().toString();
      return real.startsWith("/dev/pts/") || real.startsWith("/dev/tty");
    } catch (IOException e) {
      // A pipe or a socket is no path.
      return false;
    }
  }

  @Override
  public synchronized void start(String what, long rows) {
    close();
    if (isShown) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(what)
              .setInitialMax(rows)
              .setUnit(" saves", 1)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
              .build();
    }
  }

  @Override
  public synchronized void done(long rows) {
    if (bar != null) {
      bar.stepBy(rows);
    }
  }

  @Override
  public synchronized void say(String line) {
    err.println(line);
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
