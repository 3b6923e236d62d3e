package io.picklift.schema.tables.split;

import io.picklift.schema.tables.rows.SaveRows;

/**
 * A save taken apart.
 *
 * @param rows for the tables
 * @param residue all else; with the rows, the whole save
 */
public record SplitSave(SaveRows rows, byte[] residue, SplitCounts counts) {}
