package io.picklift.schema.tables.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.Limits;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.join.JoinException;
import io.picklift.schema.tables.join.JoinedSave;
import io.picklift.schema.tables.join.SaveJoiner;
import io.picklift.schema.tables.rows.Ddl;
import io.picklift.schema.tables.rows.RowReader;
import io.picklift.schema.tables.rows.RowWriter;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.StoredRows;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.testing.GraphAssert;
import io.picklift.schema.testing.Saves;
import io.picklift.schema.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Saves come back from a real server's tables and the residue alone. */
@Tag("database")
class DatabaseRoundTripTest {
  private final TestDatabase database = TestDatabase.get();
  private Connection connection = open();
  private Mapping mapping = mapping();

  private static Mapping mapping() {
    try {
      return Saves.mapping();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection open() {
    try {
      return database.connect(database.freshSchema());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void tables() throws SQLException {
    for (String sql : Ddl.statements(mapping)) {
      sql(sql);
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private int sql(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private List<SplitSave> load() throws Exception {
    List<SplitSave> saves = new ArrayList<>();
    for (String name : Saves.NAMES) {
      saves.add(
          SaveSplitter.split(
              mapping, Saves.decode(Saves.pickle(name)), saves.size() + 1, Limits.defaults()));
    }
    long written =
        new RowWriter(connection, mapping).write(saves.stream().map(SplitSave::rows).toList());
    assertThat(written).isEqualTo(saves.stream().mapToLong(s -> s.rows().size()).sum());
    return saves;
  }

  private SaveGraph restore(SplitSave save, int id) throws Exception {
    SaveRows rows = new RowReader(connection, mapping, Limits.defaults()).read(id);
    return SaveJoiner.join(mapping, save.residue(), rows, Limits.defaults());
  }

  @Test
  void everySaveComesBackByteForByte() throws Exception {
    List<SplitSave> saves = load();
    for (int i = 0; i < saves.size(); i++) {
      byte[] pickle = Saves.pickle(Saves.NAMES.get(i));
      SaveGraph joined = restore(saves.get(i), i + 1);
      GraphAssert.assertSame(joined, Saves.decode(pickle));
      assertThat(Saves.encode(joined)).isEqualTo(pickle);
    }
  }

  @Test
  void rewritingASaveLeavesTheOthersAlone() throws Exception {
    List<SplitSave> saves = load();
    RowWriter writer = new RowWriter(connection, mapping);
    assertThat(RowWriter.delete(connection, mapping, List.of(3L)))
        .isEqualTo(saves.get(2).rows().size());
    assertThat(new RowReader(connection, mapping, Limits.defaults()).read(3).size()).isZero();
    writer.write(List.of(saves.get(2).rows()));
    for (int i = 0; i < saves.size(); i++) {
      assertThat(Saves.encode(restore(saves.get(i), i + 1)))
          .isEqualTo(Saves.pickle(Saves.NAMES.get(i)));
    }
  }

  @Test
  void aChangedValueIsInTheRestoredPickle() throws Exception {
    List<SplitSave> saves = load();
    sql(
        "UPDATE person SET age_years = 99, firstname = 'It''s \\\\ \u00e9' WHERE save_id = 8 AND"
            + " ordinal = 0");
    SaveGraph changed = restore(saves.get(7), 8);
    SplitSave again =
        SaveSplitter.split(mapping, Saves.decode(Saves.encode(changed)), 8, Limits.defaults());
    int person =
        mapping.tables().stream()
            .filter(t -> t.name().equals("person"))
            .findFirst()
            .orElseThrow()
            .number();
    var rows = again.rows().table(person);
    assertThat(rows.column(rows.table().columnNumber("age_years")).value(0)).isEqualTo(99L);
    assertThat(rows.column(rows.table().columnNumber("firstname")).value(0))
        .isEqualTo("It's \\ \u00e9");
  }

  @Test
  void aDeletedRowIsNamedByThePathOfItsObject() throws Exception {
    List<SplitSave> saves = load();
    assertThat(sql("DELETE FROM person WHERE save_id = 8 AND ordinal = 1")).isEqualTo(1);
    assertThatThrownBy(() -> restore(saves.get(7), 8))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("row 1 is missing in table person")
        .hasMessageMatching("[a-z]+[\\[.].*: .*");
  }

  /** The tables whose rows a save that is written again would have to write. */
  private List<String> different(SplitSave save) throws SQLException {
    List<String> different = new ArrayList<>();
    for (TableMapping table : mapping.tables()) {
      long id = save.rows().saveId();
      if (StoredRows.same(connection, table, Map.of(id, save.rows().table(table.number())))
          .isEmpty()) {
        different.add(table.name());
      }
    }
    return different;
  }

  @Test
  void onlyTablesThatHaveOtherRowsNeedToBeWrittenAgain() throws Exception {
    List<SplitSave> saves = load();
    for (SplitSave save : saves) {
      assertThat(different(save)).isEmpty();
    }
    sql("UPDATE person SET age_years = age_years + 1 WHERE save_id = 8 AND ordinal = 1");
    assertThat(different(saves.get(7))).containsExactly("person");
    assertThat(different(saves.get(6))).isEmpty();
    sql("UPDATE person SET age_years = age_years - 1 WHERE save_id = 8 AND ordinal = 1");
    assertThat(different(saves.get(7))).isEmpty();
    sql("INSERT INTO person (save_id, ordinal) VALUES (8, 4711)");
    sql("DELETE FROM event WHERE save_id = 8 AND ordinal = 0");
    assertThat(different(saves.get(7))).containsExactlyInAnyOrder("person", "event");
  }

  @Test
  void documentsAreComparedAsDocuments() throws Exception {
    List<SplitSave> saves = load();
    String settings =
        "UPDATE player SET settings = JSON_SET(settings, '$.picklift', %s) WHERE save_id = 8";
    assertThat(sql(settings.formatted("1"))).isEqualTo(1);
    assertThat(different(saves.get(7))).containsExactly("player");
    sql("UPDATE player SET settings = JSON_REMOVE(settings, '$.picklift') WHERE save_id = 8");
    assertThat(different(saves.get(7))).isEmpty();
  }

  @Test
  void aRowThatNothingRefersToIsNamedAndChangesNothing() throws Exception {
    List<SplitSave> saves = load();
    sql("INSERT INTO person (save_id, ordinal) VALUES (8, 4711)");
    SaveRows rows = new RowReader(connection, mapping, Limits.defaults()).read(8);
    JoinedSave joined = SaveJoiner.joined(mapping, saves.get(7).residue(), rows, Limits.defaults());
    assertThat(joined.unplaced()).containsExactly("row 4711 of table person");
    assertThat(Saves.encode(joined.graph())).isEqualTo(Saves.pickle(Saves.NAMES.get(7)));
  }
}
