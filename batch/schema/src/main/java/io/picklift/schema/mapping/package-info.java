/**
 * The {@code mapping.yaml}: read, checked, and as the immutable {@link
 * io.picklift.schema.mapping.Mapping} that all others use. Here is what a mapping says, not what is
 * done with it: no graph, no SQL statement. Every mistake is a {@code yaml.ConfigurationException}
 * with file and line. {@code WrittenMapping} is the canonical form that targets keep: a new fact
 * gets its line there. Start with {@code MappingReader}; {@code MAPPING.md} explains the file.
 *
 * <p>More than 25 classes, since each thing that a mapping says is one, and so is the reader of
 * each part of the file.
 */
@NullMarked
package io.picklift.schema.mapping;

import org.jspecify.annotations.NullMarked;
