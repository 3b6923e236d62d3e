package io.picklift.app.bulk;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.config.Database;
import io.picklift.app.database.Pools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The target's connections for writing saves. Only on these may the server ask for a file (LOAD
 * DATA LOCAL). It gets none: the rows come from memory, and the only folder that the driver may
 * read is empty. For any thread.
 */
public final class WritingTarget implements AutoCloseable {
  private final HikariDataSource pool;
  private final Path empty;
  private @Nullable ServerTraits traits;

  private WritingTarget(HikariDataSource pool, Path empty) {
    this.pool = pool;
    this.empty = empty;
  }

  /** Connects when the first connection is asked for. */
  public static WritingTarget open(Database database, int connections) throws IOException {
    Path empty = Files.createTempDirectory("picklift-empty");
    return new WritingTarget(Pools.openForLoading(database, connections, empty), empty);
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
  public void close() throws IOException {
    pool.close();
    Files.deleteIfExists(empty);
  }
}
