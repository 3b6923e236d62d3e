/**
 * BLOBs made again from the target alone, into files or a table. Start reading with {@code
 * RestoredSaves}; how one BLOB is made again is in {@code rebuild}. The source is asked at most for
 * the types of its key columns.
 */
@NullMarked
package io.picklift.app.restore;

import org.jspecify.annotations.NullMarked;
