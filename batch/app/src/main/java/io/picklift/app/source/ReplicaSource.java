package io.picklift.app.source;

import io.picklift.schema.profile.OuterColumn;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source whose rows are read at a replica. What the source is, and whether a row is gone, the
 * primary says: a replica that is behind must not have a save deleted.
 */
final class ReplicaSource implements SaveSource {
  private final SaveSource primary;
  private final SaveSource replica;

  ReplicaSource(SaveSource primary, SaveSource replica) {
    this.primary = primary;
    this.replica = replica;
  }

  @Override
  public String name() {
    return primary.name();
  }

  @Override
  public int keyColumns() {
    return primary.keyColumns();
  }

  @Override
  public long count() throws SQLException {
    return replica.count();
  }

  @Override
  public @Nullable SaveKey keyAt(long index) throws SQLException {
    return replica.keyAt(index);
  }

  @Override
  public List<SaveKey> keysAfter(@Nullable SaveKey after, long skip, int limit)
      throws SQLException {
    return replica.keysAfter(after, skip, limit);
  }

  @Override
  public @Nullable Sums sums() {
    return replica.sums();
  }

  @Override
  public List<KeyState> page(
      @Nullable SaveKey after, @Nullable SaveKey upTo, int limit, boolean versions)
      throws SQLException {
    return replica.page(after, upTo, limit, versions);
  }

  @Override
  public List<OuterColumn> outerColumns() {
    return primary.outerColumns();
  }

  @Override
  public @Nullable String exactCollation() {
    return primary.exactCollation();
  }

  @Override
  public boolean hasWatermark() {
    return primary.hasWatermark();
  }

  @Override
  public List<Long> sizes(List<SaveKey> keys) throws SQLException {
    return replica.sizes(keys);
  }

  @Override
  public List<SourceRow> read(List<SaveKey> keys, boolean copies) throws SQLException {
    return replica.read(keys, copies);
  }

  @Override
  public List<SourceRow> describe(List<SaveKey> keys) throws SQLException {
    return replica.describe(keys);
  }

  @Override
  public Map<SaveKey, Boolean> present(Collection<SaveKey> keys) throws SQLException {
    return primary.present(keys);
  }

  @Override
  public boolean isKey(SaveKey key) {
    return primary.isKey(key);
  }

  @Override
  public Map<SaveKey, String> hashes(List<SaveKey> keys) throws SQLException {
    return replica.hashes(keys);
  }

  @Override
  public SourceIdentity identity() throws SQLException {
    return primary.identity();
  }

  @Override
  public boolean hasTransactions(String gtids) throws SQLException {
    return primary.hasTransactions(gtids);
  }

  @Override
  public @Nullable String newestWatermark() throws SQLException {
    return replica.newestWatermark();
  }

  @Override
  public void close() {
    replica.close();
    primary.close();
  }
}
