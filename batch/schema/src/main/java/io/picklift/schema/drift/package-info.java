/**
 * What changed in the saves since a mapping was made: {@code profile --against} compares a new
 * profile with the old {@code profile.json}, or with the mapping where there is none. Mappings are
 * read here, never changed, and nothing is written but the report. Start with {@code Drift}.
 */
@NullMarked
package io.picklift.schema.drift;

import org.jspecify.annotations.NullMarked;
