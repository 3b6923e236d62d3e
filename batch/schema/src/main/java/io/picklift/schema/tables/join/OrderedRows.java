package io.picklift.schema.tables.join;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.List;
import java.util.Map;

/**
 * An edited graph, and the given rows in the order in which a walk over it has them, so that each
 * cell can be compared.
 *
 * @param unplaced rows that are of nothing in the graph
 */
record OrderedRows(
    Meaning meaning, MappingWalk walk, SaveRows rows, KindCells kinds, List<String> unplaced) {
  /**
   * Orders the rows.
   *
   * @param objects by class table: the place of the given row by its object's node
   * @param before which cells said nothing beside the values that the save had
   */
  static OrderedRows of(
      WalkPlan plan,
      SaveGraph graph,
      SaveRows rows,
      Map<Integer, Map<Integer, Integer>> objects,
      KindCells before,
      ValueNotes notes,
      Limits limits)
      throws JoinException, LimitException {
    Meaning meaning = Meaning.of(graph, limits);
    MappingWalk walk = new MappingWalk(plan, meaning, plan.rootTable(rows::has), notes);
    walk.run((table, ordinal, node, nodes) -> {});
    GivenRows given = new GivenRows(plan, rows, (table, ordinal) -> "");
    RowOrder order = new RowOrder(plan, given, objects, meaning, walk);
    SaveRows ordered = order.rows(Memory.beside(meaning.footprint() + rows.footprint(), limits));
    KindCells kinds = new KindCells(plan.mapping);
    NodeValueReader values = new NodeValueReader(meaning, notes);
    new MappingWalk(plan, meaning, plan.rootTable(rows::has), notes)
        .run(
            (table, ordinal, node, nodes) -> {
              TableRows cells = ordered.table(table);
              for (int i = 0; i < cells.table().stored().size(); i++) {
                StoredColumn.Role role = cells.table().stored().get(i).role();
                if (role == StoredColumn.Role.VALUE || role == StoredColumn.Role.KEY) {
                  kinds.holds(cells, i, ordinal, nodes, values);
                  if (before.isSilent(table, order.given(table, ordinal), i)) {
                    kinds.silence(table, ordinal, i);
                  }
                }
              }
            });
    return new OrderedRows(meaning, walk, ordered, kinds, order.unplaced());
  }
}
