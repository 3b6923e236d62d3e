package io.picklift.app.target;

import io.picklift.app.config.Database;
import io.picklift.app.database.TableNames;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;

/** That a target has what commands read that do not make it. */
public final class MigratedTarget {
  private MigratedTarget() {}

  /**
   * Reads whether there is a ledger.
   *
   * @param database the target, as messages name it
   * @throws ConfigurationException if nothing was migrated yet, or {@code finish} took the ledger
   *     away: the sequence of save ids is what it leaves
   */
  public static void check(Connection connection, Database database) throws SQLException {
    if (TableNames.isThere(connection, "picklift_save")) {
      return;
    }
    throw new ConfigurationException(
        database.place()
            + (TableNames.isThere(connection, "save_sequence")
                ? ": finish took Picklift out of this target, and its saves are the application's;"
                    + " restore --from ARCHIVE gives them back as they were then"
                : ": nothing was migrated into it yet"));
  }
}
