package io.picklift.app.account;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of the source's rows and of the ledger's rows in one run, with the outcomes of {@code
 * batch/OUTCOMES.md}. A closing pass over the source and the ledger counts them; nothing is added
 * up from what the run's steps report.
 *
 * @param added saves migrated that the target did not have before
 * @param replaced saves migrated anew
 * @param unchanged migrated saves that the target had as they are
 * @param quarantined rows that no save can be made of
 * @param changed rows that came or changed after the run had read them
 * @param left rows that are not to be touched
 * @param known ledger rows whose key is among the source's rows
 * @param deleted ledger rows whose row is gone, and with it what was migrated
 * @param outOfScope ledger rows whose row the scope leaves out now
 * @param heldBack ledger rows whose row is gone, and whose save is still there
 * @param owned ledger rows without a row that belong to the tables
 * @param ledger all ledger rows of the source
 * @param deletedNow ledger rows that this run deleted
 */
public record RunCounts(
    long added,
    long replaced,
    long unchanged,
    long quarantined,
    long changed,
    long left,
    long known,
    long deleted,
    long outOfScope,
    long heldBack,
    long owned,
    long ledger,
    long deletedNow) {

  /** The counts by the names of picklift_run's columns. */
  public Map<String, Long> byName() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("source_rows", rows());
    counts.put("added", added);
    counts.put("replaced", replaced);
    counts.put("unchanged", unchanged);
    counts.put("quarantined", quarantined);
    counts.put("changed_since", changed);
    counts.put("left_alone", left);
    counts.put("ledger_rows", ledger);
    counts.put("ledger_known", known);
    counts.put("ledger_deleted", deleted);
    counts.put("ledger_out_of_scope", outOfScope);
    counts.put("ledger_held_back", heldBack);
    counts.put("ledger_owned", owned);
    return counts;
  }

  /** The source's rows in scope, as the closing pass met them. */
  public long rows() {
    return added + replaced + unchanged + quarantined + changed + left;
  }

  /**
   * Ledger rows that neither the closing pass met nor any other outcome explains: those whose row
   * went while the closing pass was under way.
   */
  public long unexplained() {
    return ledger - known - deleted - outOfScope - heldBack - owned;
  }
}
