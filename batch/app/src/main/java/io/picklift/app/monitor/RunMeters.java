package io.picklift.app.monitor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.picklift.app.account.RunCounts;
import io.picklift.app.account.RunSummary;
import io.picklift.app.database.Retry;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.throttle.Politeness;
import io.picklift.app.watch.Followed;
import io.picklift.app.watch.ForwardingProgress;
import io.picklift.app.watch.RunEnd;
import io.picklift.app.watch.RunWatcher;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Counts what runs do. {@code batch/CONFIGURATION.md} lists the metrics. */
final class RunMeters implements RunWatcher {
  private static final double MILLIS = 1e3;
  private static final int MOST_STATUS = 3;

  private final MeterRegistry registry;
  private final RunFacts facts;
  private final Counter readSaves;
  private final Counter readBytes;
  private final Counter writtenSaves;
  private final Counter writtenRows;
  private final Counter refused;
  private final Timer writes;
  private final Timer runs;
  private final MultiGauge quarantine;

  RunMeters(MeterRegistry registry, RunFacts facts) {
    this.registry = registry;
    this.facts = facts;
    readSaves = counter("picklift.read.saves", "Saves read from the source.");
    readBytes = counter("picklift.read.bytes", "Bytes of BLOBs read from the source.");
    writtenSaves = counter("picklift.written.saves", "Saves written into the target.");
    writtenRows = counter("picklift.written.rows", "Rows of the mapped tables written.");
    refused = counter("picklift.refused.saves", "Saves that runs put into quarantine.");
    writes = timer("picklift.write.duration", "How long writing a part of a batch took.");
    runs = timer("picklift.run.duration", "How long runs took.");
    quarantine =
        MultiGauge.builder("picklift.quarantine.saves")
            .description("Quarantined saves by reason, as the last run counted them.")
            .register(registry);
    for (int status = 0; status <= MOST_STATUS; status++) {
      runs(status);
    }
    FollowMeters unused = new FollowMeters(registry, facts);
    outcomes(new RunCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    gauges();
    FunctionCounter.builder("picklift.retries", facts, it -> Retry.retries())
        .description("How often a statement or transaction was tried again.")
        .register(registry);
    FunctionCounter.builder(
            "picklift.throttled.seconds", facts, it -> it.waited().toMillis() / MILLIS)
        .description("How long threads have waited to be polite, all together.")
        .register(registry);
  }

  private void gauges() {
    gauge("picklift.run.active", "Whether a run is under way.", it -> it.active() == null ? 0 : 1);
    gauge(
        "picklift.run.throttled",
        "How many gauges make the run wait now.",
        it -> it.holding().size());
    gauge(
        "picklift.backfill.lag.seconds",
        "How long ago the last run began that left the target up to date.",
        it -> seconds(it.lag()));
    gauge("picklift.last.run.status", "The last run's exit status.", RunMeters::lastStatus);
    gauge(
        "picklift.last.run.end.timestamp.seconds",
        "When the last run ended.",
        it -> {
          RunFacts.Last last = it.last();
          return last == null ? Double.NaN : timestamp(last.ended());
        });
    gauge(
        "picklift.last.run.duration.seconds",
        "How long the last run took.",
        it -> {
          RunFacts.Last last = it.last();
          return seconds(last == null ? null : last.duration());
        });
  }

  private static double lastStatus(RunFacts facts) {
    RunFacts.Last last = facts.last();
    return last == null ? Double.NaN : last.end().status();
  }

  private static double seconds(@Nullable Duration duration) {
    return duration == null ? Double.NaN : duration.toMillis() / MILLIS;
  }

  private static double timestamp(Instant instant) {
    return instant.toEpochMilli() / MILLIS;
  }

  private void gauge(String name, String text, ToDoubleFunction<RunFacts> value) {
    Gauge.builder(name, facts, value).description(text).register(registry);
  }

  private Counter counter(String name, String text) {
    return Counter.builder(name).description(text).register(registry);
  }

  private Timer timer(String name, String text) {
    return Timer.builder(name).description(text).register(registry);
  }

  private Counter runs(int status) {
    return Counter.builder("picklift.runs")
        .description("Runs by the exit status that they ended with.")
        .tag("status", Integer.toString(status))
        .register(registry);
  }

  /** Counts the source's rows by outcome; they are there from the beginning, with zero. */
  private void outcomes(RunCounts counts) {
    Map<String, Long> outcomes = new LinkedHashMap<>();
    outcomes.put("added", counts.added());
    outcomes.put("replaced", counts.replaced());
    outcomes.put("unchanged", counts.unchanged());
    outcomes.put("quarantined", counts.quarantined());
    outcomes.put("changed_since", counts.changed());
    outcomes.put("left", counts.left());
    outcomes.put("deleted", counts.deletedNow());
    outcomes.put("held_back", counts.heldBack());
    outcomes.forEach(
        (outcome, count) ->
            Counter.builder("picklift.saves")
                .description("What became of the source's rows, added up over runs.")
                .tag("outcome", outcome)
                .register(registry)
                .increment(count));
  }

  @Override
  public ProgressListener began(ProgressListener next) {
    facts.began();
    return new ForwardingProgress(next) {
      @Override
      public void read(long saves, long bytes) {
        readSaves.increment((double) saves);
        readBytes.increment((double) bytes);
        super.read(saves, bytes);
      }

      @Override
      public void wrote(long saves, long quarantined, long rows, long nanos) {
        writtenSaves.increment((double) saves);
        writtenRows.increment((double) rows);
        refused.increment((double) quarantined);
        writes.record(nanos, TimeUnit.NANOSECONDS);
        super.wrote(saves, quarantined, rows, nanos);
      }
    };
  }

  @Override
  public void opened(Politeness polite) {
    facts.opened(polite);
  }

  @Override
  public void counted(RunSummary summary) {
    outcomes(summary.counts());
    List<MultiGauge.Row<?>> rows =
        summary.quarantinedTotal().entrySet().stream()
            .<MultiGauge.Row<?>>map(
                reason -> MultiGauge.Row.of(Tags.of("reason", reason.getKey()), reason.getValue()))
            .toList();
    quarantine.register(rows, true);
  }

  @Override
  public void followed(Followed followed) {
    facts.followed(followed);
  }

  @Override
  public void ended(RunEnd end) {
    facts.ended(end);
    runs(Math.min(MOST_STATUS, end.status())).increment();
    RunFacts.Last last = facts.last();
    if (last != null) {
      runs.record(last.duration());
    }
  }
}
