package io.picklift.schema.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.diff.Difference;
import io.picklift.codec.diff.GraphDiff;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.testing.EditableRows;
import io.picklift.schema.testing.PythonValues;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Edits by chance that do not touch the same: merged, the save is as if both had been made. */
class MergePropertyTest {
  private static final int ROUNDS = 6;
  private static final Map<String, List<String>> CELLS =
      Map.of(
          "save", List.of("name"),
          "score", List.of("value"),
          "tag", List.of("value"),
          "item", List.of("name", "price", "note"),
          "point", List.of("x", "y"),
          "orders", List.of("number"),
          "line", List.of("value"));

  static List<PythonValues> saves() {
    return Merging.saves();
  }

  private static void same(
      Merging of, Merging.Edit inSource, Merging.Edit inTarget, boolean isByContent)
      throws Exception {
    SaveMerge.Result result =
        isByContent ? of.mergeByContent(inSource, inTarget) : of.merge(inSource, inTarget);
    assertThat(result.conflicts()).isEmpty();
    SaveRows rows = Objects.requireNonNull(result.rows());
    SaveGraph merged = of.joined(inSource, rows);
    List<Difference> all =
        GraphDiff.compare(merged, of.edited(inSource, inTarget), 50, Limits.defaults());
    // A set is written in the order of its rows, and read in any.
    assertThat(all).allMatch(difference -> difference.path().startsWith("seen["));
    assertThat(all.stream().map(Difference::left).sorted().toList())
        .isEqualTo(all.stream().map(Difference::right).sorted().toList());
  }

  /** The edits that were made in Python, too: members deleted, inserted and moved. */
  @ParameterizedTest
  @MethodSource("saves")
  void eachSideEditsOtherContainers(PythonValues save) throws Exception {
    Merging of = new Merging(save.pickle(), Merging.MAPPING);
    byte[] json = save.says().get(1).getBytes(StandardCharsets.UTF_8);
    List<?> edits = (List<?>) JsonReader.parse(json, 0, json.length);
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(31L * save.name().hashCode() + round);
      Set<String> inSource = new HashSet<>();
      for (String table :
          List.of("save", "score", "tag", "seen", "recent", "home", "item", "point", "orders")) {
        if (random.nextBoolean()) {
          inSource.add(table);
        }
      }
      List<Object> source = new ArrayList<>();
      List<Object> target = new ArrayList<>();
      for (Object edit : edits) {
        String table = String.valueOf(((List<?>) edit).get(1));
        String room = table.equals("line") ? "orders" : table;
        (inSource.contains(room) ? source : target).add(edit);
      }
      same(of, rows -> run(source, rows), rows -> run(target, rows), false);
    }
  }

  private static void run(List<?> edits, EditableRows rows) {
    for (Object edit : edits) {
      List<?> parts = (List<?>) edit;
      String table = (String) parts.get(1);
      int ordinal = ((Long) parts.get(2)).intValue();
      switch ((String) parts.get(0)) {
        case "delete" -> rows.delete(table, ordinal);
        case "set" -> rows.set(table, ordinal, (String) parts.get(3), cell(parts.get(4)));
        default -> {
          rows.insert(table, ordinal, Map.of());
          ((Map<?, ?>) parts.get(3))
              .forEach((column, cell) -> rows.set(table, ordinal, (String) column, cell(cell)));
        }
      }
    }
  }

  /** What JSON has for null is neither a text nor a number. */
  private static @Nullable Object cell(@Nullable Object json) {
    return json instanceof String || json instanceof Number ? json : null;
  }

  private record Cell(String table, int ordinal, String column, Object value) {}

  /** Cells of the same containers, and of the same rows. */
  @ParameterizedTest
  @MethodSource("saves")
  void eachSideEditsOtherCells(PythonValues save) throws Exception {
    Merging of = new Merging(save.pickle(), Merging.MAPPING);
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(37L * save.name().hashCode() + round);
      List<Cell> source = new ArrayList<>();
      List<Cell> target = new ArrayList<>();
      CELLS.forEach(
          (table, columns) -> {
            for (EditableRows.Row row : of.rows().table(table)) {
              for (String column : columns) {
                Object old = row.cells.get(column);
                int side = old == null ? 2 : random.nextInt(3);
                if (side < 2) {
                  Object value =
                      old instanceof byte[] ? "new " + random.nextInt() : number(random, column);
                  (side == 0 ? source : target).add(new Cell(table, row.ordinal, column, value));
                }
              }
            }
          });
      same(of, rows -> set(source, rows), rows -> set(target, rows), round % 2 == 1);
    }
  }

  private static Object number(Random random, String column) {
    int number = 1_000_000 + random.nextInt(1_000_000);
    return column.equals("price") || column.equals("y") ? (Object) (number + 0.5) : (Object) number;
  }

  private static void set(List<Cell> cells, EditableRows rows) {
    cells.forEach(cell -> rows.set(cell.table(), cell.ordinal(), cell.column(), cell.value()));
  }
}
