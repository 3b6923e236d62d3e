/**
 * A first mapping for a profile: which classes share a table, what is a column, which type it has.
 * It reads profiles and writes the text of a {@code mapping.yaml}; no graph and no save comes in
 * here. Start with {@code MappingGenerator}, then {@code TableBuilder} and {@code RowBuilder};
 * {@code types.TypeChooser} picks the types.
 */
@NullMarked
package io.picklift.schema.draft;

import org.jspecify.annotations.NullMarked;
