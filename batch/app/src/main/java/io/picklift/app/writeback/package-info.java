/**
 * Brings saves that the tables own back into the source's BLOB column: {@code batch/CUTOVER.md}.
 * What may not come in: how a save is made again from its rows. Start reading with {@code
 * Writeback}.
 */
@NullMarked
package io.picklift.app.writeback;

import org.jspecify.annotations.NullMarked;
