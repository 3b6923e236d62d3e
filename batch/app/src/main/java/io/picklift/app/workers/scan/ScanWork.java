package io.picklift.app.workers.scan;

import io.picklift.app.poison.SavesInHand;
import io.picklift.app.throttle.Politeness;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a worker does with the ranges of a scan. For any thread. */
public interface ScanWork extends AutoCloseable {
  /** The name of the step whose ranges it is for. */
  String step();

  /**
   * Begins with what is left of a range.
   *
   * @param settings as the coordinator gave them
   * @param inHand is told which saves are in hand, before they are
   */
  Cursor open(Map<String, String> settings, ScanRange range, Politeness polite, SavesInHand inHand)
      throws SQLException, IOException;

  /**
   * What this worker has to have as the coordinator has it, beside what all have to: by name, with
   * a hash of each.
   */
  default Map<String, String> same() {
    return Map.of();
  }

  @Override
  void close();

  /** Goes through a range. For one thread. */
  interface Cursor {
    /** The next stretch; null at the end. */
    @Nullable Stretch next() throws SQLException, IOException;

    /** Gives up the later half of what is left; null, and it does not, where that is little. */
    @Nullable Half halve() throws SQLException;
  }

  /**
   * The end of a range that was split.
   *
   * @param upTo the last of what is kept
   * @param rows how many rows are left up to there
   */
  record Half(String upTo, long rows) {}

  /** A transaction in which something is entered. */
  interface Entering {
    void run() throws SQLException;
  }

  /** What is done, and counted, at once. */
  interface Stretch {
    /** The last of it. */
    String last();

    /** How many rows it has. */
    long rows();

    /** How many bytes of BLOBs. */
    long bytes();

    /**
     * Enters what was found. Whoever has to wait for others of this process waits before the
     * transaction begins: they may wait for what it locks.
     *
     * @param entering the transaction, of which {@link #result} is a part; may be run again
     */
    default void enter(Entering entering) throws SQLException {
      entering.run();
    }

    /**
     * What was found, as text.
     *
     * @param connection in a transaction in which the result is entered as well; it may be done
     *     again with another one
     */
    String result(Connection connection) throws SQLException;
  }
}
