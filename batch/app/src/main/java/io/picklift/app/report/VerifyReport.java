package io.picklift.app.report;

import io.picklift.app.accept.AcceptList;
import io.picklift.app.accept.Acceptance;
import io.picklift.app.report.ReportedSave.ReportedFinding;
import io.picklift.app.source.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the findings of a verification. All are counted; the worst ones are kept. Safe for
 * several threads.
 */
public final class VerifyReport {
  /** Findings beyond this are counted, not kept. */
  static final int MOST_KEPT = 100_000;

  /** Causes beyond this are counted as findings alone. */
  private static final int MOST_CAUSES = 10_000;

  private static final Comparator<CauseSummary> OPEN_AND_FREQUENT_FIRST =
      Comparator.comparing(CauseSummary::isAccepted)
          .thenComparing(Comparator.comparingLong(CauseSummary::saves).reversed())
          .thenComparing(summary -> summary.cause().kind())
          .thenComparing(summary -> summary.cause().id());

  private final Instant began = Instant.now();
  private final String source;
  private final String target;
  private final AcceptList accepted;
  private final @Nullable EarlierFindings baseline;
  private final KeptResults kept = new KeptResults(MOST_KEPT);
  private final Map<SaveResult.Status, Long> statuses = new EnumMap<>(SaveResult.Status.class);
  private final Map<String, Long> quarantined = new TreeMap<>();
  private final Map<String, Long> findings = new TreeMap<>();
  private final Map<Cause, CauseCount> causes = new HashMap<>();
  private final Map<String, String> about = new LinkedHashMap<>();
  private final Set<String> owned = new HashSet<>();
  private final List<String> proof = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final List<CompanionTotals> companions = new ArrayList<>();
  private final Throughput throughput = new Throughput(began);
  private final byte[] digest = new byte[32];
  private TargetFacts facts = TargetFacts.NONE;
  private String configuration = "";
  private long disagreeing;
  private boolean isPart;
  private long whole;
  private long known;

  /**
   * About a source and a target, as messages name them, with nothing accepted.
   *
   * @param source the source table
   * @param target the target's URL, without password
   */
  public VerifyReport(String source, String target) {
    this(source, target, AcceptList.none(), null);
  }

  /**
   * About a source and a target.
   *
   * @param baseline the previous report; null for none
   */
  public VerifyReport(
      String source, String target, AcceptList accepted, @Nullable EarlierFindings baseline) {
    this.source = source;
    this.target = target;
    this.accepted = accepted;
    this.baseline = baseline;
    if (baseline != null && baseline.notListed() > 0) {
      tell(
          "The previous report only counts the findings of "
              + VerdictSentence.count(baseline.notListed(), "save")
              + "; here they are shown as new.");
    }
  }

  /** Says something of the run, such as a version; never a secret. */
  public synchronized void about(String name, String value) {
    about.put(name, value);
  }

  /** Says which file commands about a finding have to name. */
  public synchronized void configuration(String file) {
    configuration = file;
  }

  /** Says that not all of the source was looked at. */
  public synchronized void part() {
    isPart = true;
  }

  /**
   * Says that not all of the source was looked at.
   *
   * @param rows that it has
   */
  public synchronized void partOf(long rows) {
    isPart = true;
    whole = rows;
  }

  /** Says what the proof covers, in one sentence. */
  public synchronized void proof(String sentence) {
    proof.add(sentence);
  }

  /** Says what is to be known beside the proof, in one sentence; nothing of an empty one. */
  public synchronized void tell(String sentence) {
    if (!sentence.isEmpty()) {
      proof.add(sentence);
      told.add(sentence);
    }
  }

  /** What is to be known beside the proof. */
  public synchronized List<String> told() {
    return List.copyOf(told);
  }

  /** Says how a companion's rows stand. */
  public synchronized void companion(CompanionTotals totals) {
    companions.add(totals);
  }

  /** How the companions' rows stand. */
  public synchronized List<CompanionTotals> companions() {
    return List.copyOf(companions);
  }

  /** The keys of saves that were edited in the tables, which own them. */
  public synchronized Set<String> owned() {
    return Set.copyOf(owned);
  }

  public synchronized void facts(TargetFacts ofTarget) {
    facts = ofTarget;
  }

