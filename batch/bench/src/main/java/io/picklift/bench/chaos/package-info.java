/**
 * The chaos harness: the built jar under faults that a seed picks, compared with an undisturbed
 * run.
 */
@NullMarked
package io.picklift.bench.chaos;

import org.jspecify.annotations.NullMarked;
