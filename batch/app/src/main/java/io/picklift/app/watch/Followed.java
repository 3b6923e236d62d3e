package io.picklift.app.watch;

/**
 * How far following a source's log is; the counts are those since it began.
 *
 * @param lagSeconds how old the oldest transaction is that is not done; 0 where all are
 * @param lagTransactions how many transactions were read and are not done
 * @param pendingKeys how many keys of these are to be done
 * @param transactions that were read
 * @param rows in them that are the source's
 * @param stored saves that were stored
 * @param unchanged saves that the target had as they are
 * @param gone rows that were found gone
 * @param passes over the whole source
 */
public record Followed(
    double lagSeconds,
    long lagTransactions,
    long pendingKeys,
    long transactions,
    long rows,
    long stored,
    long unchanged,
    long gone,
    long passes) {}
