/**
 * What is common to the YAML files that a user writes: maps whose values know their line, one
 * exception for every mistake in them, and the hint at a name that was mistyped. What the keys of a
 * file mean stays with that file's reader: {@code mapping.MappingReader} reads {@code
 * mapping.yaml}. Start with {@code YamlMap}.
 */
@NullMarked
package io.picklift.schema.yaml;

import org.jspecify.annotations.NullMarked;
