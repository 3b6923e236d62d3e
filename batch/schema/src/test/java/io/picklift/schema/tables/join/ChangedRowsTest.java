package io.picklift.schema.tables.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.testing.Saves;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is changed in a row is changed in the save, and nothing else is. */
class ChangedRowsTest {
  private static final Mapping MAPPING = mapping();

  private static Mapping mapping() {
    try {
      return Saves.mapping();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A copy of rows with one cell replaced. */
  private static SaveRows with(SaveRows rows, String tableName, int row, String column, Object cell)
      throws LimitException {
    return with(MAPPING, rows, tableName, row, column, cell);
  }

  private static SaveRows with(
      Mapping mapping, SaveRows rows, String tableName, int row, String column, Object cell)
      throws LimitException {
    SaveRows copy = new SaveRows(mapping, rows.saveId(), Memory.beside(0, Limits.defaults()));
    for (TableRows table : rows.tables()) {
      TableRows to = copy.table(table.table().number());
      for (int r = 0; r < table.size(); r++) {
        for (int c = 0; c < table.table().stored().size(); c++) {
          boolean changed =
              table.table().name().equals(tableName)
                  && r == row
                  && table.table().stored().get(c).name().equals(column);
          copy(table.column(c), r, to.column(c), changed ? cell : table);
        }
        to.endRow(table.ordinal(r));
      }
    }
    return copy;
  }

  private static void copy(ColumnData from, int row, ColumnData to, Object cell) {
    if (cell instanceof String text) {
      if (text.equals("NULL")) {
        to.addNull();
      } else {
        to.add(text.getBytes(StandardCharsets.UTF_8));
      }
    } else if (cell instanceof Long number) {
      to.add(number);
    } else if (from.isNull(row)) {
      to.addNull();
    } else if (from.isWide()) {
      to.add(from.pool(), from.start(row), from.end(row) - from.start(row));
    } else {
      to.add(from.number(row));
    }
  }

  private static Object cell(SaveRows rows, String table, int row, String column) {
    TableRows of =
        rows.tables().stream()
            .filter(t -> t.table().name().equals(table))
            .findFirst()
            .orElseThrow();
    return of.column(of.table().columnNumber(column)).value(row);
  }

  /**
   * Joins the changed rows, writes and decodes the pickle, and splits that: the rows are as
   * changed.
   */
  private static void check(String save, String table, int row, String column, Object cell)
      throws Exception {
    SplitSave split =
        SaveSplitter.split(MAPPING, Saves.decode(Saves.pickle(save)), 1, Limits.defaults());
    SaveRows changed = with(split.rows(), table, row, column, cell);
    assertThat(cell(changed, table, row, column))
        .isNotEqualTo(cell(split.rows(), table, row, column));
    SaveGraph joined = SaveJoiner.join(MAPPING, split.residue(), changed, Limits.defaults());
    SaveGraph again = Saves.decode(Saves.encode(joined));
    // Another reference changes the order in which a pickle meets its objects, and so their
    // ordinals.
    boolean sameOrder = changed.tables().stream().noneMatch(t -> isReference(t, table, column));
    SaveRows rows =
        SaveSplitter.split(MAPPING, sameOrder ? again : joined, 1, Limits.defaults()).rows();
    for (TableRows expected : changed.tables()) {
      TableRows actual = rows.table(expected.table().number());
      assertThat(actual.size()).isEqualTo(expected.size());
      for (int c = 0; c < expected.table().stored().size(); c++) {
        for (int r = 0; r < expected.size(); r++) {
          assertThat(actual.column(c).value(r))
              .as(
                  "%s.%s of row %d",
                  expected.table().name(), expected.table().stored().get(c).name(), r)
              .isEqualTo(expected.column(c).value(r));
        }
      }
    }
  }

  private static boolean isReference(TableRows rows, String table, String column) {
    StoredColumn stored = rows.table().column(column);
    return rows.table().name().equals(table)
        && stored != null
        && stored.role() == StoredColumn.Role.REFERENCE;
  }

  @ParameterizedTest
  @CsvSource({
    // save, table, row, column, value
    "0017, person, 0, firstname, Zo\u00e9",
    "0017, person, 3, status, a new state",
    "0017, person, 2, bio, NULL",
    "0017, message, 5, message, hello",
    "0001, person, 0, firstname, It's \"new\"",
    "0002, person, 0, lastname, ''",
    "0017, player, 0, savings, 12345.60",
    "0017, player, 0, savings, NULL",
  })
  void textAndDecimals(String save, String table, int row, String column, String value)
      throws Exception {
    check(save, table, row, column, value);
  }

  @ParameterizedTest
  @CsvSource({
    "0017, person, 0, age_years, 7",
    "0017, person, 0, age_years, -30000",
    "0017, person, 1, age_days, 2000000000",
    "0017, message, 2, is_read, 0",
    "0017, message, 2, is_read, 1",
    "0017, player, 0, last_update, 1700000000123456",
    "0017, person, 4, birthday, 11017",
    "0017, player, 0, own_person, 3",
    "0017, relationship, 2, person, 0",
    "0008, person, 0, age_years, 300",
    "0001, person, 0, age_days, 70000",
  })
  void numbersTimesAndReferences(String save, String table, int row, String column, long value)
      throws Exception {
    Object old =
        cell(
            SaveSplitter.split(MAPPING, Saves.decode(Saves.pickle(save)), 1, Limits.defaults())
                .rows(),
            table,
            row,
            column);
    if (!Long.valueOf(value).equals(old)) {
      check(save, table, row, column, value);
    } else {
      assertThat(column).isEqualTo("is_read");
    }
  }

  @Test
  void nullsInReferencesAndTimes() throws Exception {
    check("0017", "player", 0, "last_update", "NULL");
    check("0017", "relationship", 1, "person", "NULL");
    check("0017", "person", 0, "age_years", "NULL");
  }

  @Test
  void aReferenceToARowThatIsNotThereNamesThePath() throws Exception {
    SplitSave split =
        SaveSplitter.split(MAPPING, Saves.decode(Saves.pickle("0017")), 1, Limits.defaults());
    SaveRows changed = with(split.rows(), "relationship", 2, "person", 100_000L);
    assertThatThrownBy(() -> SaveJoiner.join(MAPPING, split.residue(), changed, Limits.defaults()))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("refers to row 100000 of table person, which is not there")
        .hasMessageMatching("r\\[.*person: .*");
  }

  /** Of two equal keys Python keeps one, and the other's value would be lost. */
  @Test
  void aKeyThatIsNowEqualToAnotherNamesTheDict() throws Exception {
    SplitSave split =
        SaveSplitter.split(MAPPING, Saves.decode(Saves.pickle("0017")), 1, Limits.defaults());
    String first = cell(split.rows(), "stat", 0, "name").toString();
    SaveRows changed = with(split.rows(), "stat", 1, "name", first);
    assertThatThrownBy(() -> SaveJoiner.join(MAPPING, split.residue(), changed, Limits.defaults()))
        .isInstanceOf(JoinException.class)
        .hasMessage(
            "stats: rows 0 and 1 of table stat both have '"
                + first
                + "' in name, and Python keeps one of two that are equal: change or delete one");
  }

  /** A set's None that becomes a number takes another way into the save than a changed number. */
  @Test
  void aMemberThatIsNowEqualToAnotherNamesTheSet() throws Exception {
    Mapping mapping =
        Mapping.parse(
            "mapping.yaml",
            """
            version: 1
            tables:
              save: {root: true}
              number:
                each: save.numbers
                columns:
                  number: {path: ".", type: INT}
            """);
    // {"numbers": {1, 2, None}}, protocol 4.
    SaveGraph graph = Saves.decodeHex("80047d8c076e756d626572738f284b014b024e90732e");
    SplitSave split = SaveSplitter.split(mapping, graph, 1, Limits.defaults());
    for (int row : new int[] {1, 2}) {
      SaveRows changed = with(mapping, split.rows(), "number", row, "number", 1L);
      assertThatThrownBy(
              () -> SaveJoiner.join(mapping, split.residue(), changed, Limits.defaults()))
          .isInstanceOf(JoinException.class)
          .hasMessageStartingWith(
              "numbers: rows 0 and " + row + " of table number both have 1 in number, and Python");
    }
  }

  @Test
  void aFieldOfAStateThatIsNoDictIsChangedAndNoneIsAdded() throws Exception {
    Mapping mapping =
        Mapping.parse(
            "mapping.yaml",
            """
            version: 1
            tables:
              object:
                class: m.C
                columns:
                  first: {path: "$state[0]", type: INT}
                  state: {path: "$state", type: INT}
            """);
    // [C with the state (5,), C with the state {"a": 1}], protocol 2.
    SaveGraph graph =
        Saves.decodeHex("80025d28636d0a430a29814b058562636d0a430a29817d5801000000614b017362652e");
    SplitSave split = SaveSplitter.split(mapping, graph, 1, Limits.defaults());
    assertThat(cell(split.rows(), "object", 0, "first")).isEqualTo(5L);
    SaveRows changed = with(mapping, split.rows(), "object", 0, "first", 7L);
    SaveGraph joined = SaveJoiner.join(mapping, split.residue(), changed, Limits.defaults());
    assertThat(
            cell(
                SaveSplitter.split(mapping, joined, 1, Limits.defaults()).rows(),
                "object",
                0,
                "first"))
        .isEqualTo(7L);

    SaveRows added = with(mapping, split.rows(), "object", 1, "state", 7L);
    assertThatThrownBy(() -> SaveJoiner.join(mapping, split.residue(), added, Limits.defaults()))
        .isInstanceOf(JoinException.class)
        .hasMessage(
            "[1].$state: is not there in the save and cannot be added: set the cell to" + " NULL");
  }
}
