package io.picklift.app.verify;

import io.picklift.app.database.Retry;
import io.picklift.app.source.KeyState;
import io.picklift.app.source.SaveCursor;
import io.picklift.app.source.SaveKey;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** Chooses what the target wrote since a run began, and what it does not have at all. */
final class SinceChoice implements SaveCursor.Choice {
  private final DataSource target;
  private final String source;
  private final String began;

  private SinceChoice(DataSource target, String source, String began) {
    this.target = target;
    this.source = source;
    this.began = began;
  }

  /**
   * Since a run of {@code picklift_run}.
   *
   * @throws ConfigurationException if there is no such run of the source
   */
  static SinceChoice of(DataSource target, String source, long run) throws SQLException {
    String sql =
        "SELECT CAST(began AS CHAR) FROM picklift_run WHERE run_id = ? AND source_table = ?";
    try (Connection connection = target.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, run);
      select.setString(2, source);
      try (ResultSet row = select.executeQuery()) {
        if (row.next()) {
          return new SinceChoice(target, source, row.getString(1));
        }
      }
    }
    throw new ConfigurationException(
        "--since "
            + run
            + ": the target knows no such run of '"
            + source
            + "'; 'picklift status' lists the last ones");
  }

  /** When the run began, in UTC. */
  String began() {
    return began;
  }

  @Override
  public Set<SaveKey> of(List<KeyState> page, long first) throws SQLException {
    Map<String, SaveKey> wanted = new HashMap<>();
    page.forEach(state -> wanted.put(HexFormat.of().formatHex(state.key().sha256()), state.key()));
    wanted.keySet().removeAll(Retry.retrying(() -> older(List.copyOf(wanted.keySet()))));
    return Set.copyOf(wanted.values());
  }

  private List<String> older(List<String> hashes) throws SQLException {
    String sql =
        """
        SELECT LOWER(HEX(key_sha256)) FROM picklift_save
        WHERE source_table = ? AND last_written < ? AND key_sha256 IN (%s)
        """
            .formatted(String.join(", ", Collections.nCopies(hashes.size(), "?")));
    try (Connection connection = target.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      select.setString(2, began);
      for (int i = 0; i < hashes.size(); i++) {
        select.setBytes(i + 3, HexFormat.of().parseHex(hashes.get(i)));
      }
      List<String> older = new java.util.ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          older.add(row.getString(1));
        }
      }
      return older;
    }
  }
}