  /** Adds the result of one save. */
  public synchronized void add(SaveResult result) {
    statuses.merge(result.status(), 1L, Long::sum);
    if (result.status() != SaveResult.Status.COMPANION) {
      throughput.add();
    }
    if (result.status() == SaveResult.Status.QUARANTINED) {
      quarantined.merge(result.reason(), 1L, Long::sum);
    }
    disagreeing += result.disagrees() ? 1 : 0;
    StringBuilder line = new StringBuilder(result.key()).append('\n').append(result.status());
    Set<Cause> met = new HashSet<>();
    int rank = ReportedSave.NOTHING_OPEN;
    for (Finding finding : result.findings()) {
      findings.merge(finding.kind().label(), 1L, Long::sum);
      String fingerprint = finding.fingerprint(result.key());
      line.append('\n').append(fingerprint);
      count(result.key(), finding, fingerprint, met);
      if (!accepted.holds(accepted.finding(fingerprint))
          && !accepted.holds(accepted.cause(Cause.of(finding).id()))) {
        rank = Math.min(rank, finding.kind().rank());
      }
    }
    byte[] hash = Sha256.of(line.toString().getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < digest.length; i++) {
      digest[i] ^= hash[i];
    }
    if (result.status() == SaveResult.Status.OWNED) {
      owned.add(result.key());
    }
    if (!result.isClean()) {
      kept.add(result, rank);
    }
  }

  private void count(String key, Finding finding, String fingerprint, Set<Cause> met) {
    Cause cause = Cause.of(finding);
    CauseCount count = causes.get(cause);
    if (count == null) {
      if (causes.size() == MOST_CAUSES) {
        cause = new Cause(finding.kind(), finding.column(), "more places");
        count = causes.get(cause);
      }
      count = count == null ? new CauseCount(cause) : count;
      causes.put(cause, count);
    }
    count.findings++;
    if (met.add(cause)) {
      count.save(key, finding);
    }
    Acceptance acceptance = accepted.finding(fingerprint);
    count.accepted += accepted.holds(acceptance) ? 1 : 0;
    count.expired += acceptance != null && !accepted.holds(acceptance) ? 1 : 0;
    count.changed += acceptance == null && accepted.isKnown(key, finding.kind().label()) ? 1 : 0;
    boolean isKnown = baseline != null && baseline.has(fingerprint);
    known += isKnown ? 1 : 0;
    count.fresh += baseline != null && !isKnown ? 1 : 0;
  }

  public Instant began() {
    return began;
  }

  public String source() {
    return source;
  }

  public String target() {
    return target;
  }

  private long count(SaveResult.Status status) {
    return statuses.getOrDefault(status, 0L);
  }

  /** Rows of the source that were looked at. */
  public synchronized long rows() {
    return statuses.values().stream().mapToLong(Long::longValue).sum()
        - count(SaveResult.Status.GONE)
        - count(SaveResult.Status.COMPANION);
  }

  /** Saves that the target gives back byte for byte. */
  public synchronized long equal() {
    return count(SaveResult.Status.EQUAL);
  }

  /** Saves that the target does not have as the source has them. */
  public synchronized long different() {
    long different = 0;
    for (Map.Entry<SaveResult.Status, Long> status : statuses.entrySet()) {
      different += status.getKey().isDifferent() ? status.getValue() : 0;
    }
    return different;
  }

  /** Saves with a copy in the source that disagrees with the BLOB. */
  public synchronized long disagreeing() {
    return disagreeing;
  }

  /** Quarantined saves by reason. */
  public synchronized Map<String, Long> quarantinedByReason() {
    return new TreeMap<>(quarantined);
  }

  public synchronized long quarantined() {
    return count(SaveResult.Status.QUARANTINED);
  }

  /** How many findings there are of each kind, by label. */
  public synchronized Map<String, Long> findings() {
    return new TreeMap<>(findings);
  }

  /** Results with something to say, by key. */
  public synchronized List<SaveResult> results() {
    return kept.results().stream().sorted(Comparator.comparing(SaveResult::key)).toList();
  }

  /** Results with something to say that are only counted. */
  public synchronized long dropped() {
    return kept.dropped();
  }

  /** Whether there is nothing to look at but what is accepted. */
  public synchronized boolean isClean() {
    return verdict(totals(summaries())) != Verdict.NOT_PROVEN;
  }

  private List<CauseSummary> summaries() {
    List<CauseSummary> summaries = new ArrayList<>();
    for (Map.Entry<Cause, CauseCount> entry : causes.entrySet()) {
      summaries.add(summary(entry.getKey(), entry.getValue()));
    }
    summaries.sort(OPEN_AND_FREQUENT_FIRST);
    return summaries;
  }

  /** A cause is accepted up to a count: beyond it, all of it is to be looked at again. */
  private CauseSummary summary(Cause cause, CauseCount count) {
    Acceptance acceptance = accepted.cause(cause.id());
    if (acceptance == null) {
      String note = "";
      if (count.expired > 0) {
        note = count.expired + " accepted before, until a day that is past";
      } else if (count.changed > 0) {
        note = count.changed + " accepted before with another value";
      }
      return count.summary(false, note, configuration);
    }
    if (!accepted.holds(acceptance)) {
      return count.summary(false, "was accepted until " + acceptance.until(), configuration);
    }
    if (count.findings > acceptance.most()) {
      return count.summary(false, "only " + acceptance.most() + " are accepted", configuration);
    }
    return count.summary(true, "accepted: " + acceptance.reason(), configuration);
  }

