/**
 * Who may work on which range of keys, in the target itself: leases, epochs and signs of life. A
 * broker's messages only say where to look. Start reading with {@code LeaseFence}, which keeps a
 * worker that lost its lease from writing, and {@code Leases}, by which the coordinator gives
 * leases out and takes them away. batch/WORKERS.md says what is promised.
 */
@NullMarked
package io.picklift.app.workers.lease;

import org.jspecify.annotations.NullMarked;
