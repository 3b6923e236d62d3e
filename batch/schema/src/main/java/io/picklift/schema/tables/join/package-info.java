/**
 * Rows and residue to a graph, and what changed cells do to it. The SQL is in {@code rows}, the
 * walk in {@code walk}. Start with {@code SaveJoiner}, then {@code GraphJoin}; {@code ChangedCells}
 * for cells that say something new, {@code RowEdits} for rows, {@code PartEdits} for parts that the
 * save does not have.
 */
@NullMarked
package io.picklift.schema.tables.join;

import org.jspecify.annotations.NullMarked;
