/**
 * Work that goes once through something in order and is shared out: {@code verify}, {@code restore
 * --table}. Start reading with {@code SharedScan} for the coordinator and with {@code ScanAttempt}
 * for a worker. What is found lies in the target, in {@code ScanTable}, and nowhere else.
 */
@NullMarked
package io.picklift.app.workers.scan;

import org.jspecify.annotations.NullMarked;
