/**
 * A graph to rows and back, in layers: {@code values} (a value and its cell), {@code document}
 * (JSON columns), {@code rows} (cells in memory and on the server), {@code walk} (which node each
 * cell is of), {@code split} and {@code join}. Each uses those before it alone. Start with {@code
 * split.SaveSplitter} and {@code join.SaveJoiner}.
 */
@NullMarked
package io.picklift.schema.tables;

import org.jspecify.annotations.NullMarked;
