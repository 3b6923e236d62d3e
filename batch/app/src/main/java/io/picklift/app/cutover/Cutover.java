package io.picklift.app.cutover;

import io.picklift.app.accept.AcceptList;
import io.picklift.app.account.SaveChoice;
import io.picklift.app.account.SaveOwners.Owner;
import io.picklift.app.account.SideChoice;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.Jobs;
import io.picklift.app.report.Finding;
import io.picklift.app.report.ReportModel;
import io.picklift.app.report.ReportedSave;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.verify.VerifyOptions.Scope;
import io.picklift.app.view.SafeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Switches the owner of saves. A save is handed over after it was verified against the source, in
 * the run that holds the target's lock: nothing of it is written between the two. A run that is
 * killed has switched some saves, and the next one does the others; those that are to be made anew
 * from the source are marked as such in the transaction that switches them, and any run does them.
 */
public final class Cutover {
  private static final int MOST_SHOWN = 20;

  private static final String GONE = "the source no longer has its row";

  private final Jobs jobs;
  private final SaveChoice choice;
  private final List<String> reasons = new ArrayList<>();
  private final Set<String> met = new HashSet<>();
  private @Nullable String note;
  private long switched;
  private long left;

  public Cutover(Jobs jobs, SaveChoice choice) {
    this.jobs = jobs;
    this.choice = choice;
  }

  /** Hands the chosen saves over to the tables, those that verify has nothing to say of. */
  public CutoverResult toTables() throws JobFailedException {
    Map<String, String> open = differing(verified(), Owner.SOURCE);
    note = jobs.templates();
    long after = 0;
    while (true) {
      Map<Long, String> page = jobs.ledger().owned(Owner.SOURCE, choice, after);
      if (page.isEmpty()) {
        return result("no migrated save that the source owns");
      }
      Set<String> gone = jobs.ledger().withoutRow(page.values());
      List<Long> ids = new ArrayList<>();
      for (Map.Entry<Long, String> save : page.entrySet()) {
        after = Math.max(after, save.getKey());
        met.add(save.getValue());
        String reason = gone.contains(save.getValue()) ? GONE : open.get(save.getValue());
        if (reason == null) {
          ids.add(save.getKey());
        } else {
          leave(save.getValue(), reason);
        }
      }
      jobs.ledger().give(ids, List.of(), Owner.TABLES);
      switched += ids.size();
    }
  }

  /** Of saves that are not what the source's BLOBs say, in what they differ, by key. */
  private static Map<String, String> differing(VerifyReport report, Owner owner)
      throws JobFailedException {
    ReportModel model = report.model();
    if (model.savesNotListed() > 0) {
      throw new JobFailedException(
          "more saves differ from the source than verify lists: repair these first, or choose some"
              + " with --key");
    }
    Map<String, String> differing = new HashMap<>();
    for (ReportedSave save : model.saves()) {
      save.findings().stream()
          .filter(finding -> !finding.finding().kind().isAboutCopy())
          .findFirst()
          .ifPresent(finding -> differing.put(save.key(), reason(finding.finding(), owner)));
    }
    return differing;
  }

  /** Where the source owns them, a run that could take the change over has just ended. */
  private static String reason(Finding finding, Owner owner) {
    if (finding.kind() == Finding.Kind.CHANGED_SINCE && owner == Owner.TABLES) {
      return "the BLOB was written in the source since" + SideChoice.EITHER;
    }
    return finding.kind() == Finding.Kind.CHANGED_SINCE
        ? "the BLOB changed in the source, and no run has taken it over. If its rows were edited,"
            + " 'backfill --conflicts take-source' drops these edits; to keep them, write the BLOB"
            + " that 'restore --out' gives into the source (after 'backfill --conflicts merge',"
            + " where you want both sides' changes). Then run cutover again"
        : finding.message();
  }

  /**
   * Gives the chosen saves back to the source, those whose rows are still what the source's BLOB
   * says.
   *
   * @param isEditDropped whether the others are made anew from the source, and what was written
   *     into their rows is lost
   */
  public CutoverResult toSource(boolean isEditDropped) throws JobFailedException {
    jobs.settle();
    VerifyReport report = verified();
    Map<String, String> differing = differing(report, Owner.TABLES);
    report
        .owned()
        .forEach(
            key -> differing.put(key, "its rows were edited; --take-source gives these edits up"));
    long after = 0;
    boolean isAnew = false;
    while (true) {
      Map<Long, String> page = jobs.ledger().owned(Owner.TABLES, choice, after);
      if (page.isEmpty()) {
        if (isAnew) {
          jobs.migrate();
        }
        return result("no save that the tables own");
      }
      Set<String> gone = jobs.ledger().withoutRow(page.values());
      List<Long> ids = new ArrayList<>();
      Set<Long> anew = new LinkedHashSet<>();
      for (Map.Entry<Long, String> save : page.entrySet()) {
        after = Math.max(after, save.getKey());
        met.add(save.getValue());
        boolean isGone = gone.contains(save.getValue());
        String reason = isGone ? SideChoice.GONE : differing.get(save.getValue());
        if (reason != null && (isGone || !isEditDropped)) {
          leave(save.getValue(), reason);
          continue;
        }
        ids.add(save.getKey());
        if (reason != null) {
          anew.add(save.getKey());
        }
      }
      // The source counts from now on, in these columns, too.
      anew.addAll(jobs.ledger().olderBeside(ids));
      jobs.ledger().give(ids, List.copyOf(anew), Owner.SOURCE);
      isAnew |= !anew.isEmpty();
      switched += ids.size();
    }
  }

  /** Given keys that there is no such save of are told, too. */
  private CutoverResult result(String none) {
    choice.keys().stream()
        .distinct()
        .filter(key -> !met.contains(key))
        .forEach(key -> leave(key, none));
    return new CutoverResult(switched, left, reasons, note);
  }

  private void leave(String key, String reason) {
    left++;
    if (reasons.size() < MOST_SHOWN) {
      reasons.add(SafeText.line(key) + ": " + SafeText.line(reason));
    }
  }

  private VerifyReport verified() throws JobFailedException {
    Scope scope = choice.keys().isEmpty() ? new Scope.All() : new Scope.Keys(choice.keys());
    return jobs.verify(jobs.report(AcceptList.none(), null), scope);
  }
}
