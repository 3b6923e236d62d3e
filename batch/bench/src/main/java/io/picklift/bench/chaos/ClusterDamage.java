package io.picklift.bench.chaos;

import java.sql.SQLException;
import java.util.List;

/** Damages one save in a target, as a seed picks it. */
final class ClusterDamage {
  private ClusterDamage() {}

  /**
   * Damages a save: what is archived for it is not what its checksum is of.
   *
   * @param which the save, as a share of all that were migrated
   * @return the save's key
   */
  static String plant(ChaosServer server, String target, double which) throws SQLException {
    List<String> saves =
        server.lines(
            target,
            """
            SELECT save_id, source_key FROM picklift_save
            WHERE status = 'migrated' ORDER BY source_key
            """);
    String save = saves.get((int) (which * saves.size()));
    int bar = save.indexOf('|');
    String damage = "UPDATE picklift_archive SET content_sha256 = REPEAT('x', 32) WHERE save_id = ";
    server.execute(target, damage + save.substring(0, bar));
    return save.substring(bar + 1);
  }
}
