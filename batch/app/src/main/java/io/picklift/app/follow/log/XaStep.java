package io.picklift.app.follow.log;

/**
 * What a transaction of the log does about one in two phases.
 *
 * @param xid the transaction in two phases
 * @param isPrepare whether it is prepared; else it is decided
 */
public record XaStep(String xid, boolean isPrepare) {}
