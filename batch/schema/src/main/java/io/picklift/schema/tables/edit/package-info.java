/**
 * Graphs with some values replaced, members changed, and objects taken out. {@code GraphEditor} is
 * the door; which edits there are is for {@code tables.join} to say.
 */
@NullMarked
package io.picklift.schema.tables.edit;

import org.jspecify.annotations.NullMarked;
