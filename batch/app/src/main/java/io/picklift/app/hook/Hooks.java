package io.picklift.app.hook;

import io.picklift.app.account.RunSummary;
import io.picklift.app.config.Config;
import io.picklift.app.config.Database;
import io.picklift.app.config.HookConfig;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.watch.ForwardingProgress;
import io.picklift.app.watch.RunEnd;
import io.picklift.app.watch.RunWatcher;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs the commands that a configuration has under {@code on}, once source and target are closed: a
 * command may run Picklift itself. What becomes of them does not change what becomes of the run.
 */
public final class Hooks implements RunWatcher {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final HookConfig commands;
  private final Map<String, String> place = new TreeMap<>();
  private final Consumer<String> say;
  private final LongAdder quarantined = new LongAdder();
  private long began;
  private @Nullable RunSummary summary;

  /**
   * @param command what is run: {@code backfill}
   * @param say is told in one line of a command that cannot be run, fails or says something
   */
  public Hooks(Config config, String command, Consumer<String> say) {
    this.commands = config.hooks();
    this.say = say;
    Database target = config.target();
    place.put("COMMAND", command);
    place.put("SOURCE", config.source().label());
    place.put("TARGET", target == null ? "" : target.place());
  }

  @Override
  public ProgressListener began(ProgressListener next) {
    began = System.nanoTime();
    summary = null;
    quarantined.reset();
    return new ForwardingProgress(next) {
      @Override
      public void wrote(long saves, long refused, long rows, long nanos) {
        quarantined.add(refused);
        super.wrote(saves, refused, rows, nanos);
      }
    };
  }

  @Override
  public void counted(RunSummary counted) {
    summary = counted;
  }

  @Override
  public void ended(RunEnd end) {
    if (end.isFinished()) {
      run("finished", commands.finished(), end);
    } else if (!end.isStopped()) {
      run("failed", commands.failed(), end);
    }
    if (quarantined.sum() > 0) {
      run("quarantined", commands.quarantined(), end);
    }
  }

  private void run(String event, List<String> command, RunEnd end) {
    if (!command.isEmpty()) {
      new HookCommand("on." + event, command, PATIENCE, say).run(facts(event, end));
    }
  }

  private Map<String, String> facts(String event, RunEnd end) {
    Map<String, String> facts = new TreeMap<>(place);
    facts.put("EVENT", event);
    facts.put("STATUS", Integer.toString(end.status()));
    facts.put("REASON", end.reason() == null ? "" : end.reason());
    facts.put("SECONDS", Long.toString(Duration.ofNanos(System.nanoTime() - began).toSeconds()));
    facts.put("NEWLY_QUARANTINED", Long.toString(quarantined.sum()));
    RunSummary counted = summary;
    if (counted != null) {
      counted
          .counts()
          .byName()
          .forEach((name, count) -> facts.put(name.toUpperCase(Locale.ROOT), count.toString()));
      facts.put("DELETED", Long.toString(counted.deleted()));
      facts.put(
          "QUARANTINE",
          counted.quarantinedTotal().entrySet().stream()
              .map(reason -> reason.getKey() + "=" + reason.getValue())
              .collect(Collectors.joining(" ")));
    }
    return facts;
  }
}
