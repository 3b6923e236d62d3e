/**
 * Where saves come from: a table, or files and archives, behind {@code SaveSource}. Keys are read
 * page by page, BLOBs by key. Start reading with {@code SaveCursor} and {@code TableSource}.
 * Nothing here decodes a BLOB or knows the target.
 *
 * <p>More than 25 classes, since a table's reading is parted by what is asked for: {@code
 * TableKeys} finds rows, {@code ColumnsBeside}, {@code TableSums}, {@code SettledRows} and {@code
 * LockedRows} ask for parts of them.
 */
@NullMarked
package io.picklift.app.source;

import org.jspecify.annotations.NullMarked;
