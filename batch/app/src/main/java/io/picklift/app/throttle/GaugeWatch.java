package io.picklift.app.throttle;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at each gauge every second, each in a thread of its own, so that one that is slow to answer
 * does not keep the others. Says in one line when one makes the run wait, and when it lets go.
 */
final class GaugeWatch implements AutoCloseable {
  private static final long NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final ScheduledExecutorService threads;
  private final Consumer<String> say;
  private final Map<String, Long> holding = new TreeMap<>();

  /** Looks at each once before it returns, and from then on by itself. */
  GaugeWatch(List<Gauge> gauges, Consumer<String> say) {
    this.say = say;
    threads = Executors.newScheduledThreadPool(Math.max(1, gauges.size()), GaugeWatch::daemon);
    for (Gauge gauge : gauges) {
      look(gauge);
      Future<?> unused = threads.scheduleAtFixedRate(() -> look(gauge), 1, 1, TimeUnit.SECONDS);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "gauge");
    thread.setDaemon(true);
    return thread;
  }

  private void look(Gauge gauge) {
    String reason;
    try {
      reason = gauge.hold();
    } catch (SQLException | IOException e) {
      // Whoever cannot tell that the server is well is not to add to its load.
      reason = "it cannot be asked: " + line(e);
    } catch (RuntimeException e) {
      reason = line(e);
    }
    note(gauge.name(), reason);
  }

  private static String line(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().findFirst().orElse("");
  }

  private synchronized void note(String name, @Nullable String reason) {
    if (threads.isShutdown()) {
      return;
    }
    Long since = holding.get(name);
    if (reason != null && since == null) {
      holding.put(name, System.nanoTime());
      say.accept("throttled by " + name + ": " + reason);
    } else if (reason == null && since != null) {
      holding.remove(name);
      long seconds = Math.round((System.nanoTime() - since) / (double) NANOS_A_SECOND);
      say.accept(name + " lets go after " + seconds + " s");
    }
  }

  /** The gauges that make the run wait now. */
  synchronized List<String> holding() {
    return List.copyOf(holding.keySet());
  }

  @Override
  public synchronized void close() {
    threads.shutdownNow();
  }
}
