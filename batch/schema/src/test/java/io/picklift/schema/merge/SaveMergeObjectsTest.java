package io.picklift.schema.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.diff.GraphDiff;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.testing.EditableRows;
import io.picklift.schema.testing.PythonValues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects that may be taken for each other, and members that go from one container to another. */
class SaveMergeObjectsTest {
  private static final Merging.Edit NOTHING = rows -> {};
  private static final String UNCLEAR = "not to be told from others in the source";
  private static final List<String> ATTRIBUTES = List.of("hp", "mp", "luck", "wit");
  private static final int ROUNDS = 150;
  private static final String MAPPING =
      """
      version: 1
      tables:
        save:
          root: true
          columns:
            hp: {references: stat}
            mp: {references: stat}
            luck: {references: stat}
            wit: {references: stat}
        stat:
          class: game.Stat
          on_missing: "null"
          columns: {value: INT, note: VARCHAR(50)}
        party: {each: save.party, columns: {stat: {path: ".", references: stat}}}
        item: {each: save.items, columns: {amount: INT, note: VARCHAR(50)}}
        box: {each: save.boxes, key: {column: k, type: VARCHAR(50)}, columns: {}}
        thing: {each: box.things, columns: {amount: INT, note: VARCHAR(50)}}
      """;

  static List<PythonValues> saves() {
    return PythonValues.of("merge_objects.tsv");
  }

  private static Merging save() throws Exception {
    return new Merging(saves().get(saves().size() - 1).pickle(), MAPPING);
  }

  /** The ordinal of the object that an attribute shows. */
  private static int stat(Merging of, String attribute) {
    return Math.toIntExact(number(of.rows().row("save", 0), attribute));
  }

  private static long number(EditableRows.Row row, String column) {
    return (Long) Objects.requireNonNull(row.cells.get(column));
  }

  private static Merging.Edit set(
      String table, int ordinal, String column, @Nullable Object value) {
    return rows -> rows.set(table, ordinal, column, value);
  }

  private static Merging.Edit delete(String table, int ordinal) {
    return rows -> rows.delete(table, ordinal);
  }

  private static Merging.Edit both(Merging.Edit... edits) {
    return rows -> {
      for (Merging.Edit edit : edits) {
        edit.run(rows);
      }
    };
  }

  private static List<String> told(SaveMerge.Result result) {
    assertThat(result.rows()).isNull();
    assertThat(result.conflicts()).isNotEmpty();
    return result.conflicts().stream().map(MergeConflict::toString).toList();
  }

  /** Merged, the save is as if both sides had edited the same rows. */
  private static void merged(Merging of, Merging.Edit inSource, Merging.Edit inTarget)
      throws Exception {
    SaveMerge.Result result = of.merge(inSource, inTarget);
    assertThat(result.conflicts()).isEmpty();
    same(of, result, inSource, inTarget);
  }

  private static void same(
      Merging of, SaveMerge.Result result, Merging.Edit inSource, Merging.Edit inTarget)
      throws Exception {
    SaveRows rows = Objects.requireNonNull(result.rows());
    assertThat(
            GraphDiff.compare(
                of.joined(inSource, rows), of.edited(inSource, inTarget), 50, Limits.defaults()))
        .isEmpty();
  }

  @Test
  void anObjectIsNotTakenForOneThatHoldsWhatItHeld() throws Exception {
    Merging of = save();
    int hp = stat(of, "hp");
    int mp = stat(of, "mp");
    Merging.Edit up = both(set("stat", hp, "value", 20), set("stat", mp, "value", 30));
    Merging.Edit edit = set("stat", mp, "value", 25);
    assertThat(told(of.merge(up, edit))).allMatch(text -> text.contains(UNCLEAR));
    assertThat(told(of.mergeByContent(up, edit))).isNotEmpty();
    assertThat(told(of.mergeByContent(edit, up))).isNotEmpty();
    assertThat(told(of.merge(up, set("stat", hp, "note", "edited")))).isNotEmpty();
    // What has nothing to do with them is merged.
    merged(of, up, set("stat", stat(of, "luck"), "note", "edited"));
    // One that holds what none held is the one that the same refers to.
    merged(of, set("stat", hp, "value", 11), set("stat", hp, "note", "edited"));
    merged(of, set("stat", hp, "value", 11), edit);
  }

  @Test
  void objectsThatChangedPlacesAreNotMistakenForEachOther() throws Exception {
    Merging of = save();
    int hp = stat(of, "hp");
    int mp = stat(of, "mp");
    Merging.Edit swap = both(set("save", 0, "hp", mp), set("save", 0, "mp", hp));
    Merging.Edit values = both(set("stat", hp, "value", 20), set("stat", mp, "value", 10));
    for (Merging.Edit inSource : List.of(swap, values)) {
      assertThat(told(of.merge(inSource, set("stat", mp, "value", 25))))
          .allMatch(text -> text.contains(UNCLEAR));
      merged(of, inSource, NOTHING);
    }
  }

