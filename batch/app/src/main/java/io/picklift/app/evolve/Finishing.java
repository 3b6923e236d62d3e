package io.picklift.app.evolve;

import io.picklift.app.bulk.IndexSession;
import io.picklift.app.database.Retry;
import io.picklift.app.database.Transaction;
import io.picklift.app.lock.TargetLock;
import io.picklift.app.target.archive.ArchiveChecksum;
import io.picklift.schema.evolve.IndexChanges;
import io.picklift.schema.evolve.TableChange;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * What is done once the tables have changed places: each save gets its residue and the id of its
 * mapping, page by page. All of it may be done again after it was interrupted.
 */
final class Finishing {
  private static final int PAGE = 200;

  private final DataSource target;
  private final TargetLock lock;
  private final Moments moments;

  Finishing(DataSource target, TargetLock lock, Moments moments) {
    this.target = target;
    this.lock = lock;
    this.moments = moments;
  }

  private record Evolved(long id, String unfit) {}

  /** Gives the saves that were taken apart what is archived of them now. */
  void saves(byte[] next) throws SQLException {
    boolean isMore = true;
    while (isMore) {
      moments.at("finishing");
      isMore = Retry.retrying(() -> page(next));
    }
  }

  private boolean page(byte[] next) throws SQLException {
    lock.hold();
    try (Connection connection = target.getConnection()) {
      return Transaction.run(connection, c -> pageIn(c, next));
    }
  }

  private boolean pageIn(Connection connection, byte[] next) throws SQLException {
    List<Evolved> page = page(connection);
    if (!page.isEmpty()) {
      String in =
          page.stream().map(save -> String.valueOf(save.id())).collect(Collectors.joining(","));
      apply(connection, in, next);
      unfit(connection, page);
    }
    return !page.isEmpty();
  }

  private static List<Evolved> page(Connection connection) throws SQLException {
    List<Evolved> page = new ArrayList<>();
    String sql = "SELECT save_id, unfit_columns FROM picklift_evolved ORDER BY save_id LIMIT ";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql + PAGE)) {
      while (row.next()) {
        page.add(new Evolved(row.getLong(1), row.getString(2)));
      }
    }
    return page;
  }

  private static void apply(Connection connection, String in, byte[] next) throws SQLException {
    // One that was born in the tables has a residue from now on: what the former mapping's tables
    // showed, and the next one's do not, is in no template.
    String born =
        """
        INSERT IGNORE INTO picklift_archive (save_id, row_count, value_count, table_value_count,
          unfit_value_count, residue, residue_bytes, encoding_recipe)
        SELECT e.save_id, 0, 0, 0, 0, '', 0, t.encoding_recipe
        FROM picklift_evolved e JOIN picklift_save s ON s.save_id = e.save_id
        JOIN picklift_template t ON t.source_table = s.source_table
        WHERE s.restored_as = 'born' AND e.save_id IN (%s)
        """
            .formatted(in);
    String archive =
        """
        UPDATE picklift_archive a JOIN picklift_evolved e ON e.save_id = a.save_id
        SET a.content_sha256 = %s, a.row_count = e.row_count, a.value_count = e.value_count,
          a.table_value_count = e.table_value_count, a.unfit_value_count = e.unfit_value_count,
          a.residue = e.residue, a.residue_bytes = e.residue_bytes
        WHERE e.save_id IN (%s)
        """
            .formatted(ArchiveChecksum.onServer("a", "e"), in);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(born);
      statement.executeUpdate(archive);
      statement.executeUpdate("DELETE FROM picklift_column_unfit WHERE save_id IN (" + in + ")");
      // The rows have the ordinals that they had, and those of a split by the mapping of now
      // differ.
      statement.executeUpdate(
          "UPDATE picklift_base SET is_numbered = FALSE WHERE save_id IN (" + in + ")");
      statement.executeUpdate("DELETE FROM picklift_evolved WHERE save_id IN (" + in + ")");
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE picklift_save SET mapping_sha256 = ? WHERE save_id IN (" + in + ")")) {
      update.setBytes(1, next);
      update.executeUpdate();
    }
  }

  private static void unfit(Connection connection, List<Evolved> page) throws SQLException {
    String sql =
        "INSERT INTO picklift_column_unfit (save_id, column_name, unfit_count) VALUES (?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Evolved save : page) {
        for (String line : save.unfit().lines().toList()) {
          int blank = line.indexOf(' ');
          insert.setLong(1, save.id());
          insert.setString(2, line.substring(blank + 1));
          insert.setLong(3, Long.parseLong(line.substring(0, blank)));
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  /** Tells all saves of the mapping that they are of the other, where their rows are as before. */
  void mapping(String source, byte[] next) throws SQLException {
    String sql =
        """
        UPDATE picklift_save SET mapping_sha256 = ?
        WHERE source_table = ? AND status = 'migrated' AND mapping_sha256 <> ? LIMIT 10000
        """;
    int changed = 1;
    while (changed > 0) {
      moments.at("naming");
      lock.hold();
      try (Connection connection = target.getConnection();
          PreparedStatement update = connection.prepareStatement(sql)) {
        update.setBytes(1, next);
        update.setString(2, source);
        update.setBytes(3, next);
        changed = update.executeUpdate();
      }
    }
  }

  /** Changes the indexes of tables whose rows stay, and forgets those of tables that are gone. */
  void indexes(Connection connection, Mapping former, Mapping next, List<TableChange> changes)
      throws SQLException {
    for (TableChange change : changes) {
      TableMapping then = change.former() == null ? null : former.table(change.former());
      TableMapping now = next.table(change.name());
      if (change.how() == TableChange.How.ALTERED && then != null && now != null) {
        moments.at("indexing");
        String sql = IndexChanges.sql(then, now, BesideTables.indexes(connection, change.name()));
        if (sql != null) {
          IndexSession.build(connection, sql, BesideTables.THREADS);
        }
      }
      if (change.how() != TableChange.How.KEPT) {
        forget(connection, change.former() == null ? change.name() : change.former());
        forget(connection, change.name());
      }
    }
  }

  private static void forget(Connection connection, String table) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM picklift_late_index WHERE table_name = ?")) {
      delete.setString(1, table);
      delete.executeUpdate();
    }
  }

  /** Whether a save of the source has another mapping still. */
  static long left(Connection connection, String source, byte[] next) throws SQLException {
    String sql =
        """
        SELECT COUNT(*) FROM picklift_save
        WHERE source_table = ? AND status = 'migrated' AND mapping_sha256 <> ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      select.setBytes(2, next);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
