package io.picklift.app.lock;

import com.mysql.cj.MysqlConnection;
import com.mysql.cj.exceptions.MysqlErrorNumbers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Named locks of the server that mark connections which write saves. A process that is stopped in a
 * transaction keeps its row locks on a connection that looks alive; whoever takes over ends all
 * connections with the marks of the one before. A mark and not the connection's number says which
 * these are: a server that was started anew gives the numbers to others. For any thread.
 */
public final class WriterMarks {
  private static final Logger LOG = LoggerFactory.getLogger(WriterMarks.class);

  /** More connections than a process with 64 partitions has. */
  private static final int MOST = 160;

  private static final int PATIENCE_SECONDS = 60;
  private static final long PAUSE_MILLIS = 20;

  private final String prefix;
  private final Map<MysqlConnection, Boolean> marked = new WeakHashMap<>();

  /**
   * @param prefix of the marks' names, of 58 characters at most
   */
  public WriterMarks(String prefix) {
    this.prefix = prefix;
  }

  /** Marks a connection, in place of any mark that it has. */
  public synchronized void mark(Connection connection) throws SQLException {
    MysqlConnection physical = connection.unwrap(MysqlConnection.class);
    if (marked.containsKey(physical)) {
      return;
    }
    // The first ones are taken.
    int first = marked.size();
    for (int i = 0; i < MOST; i++) {
      if (NamedLock.take(connection, name(prefix, 1 + (first + i) % MOST), 0)) {
        marked.put(physical, true);
        return;
      }
    }
    throw new SQLException("all " + MOST + " marks of connections are in use", "08000");
  }

  /** The same for a connection whose other marks are of work that is over. */
  public static void markAnew(Connection connection, String prefix) throws SQLException {
    try (Statement release = connection.createStatement()) {
      release.executeQuery("SELECT RELEASE_ALL_LOCKS()").close();
    }
    new WriterMarks(prefix).mark(connection);
  }

  /**
   * Ends all connections that have a mark, but for the one that is given.
   *
   * @return how many there were
   */
  public static int end(Connection connection, String prefix) throws SQLException {
    int ended = 0;
    for (String name : used(connection, prefix)) {
      Long id = NamedLock.holder(connection, name);
      if (id != null && kill(connection, id)) {
        ended++;
      }
    }
    return ended;
  }

  /**
   * Ends all connections that have a mark, and waits until they are gone: a statement that changes
   * tables is done or undone then, whatever became of its process.
   */
  static void endAndAwait(Connection connection, String prefix) throws SQLException {
    long start = System.nanoTime();
    while (!used(connection, prefix).isEmpty()) {
      int unused = end(connection, prefix);
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        throw new SQLException(
            "an earlier run has a statement under way that does not end: SHOW PROCESSLIST names it;"
                + " run this again once it is gone");
      }
      try {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SQLException("interrupted", e);
      }
    }
  }

  private static List<String> used(Connection connection, String prefix) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int number = 1; number <= MOST; number++) {
      names.add(name(prefix, number));
    }
    String sql =
        "SELECT "
            + String.join(
                ", ", Collections.nCopies(MOST, "NULLIF(IS_USED_LOCK(?), CONNECTION_ID())"));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < MOST; i++) {
        select.setString(i + 1, names.get(i));
      }
      List<String> used = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        row.next();
        for (int i = 0; i < MOST; i++) {
          if (row.getString(i + 1) != null) {
            used.add(names.get(i));
          }
        }
      }
      return used;
    }
  }

  private static boolean kill(Connection connection, long id) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("KILL " + id);
      LOG.info("connection {} wrote for a run or a worker that was taken over from: ended", id);
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() != MysqlErrorNumbers.ER_NO_SUCH_THREAD) {
        throw e;
      }
      LOG.debug("it ended by itself meanwhile", e);
      return false;
    }
  }

  private static String name(String prefix, int number) {
    return prefix + ":" + number;
  }
}
