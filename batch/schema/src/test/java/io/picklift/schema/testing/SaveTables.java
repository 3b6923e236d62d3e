package io.picklift.schema.testing;

import io.picklift.codec.Limits;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.join.SaveJoiner;
import io.picklift.schema.tables.rows.Ddl;
import io.picklift.schema.tables.rows.RowReader;
import io.picklift.schema.tables.rows.RowWriter;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A mapping's tables on the test server, and the saves in them, numbered from 1. */
public final class SaveTables implements AutoCloseable {
  private final Connection connection;
  private final Mapping mapping;
  private final List<SplitSave> saves = new ArrayList<>();

  public SaveTables(String mapping) throws Exception {
    this.mapping = Mapping.parse("mapping.yaml", mapping);
    TestDatabase database = TestDatabase.get();
    connection = database.connect(database.freshSchema());
    for (String sql : Ddl.statements(this.mapping)) {
      sql(sql);
    }
  }

  /** Adds a save and gives what it was split into. */
  public SplitSave add(byte[] pickle) throws Exception {
    SplitSave split =
        SaveSplitter.split(mapping, Saves.decode(pickle), saves.size() + 1, Limits.defaults());
    new RowWriter(connection, mapping).write(List.of(split.rows()));
    saves.add(split);
    return split;
  }

  public int sql(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  /** The rows of a query, columns joined by a blank each. */
  public List<String> query(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        StringBuilder line = new StringBuilder();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          line.append(i > 1 ? " " : "").append(rows.getString(i));
        }
        all.add(line.toString());
      }
      return all;
    }
  }

  /** The pickle of a save as the tables have it now. */
  public byte[] restore(int save) throws Exception {
    SaveGraph graph =
        SaveJoiner.join(
            mapping,
            saves.get(save - 1).residue(),
            new RowReader(connection, mapping, Limits.defaults()).read(save),
            Limits.defaults());
    return Saves.encode(graph);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
