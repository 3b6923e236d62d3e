/**
 * Rows and residue to a graph, and what changed cells do to it. The SQL is in {@code rows}, the
 * walk in {@code walk}. Start with {@code SaveJoiner}, then {@code GraphJoin}; {@code ChangedCells}
 * for cells that say something new, {@code RowEdits} for rows, {@code PartEdits} for parts that the
 * save does not have. What is new is made by {@code BornRows} and the others whose name begins so:
 * they stand here, for rows, likes and edits know each other.
 */
@NullMarked
package io.picklift.schema.tables.join;

import org.jspecify.annotations.NullMarked;
