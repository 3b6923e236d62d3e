package io.picklift.app.bulk;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.config.Database;
import io.picklift.app.database.Pools;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The target's connections for writing saves. Only on these may the server ask for a file (LOAD
 * DATA LOCAL). It gets none: the rows come from memory, and the only folder that the driver may
 * read files from cannot exist. For any thread.
 */
public final class WritingTarget implements AutoCloseable {
  /**
   * A folder inside a file, which nobody can make: the driver refuses every file, and a process
   * that is killed leaves no folder behind.
   */
  private static final Path NOWHERE =
      Path.of(System.getProperty("java.home"), "lib", "modules", "none");

  private final HikariDataSource pool;
  private @Nullable ServerTraits traits;

  private WritingTarget(HikariDataSource pool) {
    this.pool = pool;
  }

  /** Connects when the first connection is asked for. */
  public static WritingTarget open(Database database, int connections) {
    return new WritingTarget(Pools.openForLoading(database, connections, NOWHERE));
  }

  public Connection connect() throws SQLException {
    return pool.getConnection();
  }

  /** What the server takes; asked once. */
  public synchronized ServerTraits traits(Connection connection) throws SQLException {
    ServerTraits known = traits;
    if (known == null) {
      known = ServerTraits.read(connection);
      traits = known;
    }
    return known;
  }

  /** From now on, rows are inserted even where they could be loaded. */
  public synchronized void insertOnly(Connection connection) throws SQLException {
    traits = traits(connection).insertOnly();
  }

  @Override
  public void close() {
    pool.close();
  }
}
