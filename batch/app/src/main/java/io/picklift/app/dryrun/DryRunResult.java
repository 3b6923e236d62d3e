package io.picklift.app.dryrun;

import io.picklift.app.account.CompanionCounts;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a run would do.
 *
 * @param isBackfill whether the run would be a backfill's
 * @param newTables mapped tables that it would make
 * @param beside the column of the source's table that documents would be written into; empty for
 *     none
 * @param rows the source's rows in scope
 * @param added saves that the target does not have
 * @param replaced saves that it has otherwise
 * @param unchanged rows that would be left as they are
 * @param gone saves whose row is gone from the source
 * @param mostDeleted how many of them one run may delete
 * @param leftScope saves whose row the scope leaves out now
 * @param refused saves that would be quarantined, by reason
 * @param examples the first few of them, as lines
 * @param tableRows rows that would be written, by table
 * @param unfit values that would not fit, by column
 * @param companions what would become of the rows beside the saves
 * @param blobBytes of the BLOBs that were read
 * @param reading how long reading, decoding and mapping took
 */
public record DryRunResult(
    boolean isBackfill,
    List<String> newTables,
    String beside,
    long rows,
    long added,
    long replaced,
    long unchanged,
    long gone,
    long mostDeleted,
    long leftScope,
    Map<String, Long> refused,
    List<String> examples,
    Map<String, Long> tableRows,
    Map<String, Long> unfit,
    List<CompanionCounts> companions,
    long blobBytes,
    Duration reading) {
  /**
   * How long a server takes to write a row. Measured: 10 to 16 us on the servers that the project
   * is tested with.
   */
  private static final long NANOS_A_ROW = 15_000;

  public long refusedTotal() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }

  public long rowsToWrite() {
    return tableRows.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether more saves are gone than one run may delete, so that none would be. */
  public boolean isHeldBack() {
    return isBackfill && gone > mostDeleted;
  }

  /** About how long the target's server would take for the rows. */
  public Duration writing() {
    // Each save has a row in the ledger and one in the archive as well.
    long own = 2 * (added + replaced + refusedTotal());
    long beside = companions.stream().mapToLong(it -> it.added() + it.replaced()).sum();
    return Duration.ofNanos((rowsToWrite() + own + beside) * NANOS_A_ROW);
  }

  /**
   * About how long the run would take: as long as this one, and as the server takes for writing.
   */
  public Duration estimate() {
    return reading.plus(writing());
  }

  /** Whether the run would end with nothing to look at. */
  public boolean isClean() {
    return refused.isEmpty()
        && !isHeldBack()
        && (isBackfill || gone == 0)
        && companions.stream().allMatch(CompanionCounts::isClean);
  }
}
