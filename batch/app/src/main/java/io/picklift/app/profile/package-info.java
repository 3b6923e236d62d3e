/**
 * What {@code profile} makes of the saves: one {@link ProfileCollector} gathers what they show, a
 * {@link ProfileFolder} holds the files that follow from it, and {@link ProfileSummary} says it in
 * a few lines. What the saves show is known in {@code io.picklift.schema.profile}; what a first
 * mapping looks like is decided in {@code io.picklift.schema.draft}.
 */
@NullMarked
package io.picklift.app.profile;

import org.jspecify.annotations.NullMarked;
