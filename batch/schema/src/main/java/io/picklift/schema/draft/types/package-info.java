/**
 * Which column type holds the values that a place of the saves showed, and how many of them. It
 * knows profiles and types, and no table. Start with {@code TypeChooser}.
 */
@NullMarked
package io.picklift.schema.draft.types;

import org.jspecify.annotations.NullMarked;
