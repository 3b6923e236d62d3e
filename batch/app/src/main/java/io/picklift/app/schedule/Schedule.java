package io.picklift.app.schedule;

import java.time.Duration;
import java.time.ZonedDateTime;
import org.springframework.scheduling.support.CronExpression;

/** When runs begin, by a cron expression of six fields, seconds first. */
public final class Schedule {
  private final CronExpression expression;

  private Schedule(CronExpression expression) {
    this.expression = expression;
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if it is none, or never comes true
   */
  public static Schedule parse(String text) {
    Schedule schedule = new Schedule(CronExpression.parse(text));
    if (schedule.expression.next(ZonedDateTime.now(java.time.ZoneId.systemDefault())) == null) {
      throw new IllegalArgumentException("it never comes true");
    }
    return schedule;
  }

  /** How long it is from the next begin to the one after. */
  public Duration pause(ZonedDateTime now) {
    ZonedDateTime next = expression.next(now);
    ZonedDateTime after = next == null ? null : expression.next(next);
    return after == null ? Duration.ofDays(1) : Duration.between(next, after);
  }

  /** How long it is to the next begin. One that went by meanwhile is not caught up with. */
  public Duration untilNext(ZonedDateTime now) {
    ZonedDateTime next = expression.next(now);
    return next == null ? Duration.ofDays(1) : Duration.between(now, next);
  }
}
