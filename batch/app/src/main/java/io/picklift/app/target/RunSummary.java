package io.picklift.app.target;

import io.picklift.app.decode.Refusal;
import java.util.List;
import java.util.Map;

/**
 * What became of every source row, and what of it this run did. A run that was killed and went on
 * counts as one.
 *
 * @param rows rows of the source that were looked at
 * @param unchanged rows among them that the target already had as they are
 * @param added saves migrated that the target did not have before
 * @param replaced saves migrated anew
 * @param deleted saves deleted, their rows being gone from the source
 * @param quarantined saves quarantined by this run
 * @param migratedTotal saves that the target has now
 * @param quarantinedTotal quarantined saves now, by reason
 * @param quarantine the quarantined saves, the first few
 * @param columnsNeverFound a line for each mapped column whose path no save has: where it stands in
 *     the mapping, and the nearest name that saves have
 * @param values where the values went
 */
public record RunSummary(
    long rows,
    long unchanged,
    long added,
    long replaced,
    long deleted,
    long quarantined,
    long migratedTotal,
    Map<String, Long> quarantinedTotal,
    List<QuarantinedSave> quarantine,
    List<String> columnsNeverFound,
    Values values) {

  /**
   * The single values of all migrated saves.
   *
   * @param inTables those that stand in the tables alone; the others are in the residue
   * @param unfit those that their column could not hold exactly
   */
  public record Values(long all, long inTables, long unfit) {}

  /** A quarantined save, and why. */
  public record QuarantinedSave(String key, Refusal refusal) {}

  /** All quarantined saves. */
  public long quarantinedSaves() {
    return quarantinedTotal.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Rows that neither were migrated nor quarantined: the source changed while the job ran. */
  public long unaccounted() {
    return rows - migratedTotal - quarantinedSaves();
  }

  /** Whether there is something to look at. */
  public boolean isClean() {
    return quarantinedSaves() == 0 && unaccounted() == 0 && columnsNeverFound.isEmpty();
  }
}
