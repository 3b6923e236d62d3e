package io.picklift.app.target;

import io.picklift.app.decode.RefusedException;
import io.picklift.codec.model.SaveGraph;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * The mapping's tables, as the jobs use them. For one thread. Never commits: the caller owns the
 * transaction.
 */
public interface MappedTables {
  /**
   * Makes the rows of a save.
   *
   * @throws RefusedException if the save is not for this mapping
   */
  Split split(SaveGraph graph, long saveId) throws RefusedException;

  /** Deletes the rows of these saves. */
  void delete(Connection connection, List<Long> saveIds) throws SQLException;

  /**
   * Puts a save together from its rows and its residue.
   *
   * @throws RestoreException if they do not fit together; it names the path
   */
  SaveGraph read(Connection connection, long saveId, byte[] residue)
      throws SQLException, RestoreException;

  /** The rows of a save, and what is not in them. */
  interface Split {
    byte[] residue();

    int rowCount();

    /** The save's single values. */
    long values();

    /** Those of them that stand in the tables and not in the residue. */
    long valuesInTables();

    /** Those that their column could not hold exactly. */
    long unfitValues();

    /** Columns whose path leads to something in this save, like {@code person.age}. */
    Set<String> foundColumns();

    void write(Connection connection) throws SQLException;
  }

  /** Rows and residue that do not fit together. */
  final class RestoreException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String path;

    RestoreException(String path, String message) {
      super(message, null, false, false);
      this.path = path;
    }

    public String path() {
      return path;
    }
  }
}
