package io.picklift.schema.tables.join;

import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.EqualRows;
import io.picklift.schema.tables.rows.NoSuchRow;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.ObjectPaths;
import io.picklift.schema.tables.walk.RowNodes;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The given rows as a walk over the edited graph would number them: in its order, with its ordinals
 * and positions. What a split gives can then be compared with them cell by cell.
 */
final class RowOrder {
  private final WalkPlan plan;
  private final GivenRows given;

  /** Of each class table: the given row of each object. */
  private final Map<Integer, Map<Integer, Integer>> objects;

  private final MappingWalk walk;
  private final ObjectPaths paths;

  /** For each table the given row of each row of the walk, and the other way round. */
  private final int[][] rowOf;

  private final int[][] ordinalOf;

  private final List<String> unplaced = new ArrayList<>();

  /**
   * @param objects by class table: the place of the given row by its object's node
   * @param walk that is done
   */
  RowOrder(
      WalkPlan plan,
      GivenRows given,
      Map<Integer, Map<Integer, Integer>> objects,
      Meaning meaning,
      MappingWalk walk)
      throws JoinException {
    this.plan = plan;
    this.given = given;
    this.objects = objects;
    this.walk = walk;
    paths = new ObjectPaths(plan, meaning, walk);
    rowOf = new int[plan.paths.length][];
    ordinalOf = new int[plan.paths.length][];
    for (int table : plan.order) {
      match(plan.mapping.tables().get(table));
    }
  }

  /** Stands for the place of a row that was deleted; of that, gives its ordinal. */
  static int missing(int ordinal) {
    return -1 - ordinal;
  }

  private void match(TableMapping table) throws JoinException {
    RowNodes of = walk.rows(table.number());
    int[] matched = new int[of.size()];
    int[] ordinals = new int[given.table(table.number()).size()];
    Arrays.fill(ordinals, -1);
    int[] met = new int[0];
    if (table.source() instanceof RowSource.Each) {
      met = new int[walk.rows(given.owner(table).number()).size()];
    }
    for (int row = 0; row < matched.length; row++) {
      matched[row] = row(table, of, row, met);
      ordinals[matched[row]] = row;
    }
    rowOf[table.number()] = matched;
    ordinalOf[table.number()] = ordinals;
    for (int row = 0; row < ordinals.length; row++) {
      if (ordinals[row] < 0) {
        leave(table, row);
      }
    }
  }

  /** The place of the given row that a row of the walk is. */
  int given(int table, int row) {
    return rowOf[table][row];
  }

  /** Rows of objects that nothing refers to; those that they own are not named. */
  List<String> unplaced() {
    return unplaced;
  }

  /** The given row of a row of the walk. */
  private int row(TableMapping table, RowNodes of, int row, int[] met) throws JoinException {
    if (table.source() instanceof RowSource.Each) {
      int owner = of.owners.get(row);
      var members = given.members(table.number(), rowOf[given.owner(table).number()][owner]);
      if (met[owner] >= members.size()) {
        throw new JoinException(
            JoinException.Reason.CELL,
            path(table.number(), row),
            "stands in a container that table "
                + table.name()
                + " shows more than once, and its rows say different things: edit all of them"
                + " alike");
      }
      return members.get(met[owner]++);
    }
    Integer known =
        table.source() instanceof RowSource.Root
            ? Integer.valueOf(given.table(table.number()).row(0))
            : objects.getOrDefault(table.number(), Map.of()).get(of.nodes.get(row));
    if (known == null || known < 0) {
      throw new JoinException(
          JoinException.Reason.ROW_MISSING,
          path(table.number(), row),
          "its row "
              + (known == null ? "" : missing(known) + " ")
              + "is missing in table "
              + table.name()
              + ", and the save still has it here: "
              + (known == null ? "insert the row again" : mended(table, missing(known))));
    }
    return known;
  }

  /** What the user does about a row that is missing. */
  private String mended(TableMapping table, int ordinal) {
    String columns =
        plan.mapping.tables().stream()
            .flatMap(
                from ->
                    from.stored().stream()
                        .filter(column -> refers(from, column, table, ordinal))
                        .map(column -> from.name() + "." + column.name()))
            .collect(Collectors.joining(", "));
    return columns.isEmpty()
        ? "insert the row again (no column shows what refers to it)"
        : "insert the row again, or take away what refers to it: cells of " + columns;
  }

