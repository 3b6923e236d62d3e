/**
 * One value and its cell: a codec for each column type says whether the column holds a value
 * exactly, and which opcode writes it again. This is the place for a new column type. Nothing of
 * paths or tables comes in here. Start with {@code ColumnCodec} for columns, and with {@code
 * NodeValueReader} for values.
 */
@NullMarked
package io.picklift.schema.tables.values;

import org.jspecify.annotations.NullMarked;
