package io.picklift.app.target;

import io.picklift.app.target.archive.ArchivedSave;
import io.picklift.app.target.archive.DamagedArchiveException;
import io.picklift.codec.error.LimitException;
import io.picklift.schema.tables.rows.RowReader;
import io.picklift.schema.tables.rows.SaveRows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the target has of some saves, read for many of them at a time: a query for each table and
 * part of them, bounded by rows and bytes. Whoever asks for the saves in the order that was given
 * has each read once. For one thread.
 */
public final class StoredSaves {
  private static final int MOST_SAVES = 500;
  private static final long MOST_ROWS = 40_000;
  private static final long MOST_BYTES = 8L << 20;

  private final Connection connection;
  private final MappedTables tables;

  /** Saves that were not read yet, and what they take. */
  private final Map<Long, Size> ahead = new LinkedHashMap<>();

  private final Map<Long, ArchivedSave.Found> archives = new HashMap<>();
  private final Map<Long, SaveRows> rows = new HashMap<>();

  private record Size(long rows, long bytes) {}

  private StoredSaves(Connection connection, MappedTables tables) {
    this.connection = connection;
    this.tables = tables;
  }

  /** Looks up how much there is of these saves, and reads nothing yet. */
  public static StoredSaves of(Connection connection, MappedTables tables, Collection<Long> ids)
      throws SQLException {
    StoredSaves saves = new StoredSaves(connection, tables);
    if (!ids.isEmpty()) {
      Map<Long, Size> sizes = saves.sizes(ids);
      for (Long id : ids) {
        Size size = sizes.get(id);
        if (size != null) {
          saves.ahead.put(id, size);
        }
      }
    }
    return saves;
  }

  private Map<Long, Size> sizes(Collection<Long> ids) throws SQLException {
    String sql =
        """
        SELECT save_id, row_count, LENGTH(residue) + COALESCE(original_bytes, 0)
        FROM picklift_archive WHERE save_id IN (%s)
        """
            .formatted(ids.stream().map(String::valueOf).collect(Collectors.joining(",")));
    Map<Long, Size> sizes = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        sizes.put(row.getLong(1), new Size(row.getLong(2), row.getLong(3)));
      }
    }
    return sizes;
  }

  /**
   * What is archived of a save; null where there is nothing.
   *
   * @throws DamagedArchiveException if it is not what was archived for this save
   */
  public @Nullable ArchivedSave archive(long saveId) throws SQLException, DamagedArchiveException {
    if (ahead.containsKey(saveId)) {
      readPart(saveId);
    }
    ArchivedSave.Found found = archives.get(saveId);
    return found == null ? null : found.get();
  }

  /**
   * The rows of a save whose archive was asked for.
   *
   * @throws LimitException where they take more memory than a save may
   */
  public SaveRows rows(long saveId) throws SQLException, LimitException {
    SaveRows read = rows.remove(saveId);
    // Alone, where one of those that were read with it is too large.
    return read == null ? reader().read(saveId) : read;
  }

  /** What it reads by. */
  public Connection connection() {
    return connection;
  }

  private RowReader reader() {
    return new RowReader(connection, tables.mapping(), tables.limits());
  }

  private void readPart(long first) throws SQLException {
    List<Long> part = new ArrayList<>();
    long sumOfRows = 0;
    long sumOfBytes = 0;
    boolean isFound = false;
    for (Map.Entry<Long, Size> save : ahead.entrySet()) {
      isFound |= save.getKey() == first;
      if (!isFound) {
        continue;
      }
      sumOfRows += save.getValue().rows();
      sumOfBytes += save.getValue().bytes();
      if (!part.isEmpty()
          && (part.size() == MOST_SAVES || sumOfRows > MOST_ROWS || sumOfBytes > MOST_BYTES)) {
        break;
      }
      part.add(save.getKey());
    }
    ahead.keySet().removeAll(part);
    archives.clear();
    rows.clear();
    archives.putAll(ArchivedSave.find(connection, part));
    try {
      for (SaveRows save : reader().read(part)) {
        rows.put(save.saveId(), save);
      }
    } catch (LimitException e) {
      // Each is read by itself when it is asked for, and the one that is too large says so then.
      rows.clear();
    }
  }
}
