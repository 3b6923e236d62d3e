package io.picklift.app.report;

import static io.picklift.app.report.Finding.Kind.CHANGED_SINCE;
import static io.picklift.app.report.Finding.Kind.GONE;
import static io.picklift.app.report.Finding.Kind.NOT_MIGRATED;
import static io.picklift.app.report.Finding.Kind.QUARANTINED;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The verdict in one sentence. */
public final class VerdictSentence {
  private VerdictSentence() {}

  /**
   * The sentence.
   *
   * @param leftOut rows of the source that were not looked at, as was asked for
   */
  static String of(Verdict verdict, OutcomeTotals totals, List<CauseSummary> causes, long leftOut) {
    String equal =
        totals.rows() == totals.equal()
            ? "all " + count(totals.rows(), "row") + " come back from the target byte for byte"
            : number(totals.equal())
                + " of "
                + count(totals.rows(), "row")
                + (totals.equal() == 1 ? " comes" : " come")
                + " back from the target byte for byte";
    if (totals.rows() == 0) {
      equal = leftOut > 0 ? "there was no row to look at" : "the source has no rows";
    } else if (totals.rows() == 1 && totals.equal() == 1) {
      equal = "the one row comes back from the target byte for byte";
    }
    String scope =
        leftOut == 0
            ? "."
            : "; "
                + count(leftOut, "row")
                + " of the source "
                + (leftOut == 1 ? "was" : "were")
                + " not looked at.";
    return switch (verdict) {
      case PROVEN -> "Proven: " + equal + scope;
      case PROVEN_WITH_EXCEPTIONS ->
          "Proven with known exceptions: "
              + equal
              + "; "
              + count(totals.accepted(), "finding")
              + (totals.accepted() == 1 ? " is" : " are")
              + " accepted"
              + scope;
      case NOT_PROVEN -> "Not proven: " + equal + "; " + open(totals, causes) + scope;
    };
  }

  /** What there is to look at; kinds of which everything is accepted are none of it. */
  private static String open(OutcomeTotals totals, List<CauseSummary> causes) {
    Set<Finding.Kind> open = EnumSet.noneOf(Finding.Kind.class);
    causes.stream().filter(it -> !it.isAccepted()).forEach(it -> open.add(it.cause().kind()));
    boolean isCopy = open.stream().anyMatch(Finding.Kind::isAboutCopy);
    List<String> parts = new ArrayList<>();
    part(parts, totals.different(), "differ", "differs");
    part(
        parts,
        totals.notProven(),
        "are not proven for lack of memory",
        "is not proven for lack of memory");
    part(parts, of(open, CHANGED_SINCE, totals.changedSince()), "changed since", "changed since");
    part(
        parts, of(open, NOT_MIGRATED, totals.notMigrated()), "are not migrated", "is not migrated");
    part(
        parts,
        of(open, GONE, totals.gone()),
        "are gone from the source",
        "is gone from the source");
    part(parts, of(open, QUARANTINED, totals.quarantined()), "are quarantined", "is quarantined");
    part(
        parts,
        isCopy ? totals.disagreeing() : 0,
        "have a copy that disagrees with its BLOB",
        "has a copy that disagrees with its BLOB");
    if (parts.isEmpty()) {
      parts.add(count(totals.findings() - totals.accepted(), "finding") + " to look at");
    }
    long number = causes.stream().filter(cause -> !cause.isAccepted()).count();
    String accepted =
        totals.accepted() == 0
            ? ""
            : "; "
                + count(totals.accepted(), "other finding")
                + (totals.accepted() == 1 ? " is" : " are")
                + " accepted";
    return String.join(", ", parts) + " (" + count(number, "cause") + ")" + accepted;
  }

  private static long of(Set<Finding.Kind> open, Finding.Kind kind, long count) {
    return open.contains(kind) ? count : 0;
  }

  private static void part(List<String> parts, long count, String many, String one) {
    if (count > 0) {
      parts.add(number(count) + " " + (count == 1 ? one : many));
    }
  }

  /** A number and what it counts, in singular or plural. */
  public static String count(long count, String what) {
    return number(count) + " " + what + (count == 1 ? "" : "s");
  }

  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
