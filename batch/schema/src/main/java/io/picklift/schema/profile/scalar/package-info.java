/**
 * What is kept of the single values of one place: kinds and ranges of numbers, lengths and shapes
 * of texts, how many different ones there were. No value itself is kept but numbers and dates that
 * bound a range. Nothing of pickles or graphs comes in here. Start with {@link
 * io.picklift.schema.profile.scalar.ScalarProfile}.
 */
@NullMarked
package io.picklift.schema.profile.scalar;

import org.jspecify.annotations.NullMarked;
