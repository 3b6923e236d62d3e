package io.picklift.schema.tables.join;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.document.JsonDocuments;
import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.tables.document.SpelledDocument;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Documents that differ from those of the graph by how dates and times are written, or by more. */
final class SpelledCells implements MappingWalk.Visitor {
  private final SaveRows rows;
  private final MappingWalk walk;
  private final NodeValueReader values;
  private final JsonDocuments json;
  private final Map<List<Integer>, Integer> nodes = new HashMap<>();

  SpelledCells(WalkPlan plan, Meaning meaning, SaveRows rows, ValueNotes notes) {
    this.rows = rows;
    walk = new MappingWalk(plan, meaning, plan.rootTable(rows::has), notes);
    values = new NodeValueReader(meaning, notes);
    json = new JsonDocuments(walk, meaning, values);
  }

  /** Has a cell be found. */
  void note(int table, int row, int column) {
    nodes.put(List.of(table, row, column), MappingWalk.ABSENT);
  }

  /** Finds the values of the cells that were noted. */
  void find() throws LimitException {
    walk.run(this);
  }

  @Override
  public void row(int table, int ordinal, int node, int[] found) {
    for (int column = 0; column < found.length; column++) {
      int of = found[column];
      nodes.computeIfPresent(List.of(table, ordinal, column), (cell, none) -> of);
    }
  }

  /** Whether a cell says what the graph's document does. */
  boolean isSame(int table, int row, int column, ColumnData shown) {
    ColumnData given = rows.table(table).column(column);
    int node = nodes.getOrDefault(List.of(table, row, column), MappingWalk.ABSENT);
    return node >= 0
        && !given.isNull(row)
        && !shown.isNull(row)
        && JsonReader.same(
            SpelledDocument.of(json, values, node, JsonReader.document(given, row)),
            JsonReader.document(shown, row));
  }
}
