package io.picklift.app.cli.jobs;

import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.cli.terminal.Termination;
import io.picklift.app.job.Schedule;
import java.io.IOException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs a job by a cron expression until the process is told to stop. */
final class CronLoop {
  private final Schedule schedule;
  private final CountDownLatch stopped = new CountDownLatch(1);

  CronLoop(Schedule schedule) {
    this.schedule = schedule;
  }

  /** A run; its status counts only where it was stopped. */
  interface Run {
    int run() throws IOException;
  }

  /** Waits for the next begin, runs, waits again. Returns the status to end with. */
  int run(Run run) throws IOException {
    while (true) {
      Termination.stopBy(stopped::countDown);
      if (isStopped(schedule.untilNext(ZonedDateTime.now(java.time.ZoneId.systemDefault())))) {
        return ExitStatus.DONE;
      }
      int status = run.run();
      if (Termination.isRequested()) {
        return status;
      }
    }
  }

  private boolean isStopped(Duration pause) {
    try {
      return stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
