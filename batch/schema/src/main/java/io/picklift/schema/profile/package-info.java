/**
 * What a table of saves turns out to hold: classes, attributes, types, who refers to whom. Kept in
 * bounded memory, merged over threads; nothing of a save's values is kept but ranges, lengths,
 * shapes and sketches ({@code scalar}). Saves come in by {@code walk}, which this package does not
 * know; drafts, drift and reports read it. Start with {@link io.picklift.schema.profile.Profile},
 * then {@code ValueProfile}, a place.
 */
@NullMarked
package io.picklift.schema.profile;

import org.jspecify.annotations.NullMarked;
