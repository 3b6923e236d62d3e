package io.picklift.app.cli.jobs;

import io.picklift.app.account.RunSummary;
import io.picklift.app.account.SaveChoice;
import io.picklift.app.account.SaveOwners;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.config.Config;
import io.picklift.app.cutover.Cutover;
import io.picklift.app.cutover.CutoverResult;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.Jobs;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "cutover",
    mixinStandardHelpOptions = true,
    description =
        "Hands saves over to the tables, after a last backfill and a verification: from then on no"
            + " run replaces or deletes them, whatever the source says.")
public final class CutoverCommand extends JobCommand {
  @Option(
      names = "--key",
      paramLabel = "K",
      description = "The save of this key; may be given more than once.")
  private List<String> keys = List.of();

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "Saves with a row in the mapping's first table that meets this condition.")
  private @Nullable String where;

  @Option(names = "--all", description = "All saves.")
  private boolean isAll;

  @Option(
      names = "--back",
      description = "Gives saves back to the source if their rows still agree with its BLOB.")
  private boolean isBack;

  @Option(
      names = "--take-source",
      description =
          "With --back: migrates the others again from the source; edits of their rows are lost.")
  private boolean isSourceTaken;

  @Override
  protected void check() {
    super.check();
    int choices = (keys.isEmpty() ? 0 : 1) + (where == null ? 0 : 1) + (isAll ? 1 : 0);
    if (choices != 1) {
      throw wrong("give one of --key K, --where SQL and --all");
    }
    if (isSourceTaken && !isBack) {
      throw wrong("--take-source needs --back");
    }
  }

  @Override
  boolean isHandedOver() {
    return true;
  }

  /** All that the source had is in the target: no last backfill is needed. */
  @Override
  int runHanded(Jobs jobs, Config config) throws JobFailedException, IOException {
    return isBack ? run(jobs, config) : handOver(jobs, toldOfQuarantine(jobs, config));
  }

  @Override
  int run(Jobs jobs, Config config) throws JobFailedException, IOException {
    SaveChoice choice = new SaveChoice(keys, where);
    if (isBack) {
      CutoverResult result = new Cutover(jobs, choice).toSource(isSourceTaken);
      print(text(result, "given back to the source"));
      return result.left() == 0 ? ExitStatus.DONE : ExitStatus.LOOK;
    }
    // What the choice cannot mean is told before anything is written.
    jobs.ledger().owned(SaveOwners.Owner.SOURCE, choice, Long.MAX_VALUE);
    RunSummary last = jobs.backfill();
    return handOver(jobs, told(last, jobs, config));
  }

  private int handOver(Jobs jobs, int status) throws JobFailedException, IOException {
    CutoverResult result = new Cutover(jobs, new SaveChoice(keys, where)).toTables();
    print(text(result, "handed over to the tables"));
    return result.left() == 0 ? status : ExitStatus.LOOK;
  }

  private static String text(CutoverResult result, String what) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%,10d  saves %s%n", result.switched(), what));
    if (result.left() > 0) {
      text.append(String.format(Locale.ROOT, "%,10d  left with their owner%n", result.left()));
    }
    result.reasons().forEach(line -> text.append(line).append('\n'));
    if (result.left() > result.reasons().size()) {
      text.append("... and more: run verify\n");
    }
    if (result.note() != null) {
      text.append(result.note()).append('\n');
    }
    return text.toString();
  }
}
