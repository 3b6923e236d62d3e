package io.picklift.app.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Each row of the source that was looked at has exactly one outcome: {@code rows} is the sum of the
 * next seven.
 *
 * @param rows of the source that were looked at
 * @param equal given back by the target byte for byte
 * @param quarantined refused, and known to be
 * @param changedSince migrated from another BLOB: a backfill is due
 * @param notMigrated not in the target: a backfill is due
 * @param different in the target, and not given back as they were migrated
 * @param notProven not known to be the one or the other: there was not enough memory
 * @param owned edited in the tables, which own them
 * @param gone no rows: saves of the target that the source does not have any more
 * @param disagreeing of the rows, those with a copy that disagrees with the BLOB
 * @param accepted findings that are accepted, of {@code findings}
 */
public record OutcomeTotals(
    long rows,
    long equal,
    long quarantined,
    long changedSince,
    long notMigrated,
    long different,
    long notProven,
    long owned,
    long gone,
    long disagreeing,
    long findings,
    long accepted) {

  /** By the names that {@code report.json} has for them. */
  public Map<String, Long> byName() {
    Map<String, Long> all = new LinkedHashMap<>();
    all.put("rows", rows);
    all.put("equal", equal);
    all.put("quarantined", quarantined);
    all.put("changedSince", changedSince);
    all.put("notMigrated", notMigrated);
    all.put("different", different);
    all.put("notProven", notProven);
    all.put("owned", owned);
    all.put("gone", gone);
    all.put("disagreeing", disagreeing);
    all.put("findings", findings);
    all.put("accepted", accepted);
    return all;
  }

  /** Rows and saves that are not as they are to be. */
  long wrong() {
    return changedSince + notMigrated + different + notProven + gone;
  }
}
