package io.picklift.app.proof;

/**
 * The hashes of a save that was proven; all in lower-case hex.
 *
 * @param source {@link SourceHash}
 * @param rows {@link io.picklift.schema.tables.rows.RowsHash}, of the rows as they were read back
 * @param archive {@link io.picklift.app.target.archive.ArchiveChecksum}, of what was read back
 */
public record SaveProof(String source, String rows, String archive) {}
