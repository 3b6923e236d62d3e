package io.picklift.app.cli.jobs;

import io.picklift.app.account.SaveChoice;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.cli.terminal.Termination;
import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.Jobs;
import io.picklift.app.writeback.WritebackOptions;
import io.picklift.app.writeback.WritebackResult;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "writeback",
    mixinStandardHelpOptions = true,
    description =
        "Writes saves that the tables own, and that were edited in them, into the source's BLOB"
            + " column, so that the old application can come back.")
public final class WritebackCommand extends JobCommand {
  @Option(
      names = "--key",
      paramLabel = "K",
      description = "Only the save of this key; may be given more than once.")
  private List<String> keys = List.of();

  @Option(
      names = "--clear-json",
      description =
          "Sets the JSON copy beside a written BLOB to NULL. Without it, such a save is not"
              + " written.")
  private boolean isJsonCleared;

  @Option(
      names = "--take-tables",
      description =
          "With --key: writes these saves even where the source's row was written or deleted since"
              + " it was last seen; what was written there is lost.")
  private boolean areTablesTaken;

  @Option(
      names = "--cron",
      paramLabel = "EXPRESSION",
      description = {
        "Keeps running, and starts a run at each time of the expression, like \"*/2 * * * * *\" for"
            + " every two seconds; a run that has nothing to do prints nothing.",
        "The target's lock is held during a run only."
      })
  private @Nullable String cron;

  /** Whether it was said already what this process does not find. */
  private boolean isMissedSaid;

  @Override
  protected void check() {
    super.check();
    if (areTablesTaken && keys.isEmpty()) {
      throw wrong("--take-tables needs --key: it overwrites what the source has");
    }
  }

  @Override
  protected int run(Config config) throws DatabaseException, JobFailedException, IOException {
    return cron == null
        ? once(config)
        : new CronLoop(CronLoop.schedule(cron), progress()::say, Termination::isRequested)
            .run(() -> guarded(config));
  }

  @Override
  boolean isHandedOver() {
    return true;
  }

  @Override
  int run(Jobs jobs, Config config) throws JobFailedException, IOException {
    WritebackResult result =
        jobs.writeback(
            new SaveChoice(keys, null),
            new WritebackOptions(isJsonCleared, areTablesTaken),
            !isMissedSaid);
    isMissedSaid = true;
    int status = result.left() + result.unplaced() == 0 ? ExitStatus.DONE : ExitStatus.LOOK;
    if (cron != null && result.isIdle()) {
      return status;
    }
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(Locale.ROOT, "%,10d  saves written into the source%n", result.written()));
    if (result.inserted() > 0) {
      text.append(
          String.format(Locale.ROOT, "%,10d  new saves added to the source%n", result.inserted()));
    }
    if (result.deleted() > 0) {
      text.append(String.format(Locale.ROOT, "%,10d  removed saves deleted%n", result.deleted()));
    }
    text.append(String.format(Locale.ROOT, "%,10d  unchanged in the tables%n", result.unchanged()));
    if (result.left() > 0) {
      text.append(String.format(Locale.ROOT, "%,10d  not written%n", result.left()));
    }
    if (result.unplaced() > 0) {
      text.append(
          String.format(
              Locale.ROOT, "%,10d  have rows that nothing refers to%n", result.unplaced()));
    }
    result.reasons().forEach(line -> text.append(line).append('\n'));
    long more = result.left() + result.unplaced() - result.reasons().size();
    if (more > 0) {
      text.append("... and ").append(more).append(" more: verify --report DIR names all\n");
    }
    print(text.toString());
    return status;
  }
}
