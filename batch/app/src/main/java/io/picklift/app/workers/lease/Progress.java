package io.picklift.app.workers.lease;

/**
 * How far an attempt is.
 *
 * @param visited rows of the source that were looked at
 * @param unchanged those of them that nothing was to be done with
 * @param handedOn saves that were read
 * @param written saves that were written
 * @param quarantined those of them that were refused
 * @param bytes of the BLOBs of saves that are done
 * @param mappedRows rows of the mapped tables
 */
public record Progress(
    long visited,
    long unchanged,
    long handedOn,
    long written,
    long quarantined,
    long bytes,
    long mappedRows) {
  /** Nothing is done. */
  public static final Progress NONE = new Progress(0, 0, 0, 0, 0, 0, 0);

  /** What both have done at most, number by number. */
  public Progress max(Progress other) {
    return new Progress(
        Math.max(visited, other.visited),
        Math.max(unchanged, other.unchanged),
        Math.max(handedOn, other.handedOn),
        Math.max(written, other.written),
        Math.max(quarantined, other.quarantined),
        Math.max(bytes, other.bytes),
        Math.max(mappedRows, other.mappedRows));
  }

  /** What was done since. */
  public Progress minus(Progress before) {
    return new Progress(
        visited - before.visited,
        unchanged - before.unchanged,
        handedOn - before.handedOn,
        written - before.written,
        quarantined - before.quarantined,
        bytes - before.bytes,
        mappedRows - before.mappedRows);
  }
}
