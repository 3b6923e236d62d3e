/**
 * A graph to rows and residue. The first cell that holds a value exactly takes it out of the
 * residue. Nothing is written here. Start with {@code SaveSplitter}, then {@code GraphSplit}.
 */
@NullMarked
package io.picklift.schema.tables.split;

import org.jspecify.annotations.NullMarked;