  @Test
  void membersThatMayHaveChangedOrMovedAreNotMistakenForEachOther() throws Exception {
    Merging of = save();
    Merging.Edit up = both(set("item", 0, "amount", 6), set("item", 1, "amount", 8));
    assertThat(told(of.merge(up, set("item", 1, "amount", 9))))
        .containsExactly(
            "items[1].amount is not to be told from others in the source and 9 in the target");
    merged(of, up, set("item", 2, "note", "edited"));
    merged(of, set("item", 0, "amount", 8), set("item", 0, "note", "edited"));
    Merging.Edit more =
        rows ->
            rows.insert("item", 500, Map.of("save_ordinal", 0, "amount", 6, "note", "n"))
                .cells
                .put("position", 500L);
    assertThat(told(of.merge(up, more)))
        .containsExactly(
            "items is not to be told from others in the source and in another order in the target");
    // One of two equal ones went: it may be either.
    assertThat(told(of.merge(delete("item", 2), set("item", 3, "note", "edited"))))
        .containsExactly(
            "items[3].note is not to be told from others in the source and 'edited' in the target");
    merged(of, delete("item", 0), set("item", 1, "note", "edited"));

    int first = Math.toIntExact(number(of.rows().row("party", 0), "stat"));
    int second = Math.toIntExact(number(of.rows().row("party", 1), "stat"));
    Merging.Edit party = both(set("stat", first, "value", 6), set("stat", second, "value", 7));
    assertThat(told(of.merge(party, set("stat", second, "value", 8))))
        .allMatch(text -> text.contains(UNCLEAR));
    merged(of, set("stat", first, "value", 77), set("stat", second, "value", 88));
  }

  @Test
  void aMemberThatWentToAnotherContainerIsNeitherLostNorThereTwice() throws Exception {
    Merging of = save();
    Merging.Edit move = set("thing", 0, "box_ordinal", 1);
    Merging.Edit elsewhere = set("thing", 0, "box_ordinal", 2);
    Merging.Edit gone = delete("thing", 0);
    String path = "boxes.a.things[0] is ";
    assertThat(told(of.merge(move, gone)))
        .containsExactly(path + "in another container in the source and deleted in the target");
    assertThat(told(of.merge(gone, move)))
        .containsExactly(path + "gone in the source and in another container in the target");
    assertThat(told(of.merge(move, elsewhere)))
        .containsExactly(
            path + "in another container in the source and in another container in the target");
    assertThat(told(of.mergeByContent(move, elsewhere))).isNotEmpty();
    assertThat(told(of.mergeByContent(gone, move))).isNotEmpty();
    assertThat(told(of.mergeByContent(move, gone))).isNotEmpty();
    merged(of, move, set("thing", 1, "note", "edited"));
    merged(of, set("thing", 1, "note", "edited"), move);
    merged(of, gone, set("thing", 2, "note", "edited"));
  }

  @Test
  void aReferenceThatTheSourceMadeToWhatTheTargetDeletedIsAConflict() throws Exception {
    Merging of = save();
    int mp = stat(of, "mp");
    Merging.Edit deleted = both(set("save", 0, "mp", null), delete("stat", mp));
    Merging.Edit another = rows -> rows.insert("party", 500, Map.of("save_ordinal", 0, "stat", mp));
    Merging.Edit inSource =
        both(another, rows -> rows.row("party", 500).cells.put("position", 500L));
    assertThat(told(of.merge(inSource, deleted)))
        .anyMatch(text -> text.contains("without this object, which was deleted"));
    merged(of, NOTHING, deleted);
  }

  /** Numbers that many hold, in objects that attributes show: none gets another's edits. */
  @ParameterizedTest
  @MethodSource("saves")
  void editsByChanceAreMergedRightOrNotAtAll(PythonValues save) throws Exception {
    Merging of = new Merging(save.pickle(), MAPPING);
    int merged = 0;
    int conflicts = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(41L * save.toString().hashCode() + round);
      List<Merging.Edit> source = new ArrayList<>();
      List<Merging.Edit> target = new ArrayList<>();
      Set<Integer> moved = new HashSet<>();
      if (random.nextInt(3) == 0) {
        int from = random.nextInt(4);
        int to = (from + 1 + random.nextInt(3)) % 4;
        source.add(set("save", 0, ATTRIBUTES.get(from), stat(of, ATTRIBUTES.get(to))));
        source.add(set("save", 0, ATTRIBUTES.get(to), stat(of, ATTRIBUTES.get(from))));
        moved.add(from);
        moved.add(to);
      }
      for (int i = 0; i < ATTRIBUTES.size(); i++) {
        int row = stat(of, ATTRIBUTES.get(i));
        int value = List.of(1, 2, 10, 20, 30, 1000 + i).get(random.nextInt(6));
        switch (moved.contains(i) ? 3 : random.nextInt(4)) {
          case 0 -> source.add(set("stat", row, "value", value));
          case 1 -> source.add(set("stat", row, "note", "source"));
          default -> {}
        }
        if (random.nextInt(3) == 0) {
          target.add(set("stat", row, "note", "target " + i));
        }
      }
      Merging.Edit inSource = both(source.toArray(Merging.Edit[]::new));
      Merging.Edit inTarget = both(target.toArray(Merging.Edit[]::new));
      SaveMerge.Result result =
          round % 2 == 0 ? of.merge(inSource, inTarget) : of.mergeByContent(inSource, inTarget);
      if (result.rows() == null) {
        conflicts++;
      } else {
        merged++;
        same(of, result, inSource, inTarget);
      }
    }
    assertThat(merged).isGreaterThan(ROUNDS / 5);
    assertThat(conflicts).isGreaterThan(ROUNDS / 20);
  }
}
