package io.picklift.app.cli.jobs;

import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.cli.terminal.Termination;
import io.picklift.app.schedule.Schedule;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Runs a job by a cron expression until the process is told to stop. */
final class CronLoop {
  /** So short a pause is not worth a line. */
  private static final Duration SAID = Duration.ofSeconds(10);

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final Schedule schedule;
  private final Consumer<String> say;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private final BooleanSupplier isToEnd;

  /**
   * @param say is told when the next run begins
   * @param isToEnd whether the process was told to stop
   */
  CronLoop(Schedule schedule, Consumer<String> say, BooleanSupplier isToEnd) {
    this.schedule = schedule;
    this.say = say;
    this.isToEnd = isToEnd;
  }

  /** When runs begin, by the option {@code --cron}. */
  static Schedule schedule(String cron) {
    try {
      return Schedule.parse(cron);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("--cron: " + e.getMessage());
    }
  }

  /** A run; its status counts only where it was stopped. */
  interface Run {
    int run() throws IOException;
  }

  /** Waits for the next begin, runs, waits again. Returns the status to end with. */
  int run(Run run) throws IOException {
    Runnable before = Termination.stopBy(stopped::countDown);
    try {
      return loop(run);
    } finally {
      // Nothing is left to be stopped: a process that ends for another reason must not wait for it.
      Runnable unused = Termination.stopBy(before);
    }
  }

  private int loop(Run run) throws IOException {
    while (true) {
      ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault());
      Duration pause = schedule.untilNext(now);
      if (pause.compareTo(SAID) >= 0) {
        say.accept("the next run begins at " + now.plus(pause).format(TIME));
      }
      if (isStopped(pause)) {
        return ExitStatus.DONE;
      }
      int status = run.run();
      if (isToEnd.getAsBoolean()) {
        // A run that came to its end all the same leaves nothing to be done, like the pause after
        // it. What it found to look at is told, and whoever watches must not take it for a failure.
        return status == ExitStatus.LOOK ? ExitStatus.DONE : status;
      }
    }
  }

  private boolean isStopped(Duration pause) {
    try {
      // A part of a millisecond too early would be a tick that comes twice.
      return stopped.await(pause.toMillis() + 1, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
