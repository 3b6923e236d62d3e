package io.picklift.app.cli.jobs;

import io.picklift.app.accept.AcceptList;
import io.picklift.app.account.RunSummary;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.config.Config;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.Jobs;
import io.picklift.app.report.Finding;
import io.picklift.app.report.ReportedSave;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.verify.VerifyOptions;
import io.picklift.app.view.SafeText;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "repair",
    mixinStandardHelpOptions = true,
    description =
        "Migrates damaged saves of the target again from the source, and verifies them. New saves"
            + " of the source are migrated too.")
public final class RepairCommand extends JobCommand {
  /** What verify finds of a save whose target is damaged; an edited save is none. */
  private static final Set<Finding.Kind> DAMAGE =
      Set.of(Finding.Kind.DAMAGED, Finding.Kind.NOT_RESTORABLE);

  @Option(
      names = "--key",
      paramLabel = "K",
      description =
          "The save of this key, whatever verify says of it: edits of its rows are lost. May be"
              + " given more than once.")
  private List<String> keys = List.of();

  @Option(
      names = "--broken",
      description = "Verifies all saves, and repairs those that are damaged or not restorable.")
  private boolean isBroken;

  @Override
  protected void check() {
    super.check();
    if (keys.isEmpty() != isBroken) {
      throw wrong("give --key K or --broken, one of them");
    }
  }

  @Override
  boolean isHandedOver() {
    return true;
  }

  @Override
  int run(Jobs jobs, Config config) throws JobFailedException, IOException {
    List<String> chosen = isBroken ? broken(jobs) : keys;
    if (chosen.isEmpty()) {
      print("no save is damaged\n");
      return ExitStatus.DONE;
    }
    RunSummary summary = jobs.repair(chosen);
    int status = told(summary, jobs, config);
    List<ReportedSave> left = verified(jobs, new VerifyOptions.Scope.Keys(chosen));
    StringBuilder text = new StringBuilder();
    for (ReportedSave save : left) {
      text.append("not repaired: ")
          .append(SafeText.line(save.key()))
          .append(": ")
          .append(SafeText.line(save.findings().get(0).finding().message()))
          .append('\n');
    }
    int repaired = chosen.size() - left.size();
    print(text + "repaired " + repaired + " of " + chosen.size() + ", verified\n");
    return left.isEmpty() ? status : ExitStatus.LOOK;
  }

  private static List<String> broken(Jobs jobs) throws JobFailedException {
    return verified(jobs, new VerifyOptions.Scope.All()).stream()
        .filter(save -> save.findings().stream().anyMatch(RepairCommand::isDamage))
        .map(ReportedSave::key)
        .collect(Collectors.toList());
  }

  private static boolean isDamage(ReportedSave.ReportedFinding finding) {
    return DAMAGE.contains(finding.finding().kind());
  }

  /** The saves that have findings, copies beside BLOBs aside: those are the source's own. */
  private static List<ReportedSave> verified(Jobs jobs, VerifyOptions.Scope scope)
      throws JobFailedException {
    VerifyReport report = jobs.report(AcceptList.none(), null);
    return jobs.verify(report, scope).model().saves().stream()
        .filter(save -> save.findings().stream().anyMatch(f -> !f.finding().kind().isAboutCopy()))
        .toList();
  }
}
