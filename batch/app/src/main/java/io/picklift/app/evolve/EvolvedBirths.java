package io.picklift.app.evolve;

import io.picklift.app.birth.TemplateUpdate;
import io.picklift.app.lock.Fence;
import io.picklift.codec.Limits;
import io.picklift.schema.mapping.Mapping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Has saves that are born in the tables from now on be made like those of the new mapping. May be
 * done again after it was interrupted.
 */
final class EvolvedBirths {
  private final DataSource target;
  private final Fence lock;
  private final String source;
  private final Mapping next;

  EvolvedBirths(DataSource target, Fence lock, String source, Mapping next) {
    this.target = target;
    this.lock = lock;
    this.source = source;
    this.next = next;
  }

  /**
   * The residues are as they were, and no column has another name: the template is one of the new
   * mapping as well, and values of enums are known as before.
   */
  void rename() throws SQLException {
    update(
        "UPDATE picklift_template SET mapping_sha256 = ?, token = UUID() WHERE source_table = ?");
  }

  /**
   * Looks through the residues of now, where there was a template before or values of enums are
   * known, which other columns show now.
   *
   * @return why no new save can be made in the tables any more, in one line; null where they can,
   *     or none could be made before
   */
  @Nullable String search(Limits limits) throws SQLException {
    boolean isSearched = isIn("picklift_template");
    if (!isSearched && !isIn("picklift_known_value")) {
      return null;
    }
    String without = new TemplateUpdate(target, lock, source, next, limits).run(() -> {});
    // Without a save to be like, none is new.
    update("DELETE FROM picklift_template WHERE mapping_sha256 <> ? AND source_table = ?");
    // Those whose row came into the ledger by the former template since the tables changed places.
    update(
        """
        UPDATE picklift_save SET mapping_sha256 = ?
        WHERE source_table = ? AND status = 'migrated' AND restored_as = 'born'
          AND NOT EXISTS (SELECT 1 FROM picklift_archive a WHERE a.save_id = picklift_save.save_id)
        """);
    return isSearched ? without : null;
  }

  private boolean isIn(String table) throws SQLException {
    String sql = "SELECT 1 FROM " + table + " WHERE source_table = ? LIMIT 1";
    try (Connection connection = target.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (var row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private void update(String sql) throws SQLException {
    try (Connection connection = target.getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      update.setBytes(1, next.fingerprint());
      update.setString(2, source);
      update.executeUpdate();
    }
  }
}
