/**
 * The chaos harness: the built jar under faults that a seed picks, compared with an undisturbed
 * run. {@code Chaos} does so to one process, {@code Cluster} to a coordinator and its workers.
 *
 * <p>More than 25 classes, since both have the same server, proxy, source and comparison, which
 * nobody outside needs.
 */
@NullMarked
package io.picklift.bench.chaos;

import org.jspecify.annotations.NullMarked;
