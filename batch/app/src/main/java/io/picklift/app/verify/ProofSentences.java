package io.picklift.app.verify;

import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.report.VerdictSentence;
import io.picklift.app.report.VerifyReport;

/** What a proof covers, in the report's words. */
final class ProofSentences {
  private ProofSentences() {}

  static String left(long rows, long looked) {
    return "--max-duration ended the run. Not verified: "
        + VerdictSentence.number(Math.max(0, rows - looked))
        + " of "
        + VerdictSentence.count(rows, "row")
        + ". Saves without a row in the source were not searched for.";
  }

  static String sample(long rows, long looked) {
    return "A sample, spread over the keys: "
        + VerdictSentence.number(looked)
        + " of "
        + VerdictSentence.count(rows, "row")
        + " were looked at.";
  }

  static String since(long run, String began, long looked, long rows) {
    return "Saves written since run "
        + run
        + " began ("
        + began
        + " UTC), or not in the target: "
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
              + " of these were looked at by an earlier run, before it was interrupted.");
    }
    long rebuilt = Math.max(0, pass.equal() - pass.byHash());
    report.proof(
        "Proven by hashes: "
            + VerdictSentence.count(rebuilt, "save")
            + " whose BLOB, rebuilt from rows and archive, has the source's SHA-256; "
            + VerdictSentence.number(pass.byHash())
            + " proven earlier, whose hashes of BLOB, rows and archive are unchanged.");
    if (options.engine() != DecodingEngine.Name.FAST) {
      report.proof("Each save was decoded by engine " + options.engine() + " as well.");
    } else if (options.isOtherSampled()) {
      report.proof(
          VerdictSentence.count(pass.byOtherEngine(), "save")
              + ", spread over the keys, were decoded by the engine in Python as well.");
    } else {
      report.proof("Saves that the hashes do not prove are decoded by the engine in Java only.");
    }
  }
}
