/**
 * What a mapping says of rows that come and go after the migration: values of new objects, and what
 * becomes of references to deleted ones. {@code EditRules} is the door.
 */
@NullMarked
package io.picklift.schema.edits;

import org.jspecify.annotations.NullMarked;
