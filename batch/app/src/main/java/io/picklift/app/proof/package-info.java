/**
 * What an earlier verification proved: three hashes a save, kept in {@code picklift_proof}. Where
 * source, rows and archive still hash as then, the save is proven without taking it apart.
 */
@NullMarked
package io.picklift.app.proof;

import org.jspecify.annotations.NullMarked;
