package io.picklift.schema.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.testing.EditableRows;
import io.picklift.schema.testing.PythonValues;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is the same on both sides, what is taken from which, and what is a conflict. */
class SaveMergeTest {
  private static final Merging.Edit NOTHING = rows -> {};

  /** A save that has some of everything. */
  private static Merging save(String yaml) throws Exception {
    for (PythonValues value : Merging.saves()) {
      Merging of = new Merging(value.pickle(), Merging.MAPPING);
      EditableRows rows = of.rows();
      boolean hasAll =
          List.of("score", "tag", "seen", "item").stream()
                  .allMatch(table -> rows.table(table).size() >= 3)
              && !rows.table("line").isEmpty();
      if (hasAll) {
        return new Merging(value.pickle(), yaml);
      }
    }
    throw new IllegalStateException("no save has some of everything");
  }

  private static Merging save() throws Exception {
    return save(Merging.MAPPING);
  }

  private static EditableRows merged(Merging of, Merging.Edit inSource, Merging.Edit inTarget)
      throws Exception {
    SaveMerge.Result result = of.merge(inSource, inTarget);
    assertThat(result.conflicts()).isEmpty();
    SaveRows rows = Objects.requireNonNull(result.rows());
    // They make a save, and are all that it is.
    return new EditableRows(
        of.mapping,
        SaveSplitter.split(of.mapping, of.joined(inSource, rows), 1, Limits.defaults()).rows());
  }

  private static List<String> conflicts(Merging of, Merging.Edit inSource, Merging.Edit inTarget)
      throws Exception {
    SaveMerge.Result result = of.merge(inSource, inTarget);
    assertThat(result.rows()).isNull();
    return result.conflicts().stream().map(MergeConflict::toString).toList();
  }

  private static List<String> values(EditableRows rows, String table, String column) {
    return rows.table(table).stream().map(row -> text(row.cells.get(column))).toList();
  }

  private static String text(@Nullable Object cell) {
    return cell instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(cell);
  }

  private static Merging.Edit set(String table, int ordinal, String column, Object value) {
    return rows -> rows.set(table, ordinal, column, value);
  }

  private static Merging.Edit delete(String table, int ordinal) {
    return rows -> rows.delete(table, ordinal);
  }

  private static Merging.Edit add(String table, Map<String, ?> cells) {
    return rows -> rows.insert(table, 500, cells).cells.put("position", 500L);
  }

  private static Merging.Edit both(Merging.Edit... edits) {
    return rows -> {
      for (Merging.Edit edit : edits) {
        edit.run(rows);
      }
    };
  }

  @Test
  void anAttributeIsTakenFromTheSideThatChangedIt() throws Exception {
    Merging of = save();
    assertThat(values(merged(of, set("save", 0, "name", "s"), NOTHING), "save", "name"))
        .containsExactly("s");
    assertThat(values(merged(of, NOTHING, set("save", 0, "name", "t")), "save", "name"))
        .containsExactly("t");
    assertThat(
            values(
                merged(of, set("save", 0, "name", "b"), set("save", 0, "name", "b")),
                "save",
                "name"))
        .containsExactly("b");
    assertThat(conflicts(of, set("save", 0, "name", "s"), set("save", 0, "name", "t")))
        .containsExactly("name is 's' in the source and 't' in the target");
  }

  @Test
  void aDictsMemberIsFoundByItsKey() throws Exception {
    Merging of = save();
    Merging.Edit gone = delete("tag", 0);
    EditableRows rows = merged(of, gone, set("tag", 2, "value", 77));
    assertThat(rows.table("tag")).hasSize(of.rows().table("tag").size() - 1);
    assertThat(values(rows, "tag", "value").get(1)).isEqualTo("77");
    assertThat(conflicts(of, gone, set("tag", 0, "value", 77)))
        .hasSize(1)
        .allMatch(text -> text.endsWith(" is gone in the source and 77 in the target"));
    assertThat(conflicts(of, set("tag", 0, "value", 77), gone))
        .hasSize(1)
        .allMatch(text -> text.endsWith(" is 77 in the source and deleted in the target"));
    assertThat(merged(of, gone, gone).table("tag")).hasSize(of.rows().table("tag").size() - 1);
  }