  /** Whether a cell of a column refers to a row. */
  private boolean refers(TableMapping from, StoredColumn column, TableMapping to, int ordinal) {
    ColumnMapping mapped = column.mapping();
    if (column.role() != StoredColumn.Role.REFERENCE
        || mapped == null
        || !to.name().equals(mapped.references())) {
      return false;
    }
    TableRows of = given.table(from.number());
    ColumnData cells = of.column(from.columnNumber(column.name()));
    return IntStream.range(0, of.size())
        .anyMatch(row -> !cells.isNull(row) && cells.number(row) == ordinal);
  }

  /** Leaves a row of an object that nothing refers to, or of a container that went with one. */
  private void leave(TableMapping table, int row) throws JoinException {
    String name = "row " + given.table(table.number()).ordinal(row) + " of table " + table.name();
    if (!(table.source() instanceof RowSource.Each each)) {
      unplaced.add(name);
      return;
    }
    TableMapping owner = given.owner(table);
    int ownerRow = ordinalOf[owner.number()][owner(table, each, row)];
    if (ownerRow >= 0) {
      int ordinal = given.table(owner.number()).ordinal(owner(table, each, row));
      EqualRows equal = EqualRows.of(given.table(table.number()), of -> of == ordinal, false);
      throw new RowsLost(
          table.number(),
          paths.container(table, ownerRow),
          equal != null
              ? equal.message()
              : name
                  + " has no place: its key or value is equal to that of another row of the same"
                  + " container, or there is no container where "
                  + each.path()
                  + " leads");
    }
  }

  /** The place of the row that owns the container of a given row. */
  private int owner(TableMapping table, RowSource.Each each, int row) {
    ColumnData owners = given.table(table.number()).column(table.columnNumber(each.ownerColumn()));
    return given.table(given.owner(table).number()).row((int) owners.number(row));
  }

  private String path(int table, int row) {
    String path = paths.row(table, row);
    return path.isEmpty() ? "." : path;
  }

  /** The rows in the walk's order. */
  SaveRows rows(Memory memory) throws JoinException, LimitException {
    SaveRows ordered = new SaveRows(plan.mapping, given.rows().saveId(), memory);
    for (TableMapping table : plan.mapping.tables()) {
      TableRows to = ordered.table(table.number());
      for (int row = 0; row < rowOf[table.number()].length; row++) {
        row(table, row, to);
      }
    }
    return ordered;
  }

  private void row(TableMapping table, int row, TableRows to) throws JoinException, LimitException {
    TableRows from = given.table(table.number());
    RowNodes of = walk.rows(table.number());
    int at = rowOf[table.number()][row];
    for (int column = 0; column < table.stored().size(); column++) {
      StoredColumn stored = table.stored().get(column);
      ColumnData cells = to.column(column);
      switch (stored.role()) {
        case OWNER -> cells.add(of.owners.get(row));
        case POSITION -> cells.add(of.positions.get(row));
        case REFERENCE -> reference(table, row, column, from.column(column), at, cells);
        default -> cells.addCell(from.column(column), at);
      }
    }
    to.endRow(row);
  }

  private void reference(
      TableMapping table, int row, int column, ColumnData from, int at, ColumnData to)
      throws JoinException {
    if (from.isNull(at)) {
      to.addNull();
      return;
    }
    ColumnMapping mapped = table.stored().get(column).mapping();
    TableMapping target =
        mapped == null ? null : plan.mapping.table(String.valueOf(mapped.references()));
    int ordinal = (int) from.number(at);
    int referred = target == null ? -1 : given.table(target.number()).row(ordinal);
    if (target == null || referred < 0) {
      throw new JoinException(
          JoinException.Reason.CELL,
          paths.cell(table.number(), row, column),
          NoSuchRow.message(
              given.rows().saveId(),
              table,
              given.table(table.number()).ordinal(at),
              table.stored().get(column),
              target,
              ordinal));
    }
    to.add(ordinalOf[target.number()][referred]);
  }
}
