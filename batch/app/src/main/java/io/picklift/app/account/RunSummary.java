package io.picklift.app.account;

import io.picklift.app.decode.DecodeNotes;
import io.picklift.app.decode.Refusal;
import java.util.List;
import java.util.Map;

/**
 * The result of a run: what became of each source row, and how much of it this run did.
 *
 * @param counts from the run's closing pass
 * @param isBackfill whether what came or changed is for the next run; {@code migrate} leaves it to
 *     {@code backfill}
 * @param quarantinedTotal quarantined saves now, by reason
 * @param quarantine the quarantined saves, the first few
 * @param columnsNeverFound a line for each mapped column whose path no save has: where it stands in
 *     the mapping, and the nearest name that saves have
 * @param values where the values went
 * @param decoded what is to be known of the pickles
 * @param companions what became of the rows of tables beside the saves
 * @param notes lines about what is to be looked at
 */
public record RunSummary(
    RunCounts counts,
    boolean isBackfill,
    Map<String, Long> quarantinedTotal,
    List<QuarantinedSave> quarantine,
    List<String> columnsNeverFound,
    Values values,
    DecodeNotes decoded,
    List<CompanionCounts> companions,
    List<String> notes) {
  public RunSummary {
    companions = List.copyOf(companions);
    notes = List.copyOf(notes);
  }

  /**
   * The single values of all migrated saves.
   *
   * @param inTables those that stand in the tables alone; the others are in the residue
   * @param unfit those that their column could not hold exactly
   * @param unfitByColumn the same by column, like {@code person.age}; none for saves that an
   *     earlier Picklift migrated
   */
  public record Values(
      long all, long inTables, long unfit, Map<String, UnfitValues> unfitByColumn) {}

  /** A quarantined save, and why. */
  public record QuarantinedSave(String key, Refusal refusal) {}

  /** The source's rows. */
  public long rows() {
    return counts.rows();
  }

  public long added() {
    return counts.added();
  }

  public long replaced() {
    return counts.replaced();
  }

  public long unchanged() {
    return counts.unchanged();
  }

  /** Saves deleted by this run. */
  public long deleted() {
    return counts.deletedNow();
  }

  /** The source's rows that are migrated as they are. */
  public long migratedTotal() {
    return counts.added() + counts.replaced() + counts.unchanged();
  }

  /** The source's rows that are quarantined as they are. */
  public long quarantinedSaves() {
    return counts.quarantined();
  }

  /** Whether there is nothing to look at. */
  public boolean isClean() {
    return isClean(counts.quarantined());
  }

  /**
   * Whether there is nothing to look at.
   *
   * @param quarantined how many of the quarantined saves nobody accepted
   */
  public boolean isClean(long quarantined) {
    boolean isLeft = !isBackfill && (counts.changed() > 0 || counts.unexplained() != 0);
    return quarantined == 0
        && counts.heldBack() == 0
        && !isLeft
        && companions.stream().allMatch(CompanionCounts::isClean)
        && columnsNeverFound.isEmpty()
        && notes.isEmpty();
  }
}
