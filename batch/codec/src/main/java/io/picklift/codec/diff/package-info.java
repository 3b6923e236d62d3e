/**
 * Compares the meanings of two saves and names each difference by its path. Its answer agrees with
 * {@code digest}: no difference, same digest.
 *
 * <p>What may not come in: how a difference is reported, and copies of a save that are no graph
 * (columns, JSON). Start at {@link io.picklift.codec.diff.GraphDiff}.
 */
@NullMarked
package io.picklift.codec.diff;

import org.jspecify.annotations.NullMarked;
