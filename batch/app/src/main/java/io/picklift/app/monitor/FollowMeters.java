package io.picklift.app.monitor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.picklift.app.watch.Followed;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Measures how a run follows the source's log. {@code batch/CONFIGURATION.md} lists the metrics.
 */
final class FollowMeters {
  private static final double MILLIS = 1e3;

  /** A follower tells about once a second; one that is silent for so long waits or compares. */
  private static final Duration SILENT = Duration.ofSeconds(15);

  private final MeterRegistry registry;
  private final RunFacts facts;

  FollowMeters(MeterRegistry registry, RunFacts facts) {
    this.registry = registry;
    this.facts = facts;
    gauge("active", "Whether the log is followed now.", FollowMeters::active);
    gauge("lag.seconds", "How far behind the log the target is at most.", FollowMeters::lag);
    gauge(
        "lag.transactions",
        "Transactions of the log that were read and are not done.",
        it -> value(it, Followed::lagTransactions));
    gauge("pending.keys", "Keys in them to be done.", it -> value(it, Followed::pendingKeys));
    counter("transactions", "Transactions of the log that were read.", Followed::transactions);
    counter("rows", "Rows in them that are the source's.", Followed::rows);
    counter("passes", "Passes that compared the whole source.", Followed::passes);
    saves("stored", Followed::stored);
    saves("unchanged", Followed::unchanged);
    saves("gone", Followed::gone);
  }

  private static double active(RunFacts facts) {
    RunFacts.Heard heard = facts.followed();
    boolean is = heard != null && facts.active() != null && heard.age().compareTo(SILENT) < 0;
    return is ? 1 : 0;
  }

  /** What came since the follower told of it is not done either. */
  private static double lag(RunFacts facts) {
    RunFacts.Heard heard = facts.followed();
    return heard == null ? Double.NaN : heard.of().lagSeconds() + heard.age().toMillis() / MILLIS;
  }

  private static double value(RunFacts facts, ToLongFunction<Followed> of) {
    RunFacts.Heard heard = facts.followed();
    return heard == null ? Double.NaN : of.applyAsLong(heard.of());
  }

  private void gauge(String name, String text, ToDoubleFunction<RunFacts> value) {
    Gauge.builder("picklift.follow." + name, facts, value).description(text).register(registry);
  }

  private void counter(String name, String text, ToLongFunction<Followed> of) {
    FunctionCounter.builder("picklift.follow." + name, facts, it -> count(it, of))
        .description(text)
        .register(registry);
  }

  private void saves(String outcome, ToLongFunction<Followed> of) {
    FunctionCounter.builder("picklift.follow.saves", facts, it -> count(it, of))
        .description("What became of the saves that the log named.")
        .tag("outcome", outcome)
        .register(registry);
  }

  private static double count(RunFacts facts, ToLongFunction<Followed> of) {
    RunFacts.Heard heard = facts.followed();
    return heard == null ? 0 : of.applyAsLong(heard.of());
  }
}
