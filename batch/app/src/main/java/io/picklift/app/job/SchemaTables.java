package io.picklift.app.job;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.graph.Kind;
import io.picklift.codec.graph.Meaning;
import io.picklift.codec.graph.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.JoinException;
import io.picklift.schema.tables.RowComputer;
import io.picklift.schema.tables.RowReader;
import io.picklift.schema.tables.RowWriter;
import io.picklift.schema.tables.SaveJoiner;
import io.picklift.schema.tables.SaveSplitter;
import io.picklift.schema.tables.SplitException;
import io.picklift.schema.tables.SplitSave;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The tables of a {@code mapping.yaml}. */
final class SchemaTables implements MappedTables {
  private static final int MOST_NAMES = 100;

  private final Mapping mapping;
  private final RowComputer computer;

  SchemaTables(Mapping mapping, RowComputer computer) {
    this.mapping = mapping;
    this.computer = computer;
  }

  @Override
  public Split split(SaveGraph graph, long saveId) throws RefusedException {
    try {
      Meaning meaning = Meaning.of(graph);
      SplitSave split = SaveSplitter.split(mapping, meaning, saveId, computer);
      if (split.rows().size() == 0) {
        throw new RefusedException(
            Refusal.wrongRoot("nothing in it is what the mapping has tables for", names(meaning)));
      }
      return new SchemaSplit(mapping, split);
    } catch (SplitException e) {
      String reason = e.isComputed() ? "adapter" : "unfit";
      throw new RefusedException(Refusal.plain(reason, reason, String.valueOf(e.getMessage())));
    } catch (LimitException e) {
      throw new RefusedException(Refusal.of(e));
    }
  }

  /** What the save names; nothing of it was imported or called. */
  private static List<String> names(Meaning meaning) {
    Set<String> names = new TreeSet<>();
    for (int node = 0; node < meaning.graph().size() && names.size() < MOST_NAMES; node++) {
      if (meaning.kind(node) == Kind.GLOBAL) {
        names.add(meaning.globalName(node));
      }
    }
    return List.copyOf(names);
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
