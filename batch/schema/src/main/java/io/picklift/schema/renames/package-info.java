/**
 * Finds attributes that were renamed, from what a profile shows: {@link
 * io.picklift.schema.renames.AttributeRenames} weighs presence, values, place and name of those
 * that no object has both of.
 */
@NullMarked
package io.picklift.schema.renames;

import org.jspecify.annotations.NullMarked;
