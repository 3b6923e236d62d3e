package io.picklift.app.cli.jobs;

import io.picklift.app.account.UnfitValues;
import io.picklift.app.cli.terminal.EngineOption;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Retry;
import io.picklift.app.database.RetryPolicy;
import io.picklift.app.evolve.Evolve;
import io.picklift.app.evolve.EvolveResult;
import io.picklift.app.evolve.Moments;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.view.SafeText;
import io.picklift.codec.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "evolve",
    mixinStandardHelpOptions = true,
    description =
        "Changes a target with saves to another mapping, from its tables and residues alone.")
public final class EvolveCommand extends ConfigCommand {
  @Option(
      names = "--mapping",
      paramLabel = "NEW.yaml",
      description = "The mapping that the target is to have.")
  private @Nullable Path mapping;

  @Mixin private final EngineOption engine = new EngineOption();

  @Option(
      names = "--back",
      description =
          "Returns to the mapping before the last evolve. An evolve to another mapping that was"
              + " interrupted is cancelled.")
  private boolean isBack;

  @Option(
      names = "--cancel",
      description =
          "Removes what an interrupted evolve created; the target keeps the mapping that it has.")
  private boolean isCancelled;

  @Override
  protected void check() {
    if ((mapping == null ? 0 : 1) + (isBack ? 1 : 0) + (isCancelled ? 1 : 0) != 1) {
      throw wrong("give one of --mapping NEW.yaml, --back and --cancel");
    }
  }

  @Override
  protected int run(Config config)
      throws DatabaseException, JobFailedException, SQLException, IOException {
    Retry.use(new RetryPolicy(config.run().deadline(), terminal().err()::println));
    try (Evolve evolve = Evolve.open(config, engine.name(), Limits.defaults(), new Told())) {
      Path file = mapping;
      EvolveResult result =
          file != null ? evolve.to(file) : isBack ? evolve.back() : evolve.cancel();
      result.reasons().forEach(reason -> terminal().err().println(reason));
      StringBuilder text = new StringBuilder();
      if (result.isDone() && result.message().isEmpty()) {
        text.append(
            String.format(
                Locale.ROOT, "%,10d  saves converted to the other mapping%n", result.saves()));
        long unfit = result.unfit().values().stream().mapToLong(UnfitValues::count).sum();
        if (unfit > 0) {
          text.append(
              String.format(
                  Locale.ROOT,
                  "%,10d  values that their columns cannot hold as they are: the saves keep them (%s)%n",
                  unfit,
                  result.unfit().entrySet().stream()
                      .map(
                          column ->
                              column.getKey()
                                  + " "
                                  + column.getValue().count()
                                  + ", as in "
                                  + SafeText.line(column.getValue().example()))
                      .collect(Collectors.joining("; "))));
        }
        text.append("picklift.yaml has to name that mapping from now on\n");
      } else {
        text.append(result.message()).append('\n');
      }
      if (result.failed() > 0) {
        text.append(
            String.format(Locale.ROOT, "%,10d  saves cannot be converted%n", result.failed()));
      }
      print(text.toString());
      return result.failed() > 0 ? ExitStatus.LOOK : ExitStatus.DONE;
    }
  }

  /** A line every ten seconds. */
  private final class Told implements Moments {
    private long last = System.nanoTime();

    @Override
    public void at(String name) {
      // The saves tell how far it is.
    }

    @Override
    public void said(long saves) {
      long now = System.nanoTime();
      if (now - last > TimeUnit.SECONDS.toNanos(10)) {
        last = now;
        terminal().err().println(String.format(Locale.ROOT, "evolve: %,d saves converted", saves));
      }
    }
  }
}
