/**
 * Shares a run's ranges of keys out to processes on other machines. {@code Coordinator} is the run
 * that shares out, {@code RemotePartitions} its partition handler for Spring Batch, {@code Worker}
 * the other end. Both know nothing of saves: what is done with a range is in {@code job}.
 * batch/WORKERS.md says what is promised when a process dies, hangs or wakes up late.
 */
@NullMarked
package io.picklift.app.workers;

import org.jspecify.annotations.NullMarked;
