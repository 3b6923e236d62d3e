package io.picklift.app.workers.lease;

import io.picklift.app.lock.Generation;

/**
 * A lease that a worker has: one attempt at a range of keys.
 *
 * @param epoch grows with each attempt
 * @param token random, since a server that lost commits gives an epoch out again
 * @param generation of the run that shares its work out
 * @param step the name of the step that works on it
 * @param stepExecutionId of this attempt in the job repository
 */
public record Grant(
    long leaseId,
    long epoch,
    String token,
    Generation generation,
    String step,
    long stepExecutionId) {}
