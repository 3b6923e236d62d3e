package io.picklift.app.detect;

import io.picklift.app.config.Database;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.source.ProgressListener;
import io.picklift.codec.Limits;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at all columns of a server, or of one schema. Reads only. */
public final class Detection {
  private Detection() {}

  /**
   * What was seen.
   *
   * @param columns how many columns were looked at
   * @param found those that hold pickles
   * @param passedOver a line for each column that could not be read
   */
  public record Result(int columns, List<FoundColumn> found, List<String> passedOver) {
    public Result {
      found = List.copyOf(found);
      passedOver = List.copyOf(passedOver);
    }
  }

  /**
   * Looks.
   *
   * @param sample how many values of a column
   * @param engine that decodes them
   * @throws DatabaseException where there is no connection
   * @throws SQLException where the server does not tell its columns
   */
  public static Result run(
      Database database, int sample, DecodingEngine.Name engine, ProgressListener progress)
      throws DatabaseException, SQLException {
    Limits limits = Limits.defaults();
    try (var pool = Pools.open("source", database, 1);
        Connection connection = pool.getConnection()) {
      connection.setReadOnly(true);
      List<CandidateColumn> columns = ColumnList.of(connection, schema(connection));
      progress.start("detect", columns.size());
      List<FoundColumn> found = new ArrayList<>();
      List<String> passedOver = new ArrayList<>();
      for (CandidateColumn column : columns) {
        try {
          FoundColumn one = new ColumnProbe(engine, limits, sample).look(connection, column);
          if (one != null) {
            found.add(one);
          }
        } catch (SQLException e) {
          if (!connection.isValid(10)) {
            throw e;
          }
          passedOver.add(
              column.schema()
                  + "."
                  + column.table()
                  + "."
                  + column.name()
                  + ": not looked at: error "
                  + e.getErrorCode());
        }
        progress.done(1);
      }
      return new Result(columns.size(), found, passedOver);
    }
  }

  private static @Nullable String schema(Connection connection) throws SQLException {
    String schema = connection.getCatalog();
    return schema == null || schema.isEmpty() ? null : schema;
  }
}
