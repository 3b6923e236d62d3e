/**
 * The numbers and arrays of numpy: which nodes of a graph are one, its element type and shape, and
 * its elements as Java's values. numpy is not called; the layout of its pickles alone tells.
 * Columns and tables do not come in here: {@code tables.values} asks this package. Start with
 * {@link io.picklift.schema.arrays.ArrayReader}.
 */
@NullMarked
package io.picklift.schema.arrays;

import org.jspecify.annotations.NullMarked;
