package io.picklift.app.cli.jobs;

import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.cli.terminal.OutputOptions;
import io.picklift.app.cli.terminal.ProgressLine;
import io.picklift.app.cli.terminal.Termination;
import io.picklift.app.cli.terminal.Version;
import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Retry;
import io.picklift.app.encoding.text.DjangoSigner;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.WorkerJobs;
import io.picklift.app.restore.RestoreScan;
import io.picklift.app.verify.VerifyScan;
import io.picklift.app.workers.Worker;
import io.picklift.app.workers.broker.BrokerAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "worker",
    mixinStandardHelpOptions = true,
    description = {
      "Works on ranges of keys for a run with --workers remote, until it is told to stop.",
      "On SIGTERM it finishes the current batch and gives the rest of the range back."
    })
public final class WorkerCommand extends ConfigCommand {
  @Option(
      names = "--coordinator",
      paramLabel = "HOST:PORT",
      description = "Where the run with --workers remote listens.")
  private @Nullable String coordinator;

  @Option(
      names = "--broker",
      paramLabel = "URL",
      description = "Your own broker, the same as the run's, like tcp://HOST:61616.")
  private @Nullable String broker;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many ranges at a time, 1 to 64; default: one a processor.")
  private int threads = Math.min(MOST_AT_A_TIME, Runtime.getRuntime().availableProcessors());

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  protected void check() {
    if (threads < 1 || threads > MOST_AT_A_TIME) {
      throw wrong("--threads: from 1 to " + MOST_AT_A_TIME);
    }
    if ((coordinator == null) == (broker == null)) {
      throw wrong("either --coordinator HOST:PORT or --broker URL");
    }
    try {
      BrokerAddress unused = address();
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private BrokerAddress address() {
    return BrokerAddress.parse(
        String.valueOf(broker == null ? coordinator : broker), System.getenv());
  }

  @Override
  protected int run(Config config) throws DatabaseException, JobFailedException {
    String name = host() + " process " + ProcessHandle.current().pid();
    String version = Version.number() + ", " + Version.commit();
    Runnable before = Termination.stopBy(Retry::stop);
    try (ProgressLine progress = output.on(terminal(), true);
        WorkerJobs jobs =
            WorkerJobs.open(
                config,
                threads,
                version,
                name,
                progress::say,
                List.of(
                    new VerifyScan(config, threads),
                    new RestoreScan(config, threads, DjangoSigner.of(System.getenv()))))) {
      Worker worker = jobs.worker(address(), progress::say);
      Runnable unused =
          Termination.stopBy(
              () -> {
                progress.say("stopping after the current batch; a second signal ends it at once");
                worker.stop();
                Retry.stop();
              });
      progress.say("worker " + name + " waits for ranges at " + address().place());
      worker.run(threads);
      return ExitStatus.DONE;
    } finally {
      Runnable unused = Termination.stopBy(before);
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a machine without a name";
    }
  }
}
