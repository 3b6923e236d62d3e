package io.picklift.schema.tables.ddl;

import io.picklift.codec.Limits;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.join.SaveJoiner;
import io.picklift.schema.tables.rows.Ddl;
import io.picklift.schema.tables.rows.RowReader;
import io.picklift.schema.tables.rows.RowWriter;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.testing.PythonValues;
import io.picklift.schema.testing.Saves;
import io.picklift.schema.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A shop's saves, and a schema that {@code tables.sql} alone was loaded into. */
final class Shop implements AutoCloseable {
  /** Orders before customers: a foreign key asks for the other order. */
  static final String MAPPING =
      """
      version: 1
      foreign_keys: all
      tables:
        save:
          root: true
        orders:
          class: shop.Order
          columns:
            customer: {references: customer}
            total:    {type: INT, required: true}
            packing:  {type: BIGINT, only: timedelta}
        line:
          each: orders.lines
          columns:
            what:   {path: "[0]", type: VARCHAR(40)}
            amount: {path: "[1]", type: INT, comment: "pieces; it's \\\\ 'more'"}
        day:
          each: save.days
          key: {column: number, type: INT, unique: true}
          columns:
            day: {path: ".", type: VARCHAR(40)}
        customer:
          class: shop.Customer
          columns:
            name: {type: VARCHAR(40), index: true}
      """;

  private final Connection connection;
  final Mapping mapping;

  Shop(String text) throws Exception {
    mapping = Mapping.parse("mapping.yaml", text);
    TestDatabase database = TestDatabase.get();
    connection = database.connect(database.freshSchema() + "&allowMultiQueries=true");
    sql(Ddl.script(mapping));
  }

  static byte[] save(String name) {
    return PythonValues.of("ddl.tsv").stream()
        .filter(value -> value.name().equals(name))
        .findFirst()
        .orElseThrow()
        .pickle();
  }

  /** Enters a save in the ledger, and gives what was written of it. */
  SplitSave add(long id, byte[] pickle) throws Exception {
    SplitSave split = SaveSplitter.split(mapping, Saves.decode(pickle), id, Limits.defaults());
    sql(
        """
        INSERT INTO picklift_save (save_id, source_table, source_key, key_sha256, status, mapping_sha256, first_seen,
          last_written) VALUES (%d, 's', '%d', UNHEX(SHA2('%d', 256)), 'migrated', '', NOW(), NOW())
        """
            .formatted(id, id, id));
    new RowWriter(connection, mapping).write(List.of(split.rows()));
    return split;
  }

  byte[] restore(long id, SplitSave split) throws Exception {
    return Saves.encode(
        SaveJoiner.join(
            mapping,
            split.residue(),
            new RowReader(connection, mapping, Limits.defaults()).read(id),
            Limits.defaults()));
  }

  long delete(long id) throws SQLException {
    return RowWriter.delete(connection, mapping, List.of(id));
  }

  void sql(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // A statement that is wrong in a script is told when its turn comes.
      boolean isMore = statement.execute(sql);
      while (isMore || statement.getUpdateCount() >= 0) {
        isMore = statement.getMoreResults();
      }
    }
  }

  List<String> query(String sql) throws SQLException {
    List<String> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        all.add(rows.getString(1));
      }
    }
    return all;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
