package io.picklift.schema.tables.document;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.walk.MappingWalk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Documents that differ from those of the graph by how dates and times are written, or by more. */
public final class SpelledCells implements MappingWalk.Visitor {
  private final MappingWalk walk;
  private final NodeValueReader values;
  private final JsonDocuments json;
  private final Map<List<Integer>, Integer> nodes = new HashMap<>();

  /**
   * @param walk over the graph that was not run yet
   */
  public SpelledCells(MappingWalk walk, Meaning meaning, ValueNotes notes) {
    this.walk = walk;
    values = new NodeValueReader(meaning, notes);
    json = new JsonDocuments(walk, meaning, values);
  }

  /** Has a cell be found. */
  public void note(int table, int row, int column) {
    nodes.put(List.of(table, row, column), MappingWalk.ABSENT);
  }

  /** Finds the values of the cells that were noted. */
  public void find() throws LimitException {
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
  public boolean isSame(int table, int row, int column, ColumnData given, ColumnData shown) {
    int node = nodes.getOrDefault(List.of(table, row, column), MappingWalk.ABSENT);
    return node >= 0
        && !given.isNull(row)
        && !shown.isNull(row)
        && JsonReader.same(
            SpelledDocument.of(json, values, node, JsonReader.document(given, row)),
            JsonReader.document(shown, row));
  }
}