  private OutcomeTotals totals(List<CauseSummary> summaries) {
    return new OutcomeTotals(
        rows(),
        equal(),
        quarantined(),
        count(SaveResult.Status.CHANGED),
        count(SaveResult.Status.MISSING),
        count(SaveResult.Status.DIFFERENT),
        count(SaveResult.Status.UNPROVEN),
        count(SaveResult.Status.OWNED),
        count(SaveResult.Status.GONE),
        disagreeing,
        summaries.stream().mapToLong(CauseSummary::findings).sum(),
        summaries.stream().mapToLong(CauseSummary::accepted).sum());
  }

  private static Verdict verdict(OutcomeTotals totals) {
    if (totals.findings() == 0 && totals.rows() == totals.equal() + totals.owned()) {
      return Verdict.PROVEN;
    }
    return totals.findings() == totals.accepted()
        ? Verdict.PROVEN_WITH_EXCEPTIONS
        : Verdict.NOT_PROVEN;
  }

  /** What there is now, for the forms of a report. */
  public synchronized ReportModel model() {
    List<CauseSummary> summaries = summaries();
    OutcomeTotals totals = totals(summaries);
    Verdict verdict = verdict(totals);
    Map<Cause, CauseSummary> byCause = new HashMap<>();
    summaries.forEach(summary -> byCause.put(summary.cause(), summary));
    List<ReportedSave> saves = new ArrayList<>();
    kept.results().forEach(result -> saves.add(reported(result, byCause)));
    saves.sort(Comparator.comparingInt(ReportedSave::rank).thenComparing(ReportedSave::key));
    // What was not looked at is not known to be fixed.
    long fixed = baseline == null || isPart ? 0 : Math.max(0, baseline.size() - known);
    return new ReportModel(
        began,
        Instant.now(),
        source,
        target,
        about,
        proof,
        verdict,
        VerdictSentence.of(verdict, totals, summaries, Math.max(0, whole - totals.rows())),
        totals,
        quarantinedByReason(),
        findings(),
        summaries,
        saves,
        dropped(),
        baseline == null
            ? null
            : new ReportModel.Comparison(baseline.name(), totals.findings() - known, known, fixed),
        facts,
        List.copyOf(companions),
        throughput.rates(),
        throughput.secondsASpan(),
        HexFormat.of()
            .formatHex(
                Sha256.of(
                    (totals + "\n" + HexFormat.of().formatHex(digest))
                        .getBytes(StandardCharsets.UTF_8))));
  }

  private ReportedSave reported(SaveResult result, Map<Cause, CauseSummary> byCause) {
    List<ReportedFinding> reported = new ArrayList<>();
    for (Finding finding : result.findings()) {
      String fingerprint = finding.fingerprint(result.key());
      Acceptance one = accepted.finding(fingerprint);
      Acceptance cause = accepted.cause(Cause.of(finding).id());
      CauseSummary summary = byCause.get(Cause.of(finding));
      String reason = "";
      if (one != null && accepted.holds(one)) {
        reason = one.reason();
      } else if (cause != null && summary != null && summary.isAccepted()) {
        reason = cause.reason();
      }
      boolean isNew = baseline != null && !baseline.has(fingerprint);
      reported.add(new ReportedFinding(finding, fingerprint, reason, isNew));
    }
    return new ReportedSave(result.key(), result.status(), result.reason(), reported);
  }

  /**
   * What an {@code accept.yaml} has to hold for there to be nothing to look at: causes that are
   * accepted stay, with their reasons, and each other finding is an entry.
   */
  public synchronized List<Acceptance> toAccept(String reason, String by) {
    List<Acceptance> entries = new ArrayList<>();
    Set<String> byCause = new HashSet<>();
    for (CauseSummary summary : summaries()) {
      Acceptance cause = accepted.cause(summary.cause().id());
      if (cause != null && summary.isAccepted()) {
        entries.add(cause);
        byCause.add(cause.subject());
      }
    }
    for (SaveResult result : results()) {
      for (Finding finding : result.findings()) {
        if (byCause.contains(Cause.of(finding).id())) {
          continue;
        }
        String fingerprint = finding.fingerprint(result.key());
        Acceptance before = accepted.finding(fingerprint);
        entries.add(
            accepted.holds(before) && before != null
                ? before
                : new Acceptance(
                    fingerprint,
                    false,
                    1,
                    result.key(),
                    finding.labelled(ValueDisclosure.HASHES),
                    reason,
                    null,
                    by,
                    0));
      }
    }
    return entries;
  }
}
