package io.picklift.app.cli.jobs;

import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.config.Config;
import io.picklift.app.config.MonitorConfig;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.monitor.Monitor;
import io.picklift.app.schedule.Schedule;
import io.picklift.app.watch.RunWatcher;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does what stays, and tells meanwhile how it is. A class of its own, so that whoever does without
 * loads nothing of the monitor.
 */
final class Monitored {
  private static final int PAUSES_BEHIND = 3;
  private static final Duration LEAST_LAG = Duration.ofMinutes(1);

  private final Config config;
  private final MonitorConfig monitored;
  private final @Nullable Schedule schedule;
  private final Consumer<String> say;

  /**
   * @param schedule by which it runs; null for what follows the log
   */
  Monitored(
      Config config, MonitorConfig monitored, @Nullable Schedule schedule, Consumer<String> say) {
    this.config = config;
    this.monitored = monitored;
    this.schedule = schedule;
    this.say = say;
  }

  /** What stays, with the watcher that is to be told of its runs. */
  interface Work {
    int run(RunWatcher watcher) throws DatabaseException, JobFailedException, IOException;
  }

  int run(Work work) throws DatabaseException, JobFailedException, IOException {
    try (Monitor monitor = open()) {
      say.accept("health and metrics at http://" + monitored.place() + "/actuator");
      return work.run(monitor.watcher());
    }
  }

  private Monitor open() {
    Duration given = monitored.maxLag();
    try {
      return new Monitor(config, monitored, given == null ? maxLag() : given);
    } catch (IOException e) {
      throw CommandException.usage(
          "monitor: cannot listen on " + monitored.place() + ": " + e.getMessage());
    }
  }

  /** One run may fail, and the next one take its time. */
  private Duration maxLag() {
    if (schedule == null) {
      return LEAST_LAG;
    }
    Duration pauses =
        schedule.pause(ZonedDateTime.now(ZoneId.systemDefault())).multipliedBy(PAUSES_BEHIND);
    return pauses.compareTo(LEAST_LAG) < 0 ? LEAST_LAG : pauses;
  }
}
