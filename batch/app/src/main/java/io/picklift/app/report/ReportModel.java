package io.picklift.app.report;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of a report, from which all its forms are written, so that they say the same.
 *
 * @param about versions and options, none of them secret
 * @param proof what the proof covers, a sentence each
 * @param sentence the verdict in one sentence
 * @param quarantined by reason
 * @param causes the most frequent first, those that are accepted last
 * @param saves those with something to say: the worst that nobody accepted first, then by key
 * @param savesNotListed more of them, which are counted alone
 * @param comparison with the previous report; null where there is none
 * @param companions tables beside the saves
 * @param throughput rows verified in each second, in spans of {@code secondsASpan}
 * @param digest over the result: equal results have equal digests
 */
public record ReportModel(
    Instant began,
    Instant ended,
    String source,
    String target,
    Map<String, String> about,
    List<String> proof,
    Verdict verdict,
    String sentence,
    OutcomeTotals totals,
    Map<String, Long> quarantined,
    Map<String, Long> findings,
    List<CauseSummary> causes,
    List<ReportedSave> saves,
    long savesNotListed,
    @Nullable Comparison comparison,
    TargetFacts facts,
    List<CompanionTotals> companions,
    List<Long> throughput,
    int secondsASpan,
    String digest) {

  public ReportModel {
    about = new LinkedHashMap<>(about);
    proof = List.copyOf(proof);
    causes = List.copyOf(causes);
    saves = List.copyOf(saves);
    companions = List.copyOf(companions);
    throughput = List.copyOf(throughput);
  }

  /**
   * Findings against those of the previous report.
   *
   * @param fixed of the previous ones that are not there any more
   */
  public record Comparison(String previous, long fresh, long known, long fixed) {}

  /** How long it took, in seconds. */
  public double seconds() {
    return Math.max(0, ended.toEpochMilli() - began.toEpochMilli()) / 1000.0;
  }
}
