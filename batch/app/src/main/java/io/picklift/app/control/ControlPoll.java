package io.picklift.app.control;

import io.picklift.app.config.MaxRate;
import io.picklift.app.throttle.Politeness;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into the control table every half second, and has the run do what it says. */
public final class ControlPoll implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlPoll.class);
  private static final long EVERY_MILLIS = 500;

  private final DataSource target;
  private final Politeness polite;
  private final Runnable stop;
  private final Consumer<String> say;
  private final @Nullable MaxRate configured;
  private final int partitions;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(ControlPoll::daemon);
  private @Nullable Orders last;

  private ControlPoll(
      DataSource target, Politeness polite, int partitions, Runnable stop, Consumer<String> say) {
    this.target = target;
    this.polite = polite;
    this.configured = polite.rate();
    this.partitions = partitions;
    this.stop = stop;
    this.say = say;
  }

  /**
   * Begins to look, once before this returns. Whoever calls it holds the target's lock.
   *
   * @param partitions with how many the run begins
   * @param stop ends the run after the batch at hand
   */
  public static ControlPoll begin(
      DataSource target, Politeness polite, int partitions, Runnable stop, Consumer<String> say)
      throws SQLException {
    ControlPoll poll = new ControlPoll(target, polite, partitions, stop, say);
    try (Connection connection = target.getConnection()) {
      ControlTable.begin(connection, partitions);
    }
    poll.look();
    Future<?> unused =
        poll.thread.scheduleWithFixedDelay(
            poll::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    return poll;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "control");
    thread.setDaemon(true);
    return thread;
  }

  private void look() {
    try (Connection connection = target.getConnection()) {
      Orders orders = ControlTable.read(connection);
      if (orders == null) {
        return;
      }
      obey(orders);
      last = orders;
      if (!orders.isTaken()) {
        ControlTable.taken(connection, orders.number());
      }
    } catch (SQLException e) {
      // A server that is away is waited for by those who work; orders can wait as well.
      LOG.debug("no look at the orders", e);
    } catch (RuntimeException e) {
      // Somebody wrote into the table by hand.
      LOG.warn("an order that cannot be taken", e);
    }
  }

  private void obey(Orders orders) {
    Orders before = last;
    boolean wasPaused = before != null && before.isPaused();
    if (orders.isPaused() != wasPaused) {
      polite.pause(orders.isPaused());
      say.accept(orders.isPaused() ? "paused; run picklift resume to continue" : "resumed");
    }
    String rate = orders.maxRate();
    if (!Objects.equals(rate, before == null ? null : before.maxRate())) {
      MaxRate most = rate == null ? configured : parsed(rate);
      polite.rate(most);
      say.accept("the rate is " + (most == null ? "as fast as it goes" : most.toString()) + " now");
    }
    Integer number = orders.partitions();
    if (!Objects.equals(number, before == null ? null : before.partitions())) {
      int most = number == null ? partitions : number;
      polite.partitions(most);
      String partition = most == 1 ? " partition" : " partitions";
      say.accept("no more than " + most + partition + " at a time now");
    }
    if (orders.isStopped() && (before == null || !before.isStopped())) {
      say.accept("told to stop by picklift stop");
      stop.run();
    }
  }

  private static @Nullable MaxRate parsed(String rate) {
    return rate.equals(Orders.NO_RATE) ? null : MaxRate.parse(rate);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
