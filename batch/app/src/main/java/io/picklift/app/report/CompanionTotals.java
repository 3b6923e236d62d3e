package io.picklift.app.report;

/**
 * How the rows of a companion stand between source and target.
 *
 * @param name the table in the target
 * @param rows of the source: the sum of the next five
 * @param equal in the target with every value
 * @param refused not taken by the target, and known to be
 * @param changedSince copied from another version: a backfill is due
 * @param notCopied not in the target: a backfill is due
 * @param different in the target with another value
 * @param gone no rows: of the target, without one in the source
 */
public record CompanionTotals(
    String name,
    long rows,
    long equal,
    long refused,
    long changedSince,
    long notCopied,
    long different,
    long gone) {}
