package io.picklift.app.scan;

import io.picklift.app.config.Database;
import io.picklift.app.config.SourceConfig;
import io.picklift.app.database.DatabaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a source in its order, in batches that fit into memory. */
interface Batches extends AutoCloseable {
  /** So many rows, or so many bytes, are a batch. */
  int MOST_SAVES = 50;

  long MOST_BYTES = 8L << 20;

  /**
   * A row of the source.
   *
   * @param order its place in the source, from 0
   */
  record Row(String key, long order, @Nullable String watermark, byte @Nullable [] blob) {}

  /** Rows that may still have to be read, by whatever thread asks. */
  interface Batch {
    List<Row> rows() throws SQLException, IOException;
  }

  /** How many rows there are about; -1 where that is not known ahead. */
  long count() throws SQLException;

  /** The next batch; null at the end. */
  @Nullable Batch next() throws SQLException, IOException;

  /** Whether rows were left out because no more were asked for; known at the end. */
  boolean isSample();

  @Override
  void close();

  static Batches open(SourceConfig source, Scan.Options options)
      throws DatabaseException, SQLException {
    Database database = source.database();
    if (database != null) {
      return TableBatches.open(source, database, options);
    }
    Path files = source.files();
    if (files == null) {
      throw new IllegalStateException("a source is a table or files");
    }
    return new FileBatches(files, options);
  }
}
