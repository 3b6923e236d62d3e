package io.picklift.app.verify;

import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.report.VerdictSentence;
import io.picklift.app.report.VerifyReport;

/** What a proof covers, in the report's words. */
final class ProofSentences {
  private ProofSentences() {}

  static String left(long rows, long looked) {
    return "The time given was over: "
        + VerdictSentence.count(Math.max(0, rows - looked), "row")
        + " of "
        + VerdictSentence.number(rows)
        + " are left; what the target has beside the source's rows was not looked for.";
  }

  static String sample(long rows, long looked) {
    return "A sample, spread over the keys: "
        + VerdictSentence.number(looked)
        + " of "
        + VerdictSentence.count(rows, "row")
        + " were looked at.";
  }

  static String since(long run, String began, long looked, long rows) {
    return "What was written since run "
        + run
        + " began ("
        + began
        + " UTC), or is not in the target: "
        + VerdictSentence.number(looked)
        + " of "
        + VerdictSentence.count(rows, "row")
        + " were looked at.";
  }

  /**
   * What is proven how.
   *
   * @param equal saves that the target gives back byte for byte
   * @param byHash how many of them had not changed since they were proven
   * @param byOtherEngine how many were decoded by the other engine as well
   */
  record Counts(long equal, long byHash, long byOtherEngine) {}

  /** Says how the rows that were looked at were proven. */
  static void of(VerifyReport report, Counts pass, long before, VerifyOptions options) {
    if (before > 0) {
      report.proof(
          VerdictSentence.count(before, "row")
              + " of these had been looked at when an earlier run was interrupted.");
    }
    long rebuilt = Math.max(0, pass.equal() - pass.byHash());
    report.proof(
        "Proven by hashes: of "
            + VerdictSentence.count(rebuilt, "save")
            + " the BLOB was made again from rows and archive and has the source's SHA-256; "
            + VerdictSentence.number(pass.byHash())
            + " had been proven before, and BLOB, rows and archive hash as they did then.");
    if (options.engine() != DecodingEngine.Name.FAST) {
      report.proof("Each save was decoded by engine " + options.engine() + " as well.");
    } else if (options.isOtherSampled()) {
      report.proof(
          VerdictSentence.count(pass.byOtherEngine(), "save")
              + ", spread over the keys, were decoded by the engine in Python as well.");
    } else {
      report.proof("Saves that are not proven so are decoded by the engine in Java alone.");
    }
  }
}
