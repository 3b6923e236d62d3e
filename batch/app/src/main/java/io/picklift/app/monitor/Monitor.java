package io.picklift.app.monitor;

import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.picklift.app.config.Config;
import io.picklift.app.config.MonitorConfig;
import io.picklift.app.database.Pools;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.watch.RunWatcher;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Health and metrics of a process that stays. One at a time in a process. */
public final class Monitor implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final RunMeters meters;

  /**
   * Listens from now on.
   *
   * @param maxLag from which lag on the target is behind
   * @throws IOException if it cannot listen there
   */
  public Monitor(Config config, MonitorConfig monitor, Duration maxLag) throws IOException {
    RunFacts facts = new RunFacts(Clock.systemUTC());
    LastComplete.tell(config, facts::caughtUp);
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    open.push(registry::close);
    meters = new RunMeters(registry, facts);
    Gauge.builder("picklift.backfill.lag.most.seconds", maxLag, Duration::toSeconds)
        .description("From which lag on the target counts as behind.")
        .register(registry);
    boolean isOpen = false;
    try {
      bindMachine(registry);
      HealthAnswers health = new HealthAnswers(config, new RunHealth(facts, maxLag));
      open.push(new MonitorServer(monitor, health, registry));
      isOpen = true;
    } finally {
      if (!isOpen) {
        ResourceCloser.all(open);
      }
    }
    Pools.measureBy(new MicrometerMetricsTrackerFactory(registry));
    open.push(() -> Pools.measureBy(null));
  }

  private void bindMachine(PrometheusMeterRegistry registry) {
    JvmGcMetrics collections = new JvmGcMetrics();
    open.push(collections);
    collections.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** Is to be told of the process's runs. */
  public RunWatcher watcher() {
    return meters;
  }

  @Override
  public void close() {
    ResourceCloser.all(open);
  }
}