  @Test
  void newMembersOfADictAreTheSameByTheirKey() throws Exception {
    Merging of = save();
    int size = of.rows().table("tag").size();
    Merging.Edit one = add("tag", Map.of("save_ordinal", 0, "k", "one", "value", 1));
    Merging.Edit two = add("tag", Map.of("save_ordinal", 0, "k", "two", "value", 2));
    Merging.Edit other = add("tag", Map.of("save_ordinal", 0, "k", "one", "value", 3));
    assertThat(values(merged(of, one, two), "tag", "k")).hasSize(size + 2).contains("one", "two");
    assertThat(merged(of, one, one).table("tag")).hasSize(size + 1);
    assertThat(conflicts(of, one, other))
        .containsExactly("tags.one is 1 in the source and 3 in the target");
  }

  @Test
  void aListsMembersAreFoundByTheirPlace() throws Exception {
    Merging of = save();
    int size = of.rows().table("score").size();
    Merging.Edit more = add("score", Map.of("save_ordinal", 0, "value", 987_654));
    EditableRows rows = merged(of, more, set("score", 0, "value", 123_456));
    assertThat(values(rows, "score", "value"))
        .hasSize(size + 1)
        .startsWith("123456")
        .endsWith("987654");
    assertThat(conflicts(of, set("score", 1, "value", 5_555), set("score", 1, "value", 6_666)))
        .containsExactly("scores[1] is 5555 in the source and 6666 in the target");
    assertThat(merged(of, more, more).table("score")).hasSize(size + 1);
    assertThat(conflicts(of, more, add("score", Map.of("save_ordinal", 0, "value", 111_111))))
        .containsExactly("scores[" + size + "] is 987654 in the source and 111111 in the target");
  }

  /** The member that moved up because another went is still the same. */
  @Test
  void aMemberIsNotTakenForTheOneThatCameIntoItsPlace() throws Exception {
    Merging of = save();
    int size = of.rows().table("item").size();
    EditableRows rows = merged(of, delete("item", 0), set("item", 1, "name", "edited"));
    assertThat(values(rows, "item", "name")).hasSize(size - 1).startsWith("edited");
    assertThat(conflicts(of, delete("item", 0), set("item", 0, "name", "edited")))
        .containsExactly("items[0].name is gone in the source and 'edited' in the target");
    // One went and its neighbour changed: nobody knows which is which.
    assertThat(
            conflicts(
                of,
                both(delete("item", 0), set("item", 1, "name", "changed")),
                set("item", 1, "note", "edited")))
        .containsExactly(
            "items[1].note is not to be told from others in the source and 'edited' in the target");
  }

  @Test
  void aListsMembersAreFoundByTheirUniqueColumn() throws Exception {
    Merging of =
        save(
            Merging.MAPPING.replace(
                "columns: {name: VARCHAR(50), price: DOUBLE, note: VARCHAR(50)}",
                "columns: {name: VARCHAR(50), price: DOUBLE, note: VARCHAR(50)}\n"
                    + "    indexes: [{columns: [save_id, save_ordinal, name], unique: true}]"));
    String first = values(of.rows(), "item", "name").get(0);
    Merging.Edit one = add("item", Map.of("save_ordinal", 0, "name", "one", "price", 1.5));
    Merging.Edit two = add("item", Map.of("save_ordinal", 0, "name", "two", "price", 1.5));
    EditableRows rows =
        merged(
            of,
            both(one, set("item", 0, "position", 900), set("item", 0, "price", 8.5)),
            both(two, set("item", 0, "note", "edited")));
    assertThat(values(rows, "item", "name")).endsWith(first).contains("one", "two");
    int last = rows.table("item").size() - 1;
    assertThat(values(rows, "item", "note").get(last)).isEqualTo("edited");
    assertThat(
            conflicts(of, one, add("item", Map.of("save_ordinal", 0, "name", "one", "price", 2.5))))
        .hasSize(1)
        .allMatch(text -> text.endsWith(".price is 1.5 in the source and 2.5 in the target"));
  }

