package io.picklift.app.cli.jobs;

import io.picklift.app.cli.terminal.Version;
import io.picklift.app.config.Config;
import io.picklift.app.config.MaxRate;
import io.picklift.app.job.JobOptions;
import io.picklift.app.workers.WorkersOptions;
import io.picklift.app.workers.broker.BrokerAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that shares its ranges of keys out to other processes. */
final class WorkersOption {
  private static final int LEAST_LEASE_SECONDS = 2;
  private static final int MOST_LEASE_SECONDS = 3_600;
  private static final int LEASE_SECONDS = 20;

  @Option(
      names = "--workers",
      paramLabel = "remote",
      description = {
        "Shares the ranges of keys out to processes started by 'picklift worker', on this machine"
            + " or others.",
        "batch/WORKERS.md says what is promised when one of them dies."
      })
  private @Nullable String workers;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description =
          "With --workers: where the broker within this process listens; default:"
              + " 127.0.0.1:61616.")
  private @Nullable String listen;

  @Option(
      names = "--broker",
      paramLabel = "URL",
      description =
          "With --workers: a broker of yours in place of the one within this process, like"
              + " tcp://HOST:61616 or ssl://HOST:61617.")
  private @Nullable String broker;

  @Option(
      names = "--lease",
      paramLabel = "SECONDS",
      description =
          "With --workers: how long a worker may be silent before its range is given to another;"
              + " default: 20.")
  private @Nullable Integer leaseSeconds;

  @Option(
      names = "--range-saves",
      paramLabel = "N",
      description =
          "With --workers: the fewest saves of a range; default: 25. Fewer for saves that take"
              + " minutes each.")
  private @Nullable Integer leastSaves;

  boolean isShared() {
    return workers != null;
  }

  /** Refuses what is wrong before anything is opened. */
  void check() {
    boolean isAny = listen != null || broker != null || leaseSeconds != null || leastSaves != null;
    if (workers == null && isAny) {
      throw new IllegalArgumentException(
          "--listen, --broker, --lease and --range-saves go with --workers remote");
    }
    if (workers != null && !workers.equals("remote")) {
      throw new IllegalArgumentException("--workers: 'remote' is what there is");
    }
    if (listen != null && broker != null) {
      throw new IllegalArgumentException("--listen is for the broker within: without --broker");
    }
    if (leaseSeconds() < LEAST_LEASE_SECONDS || leaseSeconds() > MOST_LEASE_SECONDS) {
      throw new IllegalArgumentException(
          "--lease: from " + LEAST_LEASE_SECONDS + " to " + MOST_LEASE_SECONDS);
    }
    if (leastSaves != null && leastSaves < 1) {
      throw new IllegalArgumentException("--range-saves: 1 or more");
    }
    if (workers != null) {
      BrokerAddress unused = address();
    }
  }

  private int leaseSeconds() {
    return leaseSeconds == null ? LEASE_SECONDS : leaseSeconds;
  }

  private BrokerAddress address() {
    if (broker != null) {
      return BrokerAddress.parse(broker, System.getenv());
    }
    return BrokerAddress.parse(listen == null ? "127.0.0.1:61616" : listen, System.getenv());
  }

  /** Adds how ranges are shared out, where they are. */
  JobOptions added(JobOptions options, Config config) {
    WorkersOptions shared = shared(options.maxRate(), config);
    return shared == null ? options : options.withWorkers(shared);
  }

  /** The same where the ranges of the first pass alone are, and whatever is followed later not. */
  JobOptions addedFirst(JobOptions options, Config config) {
    WorkersOptions shared = shared(options.maxRate(), config);
    return shared == null ? options : options.withWorkers(shared.forMigration());
  }

  /**
   * How ranges are shared out; null where they are not.
   *
   * @param most how fast all workers together may go; null for what the configuration says
   */
  @Nullable WorkersOptions shared(@Nullable MaxRate most, Config config) {
    return workers == null ? null : options(most == null ? config.run().maxRate() : most);
  }

  private WorkersOptions options(@Nullable MaxRate most) {
    BrokerAddress address = address();
    return new WorkersOptions(
        address,
        broker == null,
        Path.of(".picklift", "broker-" + address.port()),
        Duration.ofSeconds(leaseSeconds()),
        Version.number() + ", " + Version.commit(),
        most,
        leastSaves == null ? WorkersOptions.LEAST_SAVES : leastSaves,
        false);
  }
}
