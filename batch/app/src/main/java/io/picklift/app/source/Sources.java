package io.picklift.app.source;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.config.Database;
import io.picklift.app.config.Replica;
import io.picklift.app.config.SourceConfig;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.database.Retry;
import io.picklift.codec.Limits;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Deque;

/** Opens the source that a configuration describes. */
public final class Sources {
  private Sources() {}

  /**
   * Opens a source.
   *
   * @param open what was opened is pushed here, to be closed
   */
  public static SaveSource open(
      SourceConfig config, Limits limits, int connections, Deque<AutoCloseable> open)
      throws DatabaseException, SQLException {
    Database database = config.database();
    Path files = config.files();
    if (files != null) {
      try {
        SaveSource source = FileSource.open(files, config.label(), limits);
        open.push(source);
        return source;
      } catch (IOException e) {
        throw new ConfigurationException("source.files: " + e.getMessage());
      }
    }
    if (database == null) {
      throw new ConfigurationException("'source' takes either 'url' or 'files'");
    }
    HikariDataSource pool = Pools.open("source", database, connections);
    open.push(pool);
    SaveSource source = Retry.retrying(() -> TableCheck.open(pool, config, database));
    Replica replica = config.replica();
    if (replica != null) {
      HikariDataSource copies = Pools.open("replica", replica.database(), connections);
      open.push(copies);
      SaveSource copy = Retry.retrying(() -> TableCheck.open(copies, config, replica.database()));
      source = new ReplicaSource(source, copy);
    }
    open.push(source);
    return source;
  }
}
