package io.picklift.app.source;

import io.picklift.app.sum.RowSum;
import io.picklift.schema.profile.OuterColumn;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Saves in the order of their keys. Safe for several threads. */
public interface SaveSource extends AutoCloseable {
  /** Tells ranges of keys whose rows did not change, without a look at each row. */
  interface Sums {
    /** What the order of the keys depends on: ranges are cut anew where it changes. */
    String keyOrder();

    /**
     * The last of the next so many keys.
     *
     * @param after where to begin; null for the beginning
     * @param upTo the last key that counts; null for the end
     * @return null where there are fewer
     */
    @Nullable SaveKey keyAfter(@Nullable SaveKey after, @Nullable SaveKey upTo, int rows)
        throws SQLException;

    /**
     * The sum over the rows behind a key, up to another, each with its version.
     *
     * @param near the least watermark that does not prove its row alone; null where none does
     */
    RowSum sum(@Nullable SaveKey after, @Nullable SaveKey upTo, @Nullable String near)
        throws SQLException;

    /** The SQL of the same version in a ledger's row {@code s}. */
    String ledgerVersion(@Nullable String near);
  }

  /** The name under which the ledger keeps the saves. */
  String name();

  /** How many columns a key has. */
  int keyColumns();

  /** How many saves there are now. */
  long count() throws SQLException;

  /** The key before which {@code index} others come, or null. */
  @Nullable SaveKey keyAt(long index) throws SQLException;

  /**
   * Some keys, after as many others were left out.
   *
   * @param after where to go on; null to begin
   */
  List<SaveKey> keysAfter(@Nullable SaveKey after, long skip, int limit) throws SQLException;

  /**
   * The next keys in order.
   *
   * @param after where to go on; null to begin
   * @param upTo the last key wanted; null for all
   * @param versions whether to tell the versions too
   */
  List<KeyState> page(@Nullable SaveKey after, @Nullable SaveKey upTo, int limit, boolean versions)
      throws SQLException;

  /** Sums over ranges of keys, which the server makes; null where there are none. */
  default @Nullable Sums sums() {
    return null;
  }

  /** The columns of the key, and those that are carried, as the server has them. */
  default List<OuterColumn> outerColumns() {
    return List.of();
  }

  /** The server's collation that compares texts as Python does; null where there is none. */
  default @Nullable String exactCollation() {
    return null;
  }

  /** Whether {@link #page} tells versions by a watermark and not by the BLOB's hash. */
  boolean hasWatermark();

  /**
   * How long the saves of these keys are, in bytes, in the same order; 0 for NULL and for one that
   * is gone.
   */
  List<Long> sizes(List<SaveKey> keys) throws SQLException;

  /**
   * Reads these rows; one that is gone is left out.
   *
   * @param copies whether to read the copies to check too
   */
  List<SourceRow> read(List<SaveKey> keys, boolean copies) throws SQLException;

  /**
   * The hashes of these rows, copies to check included; one that is gone is left out. A server
   * makes them itself, so that no BLOB crosses the wire.
   */
  default List<RowHashes> rowHashes(List<SaveKey> keys) throws SQLException {
    return read(keys, true).stream().map(RowHashes::of).toList();
  }

  /** Rows whose BLOBs and copies are not read: there is not enough memory for them. */
  List<SourceRow> describe(List<SaveKey> keys) throws SQLException;

  /** Which of these keys there still are, and whether each is among the rows that are wanted. */
  Map<SaveKey, Boolean> present(Collection<SaveKey> keys) throws SQLException;

  /** Whether a text can be a key of this source at all. */
  boolean isKey(SaveKey key);

  /** The BLOBs' SHA-256 in lower-case hex, empty for a NULL; a key that is gone is left out. */
  Map<SaveKey, String> hashes(List<SaveKey> keys) throws SQLException;

  /** What tells this source from another. */
  SourceIdentity identity() throws SQLException;

  /** Whether the source has all of these transactions, as {@link #identity} has them. */
  boolean hasTransactions(String gtids) throws SQLException;

  /** The greatest watermark that there is; null where there is none. */
  @Nullable String newestWatermark() throws SQLException;

  @Override
  void close();
}
