/**
 * Graphs with some values replaced, members changed, and objects taken out: {@code GraphEditor} is
 * the door, {@code Placement} and {@code Containers} find where a value or members stand. Which
 * edits there are is for {@code tables.join} to say.
 */
@NullMarked
package io.picklift.schema.tables.edit;

import org.jspecify.annotations.NullMarked;
