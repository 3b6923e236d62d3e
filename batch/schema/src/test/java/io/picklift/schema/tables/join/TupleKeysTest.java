package io.picklift.schema.tables.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.Limits;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.testing.EditableRows;
import io.picklift.schema.testing.Saves;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dicts whose keys are tuples, of which columns show the parts. */
class TupleKeysTest {
  private static final String MAPPING =
      """
      version: 1
      tables:
        save: {root: true}
        stock:
          each: save.stock
          key: {column: name, type: KEY}
          columns: {value: {path: ".", type: INT}}
        price:
          each: save.prices
          columns:
            grade: {path: "$key[0]", type: INT}
            name: {path: "$key[1]", type: KEY}
            value: {path: ".", type: INT}
      """;

  /** {@code {'stock': {Crop.RYE: 1, Crop.CORN: 2}, 'prices': {(1, 'rye'): 10, (1, 'oat'): 20}}}. */
  private static final String TEXTS =
      "8004955a000000000000007d94288c0573746f636b947d94288c016d948c0443726f709493948c037279659485945294"
          + "4b0168058c04636f726e94859452944b02758c06707269636573947d94284b01680686944b0a4b018c036f6174"
          + "9486944b1475752e";

  /** The same with the dates 2024-05-01 and 2024-06-01 as keys. */
  private static final String DATES =
      "80049559000000000000007d94288c0573746f636b947d948c086461746574696d65948c0464617465949394430407e8"
          + "050194859452944b01738c06707269636573947d94284b01680886944b0a4b016805430407e806019485945294"
          + "86944b1475752e";

  private Mapping mapping;
  private SplitSave split;
  private EditableRows rows;

  @BeforeEach
  void texts() throws Exception {
    use(TEXTS, "VARCHAR(20)");
  }

  private void use(String pickle, String type) throws Exception {
    mapping = Mapping.parse("mapping.yaml", MAPPING.replace("KEY", type));
    split = SaveSplitter.split(mapping, Saves.decodeHex(pickle), 1, Limits.defaults());
    rows = new EditableRows(mapping, split.rows());
  }

  /** What a split of the written pickle has: the rows as the next reader sees them. */
  private EditableRows again() throws Exception {
    byte[] pickle =
        Saves.encode(SaveJoiner.join(mapping, split.residue(), rows.rows(), Limits.defaults()));
    return new EditableRows(
        mapping, SaveSplitter.split(mapping, Saves.decode(pickle), 1, Limits.defaults()).rows());
  }

  private static List<String> shown(EditableRows rows, String table) {
    return rows.table(table).stream()
        .map(
            row ->
                (table.equals("price") ? row.cells.get("grade") + " " : "")
                    + text(row.cells.get("name"))
                    + " "
                    + row.cells.get("value"))
        .toList();
  }

  private static String text(@Nullable Object cell) {
    return cell instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : LocalDate.ofEpochDay((Long) Objects.requireNonNull(cell)).toString();
  }

  /** The text that the key of one dict is made of is a part of a key of the other. */
  @Test
  void aKeyBecomesOneThatIsPartOfAnUntouchedKeyElsewhere() throws Exception {
    rows.set("stock", 0, "name", "oat");
    EditableRows again = again();
    assertThat(shown(again, "stock")).containsExactly("oat 1", "corn 2");
    assertThat(shown(again, "price")).containsExactly("1 rye 10", "1 oat 20");
  }

  @Test
  void theSameBesideANewRow() throws Exception {
    rows.set("stock", 0, "name", "oat");
    rows.insert("stock", 2, Map.of("save_ordinal", 0, "position", 9, "name", "rye", "value", 3));
    EditableRows again = again();
    assertThat(shown(again, "stock")).containsExactly("oat 1", "corn 2", "rye 3");
    assertThat(shown(again, "price")).containsExactly("1 rye 10", "1 oat 20");
  }

  @Test
  void theSameOfDates() throws Exception {
    use(DATES, "DATE");
    rows.set("stock", 0, "name", LocalDate.of(2024, 6, 1).toEpochDay());
    EditableRows again = again();
    assertThat(shown(again, "stock")).containsExactly("2024-06-01 1");
    assertThat(shown(again, "price")).containsExactly("1 2024-05-01 10", "1 2024-06-01 20");
  }

  @Test
  void keysThatAreEqualNowAreAnError() {
    rows.set("price", 1, "name", "rye");
    assertThatThrownBy(this::again)
        .isInstanceOf(JoinException.class)
        .hasMessageStartingWith(
            "prices: rows 0 and 1 of table price both have 1 in grade, 'rye' in name, and Python");
  }

  @Test
  void aNewRowHasAKeyOfItsColumns() throws Exception {
    rows.insert(
        "price",
        2,
        Map.of("save_ordinal", 0, "position", 0, "grade", 2, "name", "hay", "value", 30));
    assertThat(shown(again(), "price")).containsExactly("1 rye 10", "2 hay 30", "1 oat 20");
  }

  @Test
  void aNewRowWithoutAKeyIsNamed() {
    rows.insert("price", 2, Map.of("save_ordinal", 0, "position", 0, "value", 30));
    assertThatThrownBy(this::again)
        .isInstanceOf(JoinException.class)
        .hasMessage(
            "prices: row 2 of table price is new and has no key: all columns of it are NULL");
  }

  /** Keys of a class, such as members of an enum: equal ones are told by their values. */
  @Test
  void keysOfAClassThatAreEqualNowAreAnError() throws Exception {
    rows.set("stock", 1, "name", "rye");
    assertThatThrownBy(this::checked)
        .isInstanceOf(JoinException.class)
        .hasMessageStartingWith("stock: has two keys that are equal, rye, of which Python keeps");
    rows.set("stock", 1, "name", "corn");
    rows.insert("stock", 2, Map.of("save_ordinal", 0, "position", 9, "name", "corn", "value", 3));
    assertThatThrownBy(this::checked).hasMessageContaining("two keys that are equal, corn");
    rows.set("stock", 2, "name", "rice");
    checked();
  }

  private void checked() throws Exception {
    SaveJoiner.checkLoadable(
        mapping,
        Meaning.of(
            SaveJoiner.join(mapping, split.residue(), rows.rows(), Limits.defaults()),
            Limits.defaults()));
  }
}
