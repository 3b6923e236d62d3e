package io.picklift.app.cli.terminal;

import io.picklift.app.source.ProgressListener;
import io.picklift.app.view.SafeText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows progress on standard error: a bar on a terminal, a line every ten seconds elsewhere. */
public final class ProgressLine implements ProgressListener, AutoCloseable {
  private static final int WIDTH = 100;

  /** A line that is said stands in place of the bar, which is drawn again below. */
  private static final String CLEARED = "\r\u001b[K";

  private static final DecimalFormat SPEED =
      new DecimalFormat("#,##0 saves", DecimalFormatSymbols.getInstance(Locale.ROOT));

  /** How progress is shown. */
  enum Mode {
    /** A bar where standard error is a terminal, else lines. */
    AUTO,
    BAR,
    LINES,
    NONE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final PrintStream err;
  private final Mode mode;
  private final boolean isQuiet;
  private final Duration period;
  private @Nullable ProgressBar bar;
  private @Nullable BarEnd barEnd;
  private volatile @Nullable ProgressText text;
  private @Nullable ScheduledExecutorService clock;

  /**
   * @param isQuiet whether lines for whoever watches are left out, too
   * @param period between two lines
   */
  ProgressLine(PrintStream err, Mode mode, boolean isQuiet, Duration period) {
    this.err = err;
    this.mode = mode == Mode.AUTO ? automatic() : mode;
    this.isQuiet = isQuiet;
    this.period = period;
  }

  /** As it is where nobody says how. */
  public static ProgressLine on(PrintStream err) {
    return new ProgressLine(err, Mode.AUTO, false, Duration.ofSeconds(10));
  }

  /** No bar where the user says {@code TERM=dumb}. */
  private static Mode automatic() {
    return isTerminal() && !"dumb".equals(System.getenv("TERM")) ? Mode.BAR : Mode.LINES;
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
    if (mode == Mode.NONE) {
      return;
    }
    text = new ProgressText(what, rows, System.nanoTime());
    if (mode == Mode.BAR) {
      BarEnd end = new BarEnd(err);
      barEnd = end;
      bar =
          new ProgressBarBuilder()
              .setTaskName(what)
              .setInitialMax(rows)
              .setUnit("", 1)
              .showSpeed(SPEED)
              .setEtaFunction(state -> left())
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(end)
              .build();
    } else {
      clock = Executors.newSingleThreadScheduledExecutor(ProgressLine::daemon);
      Future<?> unused =
          clock.scheduleAtFixedRate(
              this::tick, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "progress");
    thread.setDaemon(true);
    return thread;
  }

  private synchronized void tick() {
    ProgressText shown = text;
    if (shown != null && clock != null) {
      err.println(shown.line(System.nanoTime()));
    }
  }

  @Override
  public synchronized void done(long rows) {
    if (bar != null) {
      bar.stepBy(rows);
    }
    ProgressText shown = text;
    if (shown != null) {
      shown.done(rows);
    }
  }

  /** Called by the thread that draws, for which closing waits: takes no lock of this object. */
  private Optional<Duration> left() {
    ProgressText shown = text;
    if (shown == null) {
      return Optional.empty();
    }
    OptionalDouble seconds = shown.secondsLeft(System.nanoTime());
    return seconds.isPresent()
        ? Optional.of(Duration.ofMillis(Math.round(seconds.getAsDouble() * 1_000)))
        : Optional.empty();
  }

  @Override
  public void sized(String what, long bytes) {
    ProgressText shown = text;
    if (shown != null && shown.what().equals(what)) {
      shown.sized(bytes);
    }
  }

  @Override
  public void followed(String what, double share) {
    ProgressText shown = text;
    if (shown != null && shown.what().equals(what)) {
      shown.followed(share);
    }
  }

  @Override
  public void worked(long saves, long bytes) {
    ProgressText shown = text;
    if (shown != null) {
      shown.worked(saves, bytes, System.nanoTime());
    }
  }

  @Override
  public void read(long saves, long bytes) {
    ProgressText shown = text;
    if (shown != null) {
      shown.read(saves, bytes);
    }
  }

  @Override
  public synchronized void wrote(long saves, long quarantined, long rows, long nanos) {
    ProgressText shown = text;
    if (shown != null && quarantined > 0) {
      shown.quarantined(quarantined);
      if (bar != null) {
        bar.setExtraMessage(shown.refused());
      }
    }
  }

  @Override
  public void say(String line) {
    if (!isQuiet) {
      tell(line);
    }
  }

  /** A line that is not left out by {@code --quiet}. */
  public synchronized void tell(String line) {
    err.println((bar == null ? "" : CLEARED) + SafeText.line(line));
  }

  /** A bar that is closed before it was first shown is shown, and its line not ended. */
  private static final class BarEnd extends ConsoleProgressBarConsumer {
    private boolean isClosed;

    BarEnd(PrintStream out) {
      super(out, WIDTH);
    }

    @Override
    public synchronized void close() {
      if (!isClosed) {
        isClosed = true;
        super.close();
      }
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null && barEnd != null) {
      bar.close();
      barEnd.close();
      bar = null;
      barEnd = null;
    }
    if (clock != null) {
      clock.shutdownNow();
      clock = null;
    }
    text = null;
  }
}