  @Test
  void aSetsMembersAreFoundByTheirValue() throws Exception {
    Merging of = save();
    List<String> before = values(of.rows(), "seen", "value");
    Merging.Edit inSource =
        both(delete("seen", 0), add("seen", Map.of("save_ordinal", 0, "value", 4_001)));
    Merging.Edit inTarget =
        both(delete("seen", 1), add("seen", Map.of("save_ordinal", 0, "value", 4_002)));
    List<String> after = values(merged(of, inSource, inTarget), "seen", "value");
    assertThat(after)
        .hasSize(before.size())
        .contains("4001", "4002")
        .containsAll(before.subList(2, before.size()))
        .doesNotContain(before.get(0), before.get(1));
    Merging.Edit same = add("seen", Map.of("save_ordinal", 0, "value", 4_003));
    assertThat(values(merged(of, same, same), "seen", "value"))
        .hasSize(before.size() + 1)
        .contains("4003");
  }

  @Test
  void whatIsAddedToSomethingThatTheOtherSideDeletedIsAConflict() throws Exception {
    Merging of = save();
    long owner =
        (Long) Objects.requireNonNull(of.rows().row("line", 0).cells.get("orders_ordinal"));
    Merging.Edit all =
        rows -> {
          rows.table("line")
              .removeIf(row -> Objects.equals(row.cells.get("orders_ordinal"), owner));
          rows.delete("orders", (int) owner);
        };
    Merging.Edit more = add("line", Map.of("orders_ordinal", (int) owner, "value", "more"));
    assertThat(conflicts(of, more, all)).isNotEmpty();
    assertThat(conflicts(of, all, more)).isNotEmpty();
    assertThat(merged(of, all, all).table("orders")).hasSize(of.rows().table("orders").size() - 1);
  }

  @Test
  void oneSideMayMoveMembersAndTheOtherChangeThem() throws Exception {
    Merging of = save();
    List<String> before = values(of.rows(), "item", "name");
    Merging.Edit toTheEnd = set("item", 0, "position", 900);
    EditableRows rows = merged(of, set("item", 1, "name", "edited"), toTheEnd);
    assertThat(values(rows, "item", "name")).startsWith("edited").endsWith(before.get(0));
    rows = merged(of, toTheEnd, set("item", 1, "name", "edited"));
    assertThat(values(rows, "item", "name")).startsWith("edited").endsWith(before.get(0));
    assertThat(conflicts(of, toTheEnd, set("item", 1, "position", 900)))
        .containsExactly("items is in one order in the source and in another in the target");
  }

  @Test
  void withoutOrdinalsTheRowsAreFoundAsTheSourcesAre() throws Exception {
    Merging of = save();
    Merging.Edit inSource = set("tag", 0, "value", 71);
    Merging.Edit inTarget = both(delete("tag", 1), set("item", 0, "name", "edited"));
    SaveMerge.Result result = of.mergeByContent(inSource, inTarget);
    assertThat(result.conflicts()).isEmpty();
    EditableRows rows = new EditableRows(of.mapping, Objects.requireNonNull(result.rows()));
    assertThat(values(rows, "tag", "value"))
        .hasSize(of.rows().table("tag").size() - 1)
        .startsWith("71");
    assertThat(values(rows, "item", "name")).startsWith("edited");
    assertThat(of.mergeByContent(inSource, set("tag", 0, "value", 72)).conflicts()).hasSize(1);
  }
}
