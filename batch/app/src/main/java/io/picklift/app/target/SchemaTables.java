package io.picklift.app.target;

import io.picklift.app.decode.RefusedException;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.join.JoinException;
import io.picklift.schema.tables.join.SaveJoiner;
import io.picklift.schema.tables.rows.RowReader;
import io.picklift.schema.tables.rows.RowWriter;
import io.picklift.schema.tables.split.RowComputer;
import io.picklift.schema.tables.split.SplitSave;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The tables of a {@code mapping.yaml}. */
final class SchemaTables implements MappedTables {
  private final Mapping mapping;
  private final RowComputer computer;

  SchemaTables(Mapping mapping, RowComputer computer) {
    this.mapping = mapping;
    this.computer = computer;
  }

  @Override
  public Split split(SaveGraph graph, long saveId) throws RefusedException {
    return new SchemaSplit(mapping, MappedSave.split(mapping, graph, saveId, computer));
  }

  @Override
  public void delete(Connection connection, List<Long> saveIds) throws SQLException {
    new RowWriter(connection, mapping).delete(saveIds);
  }

  @Override
  public SaveGraph read(Connection connection, long saveId, byte[] residue)
      throws SQLException, RestoreException {
    try {
      return SaveJoiner.join(mapping, residue, new RowReader(connection, mapping).read(saveId));
    } catch (JoinException e) {
      throw new RestoreException(e.path(), String.valueOf(e.getMessage()));
    }
  }

  private record SchemaSplit(Mapping mapping, SplitSave split) implements Split {
    @Override
    public byte[] residue() {
      return split.residue();
    }

    @Override
    public int rowCount() {
      return split.rows().size();
    }

    @Override
    public long values() {
      return split.counts().scalars();
    }

    @Override
    public long valuesInTables() {
      return split.counts().taken();
    }

    @Override
    public long unfitValues() {
      return split.counts().unfit();
    }

    @Override
    public Set<String> foundColumns() {
      Set<String> found = new TreeSet<>();
      for (TableMapping table : mapping.tables()) {
        for (int i = 0; i < table.stored().size(); i++) {
          if (split.counts().found(table.number(), i) > 0) {
            found.add(table.name() + "." + table.stored().get(i).name());
          }
        }
      }
      return found;
    }

    @Override
    public void write(Connection connection) throws SQLException {
      new RowWriter(connection, mapping).write(List.of(split.rows()));
    }
  }
}
