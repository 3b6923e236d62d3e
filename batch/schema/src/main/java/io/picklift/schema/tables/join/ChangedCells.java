package io.picklift.schema.tables.join;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.tables.document.SpelledCells;
import io.picklift.schema.tables.edit.Containers;
import io.picklift.schema.tables.rows.EqualRows;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.split.GraphSplit;
import io.picklift.schema.tables.split.RowComputer;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.ObjectPaths;
import io.picklift.schema.tables.walk.RowNodes;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which cells say something else than the graph that was joined from them. */
final class ChangedCells {
  /** A cell that says something else than the graph does. */
  private record Cell(int table, int row, int column) {}

  /** The graph, taken apart. */
  private record Shown(Meaning meaning, GraphSplit split, SaveRows rows) {}

  private final WalkPlan plan;
  private final Limits limits;
  private final Memory memory;
  private final SaveGraph graph;
  private final SaveRows rows;
  private final ValueNotes notes;
  private final KindCells kinds;
  private final Likes.Use use;
  private @Nullable Shown shown;
  private @Nullable List<Cell> differences;

  ChangedCells(
      WalkPlan plan,
      SaveGraph graph,
      SaveRows rows,
      ValueNotes notes,
      KindCells kinds,
      Likes.Use use,
      Limits limits,
      Memory memory) {
    this.plan = plan;
    this.limits = limits;
    this.memory = memory;
    this.graph = graph;
    this.rows = rows;
    this.notes = notes;
    this.kinds = kinds;
    this.use = use;
  }

  /** Whether a cell says something else than the graph, or a row has no place in it. */
  boolean isAny() throws LimitException {
    Shown graphs = shown();
    return !hasAllRows(graphs.rows()) || !differences(graphs).isEmpty();
  }

  /** The cells that say something else than the graph as it was given. */
  private List<Cell> differences(Shown graphs) throws LimitException {
    List<Cell> known = differences;
    if (known == null) {
      known = changed(graphs.meaning(), graphs.split(), graphs.rows());
      differences = known;
    }
    return known;
  }

  private boolean hasAllRows(SaveRows now) {
    return plan.mapping.tables().stream()
        .mapToInt(TableMapping::number)
        .allMatch(table -> rows.table(table).size() == now.table(table).size());
  }

  /**
   * Whether a cell may say of an inlined object that it is there, or is not: of its class, or of
   * what is in it.
   */
  boolean mayMakeParts() throws LimitException {
    Shown graphs = shown();
    return hasAllRows(graphs.rows())
        && differences(graphs).stream().anyMatch(cell -> mayMakePart(cell, graphs.rows()));
  }

  private boolean mayMakePart(Cell cell, SaveRows before) {
    TableMapping table = plan.mapping.tables().get(cell.table());
    StoredColumn stored = table.stored().get(cell.column());
    boolean isNull = rows.table(cell.table()).column(cell.column()).isNull(cell.row());
    boolean wasNull = before.table(cell.table()).column(cell.column()).isNull(cell.row());
    return switch (stored.role()) {
      case CLASS -> stored.mapping() != null;
      case VALUE, REFERENCE -> {
        boolean isOwn = table.source() instanceof RowSource.Each;
        yield wasNull && !isNull && (isOwn || isDeep(stored.mapping()));
      }
      default -> false;
    };
  }

  private static boolean isDeep(@Nullable ColumnMapping mapped) {
    return mapped != null && mapped.path().inSave().size() > 1;
  }

  /** The save as the cells have it. */
  JoinedSave apply() throws JoinException, LimitException {
    Shown graphs = shown();
    Meaning meaning = graphs.meaning();
    GraphSplit split = graphs.split();
    checkRows(meaning, split, graphs.rows());
    List<Cell> all = differences(graphs);
    if (all.isEmpty()) {
      return new JoinedSave(graph, meaning, List.of());
    }
    // What a kind column says must be so once the values are in place.
    List<Cell> changed = all.stream().filter(cell -> !isKind(cell)).toList();
    if (changed.isEmpty()) {
      throw lost(meaning, split, graphs.rows(), all.get(0));
    }
    CellEdits edits = new CellEdits(plan, meaning, rows, notes, use, limits);
    changed.forEach(cell -> edits.change(cell.table(), cell.row(), cell.column()));
    SaveGraph edited = edits.apply();
    if (changed.stream().anyMatch(this::isReference)) {
      return new JoinedSave(edited, null, checkOrdered(edited, split.walk()));
    }
    check(edited);
    return new JoinedSave(edited, null, List.of());
  }

  /**
   * Checks a graph that meets its objects in another order now. An object that nothing refers to
   * any more takes its rows along.
   *
   * @return these rows
   */
  private List<String> checkOrdered(SaveGraph edited, MappingWalk before)
      throws JoinException, LimitException {
    Map<Integer, Map<Integer, Integer>> objects = new HashMap<>();
    for (TableMapping table : plan.mapping.tables()) {
      if (table.source() instanceof RowSource.OfClass) {
        RowNodes of = before.rows(table.number());
        Map<Integer, Integer> byNode = new HashMap<>();
        for (int ordinal = 0; ordinal < of.size(); ordinal++) {
          byNode.put(of.nodes.get(ordinal), ordinal);
        }
        objects.put(table.number(), byNode);
      }
    }
    OrderedRows now = OrderedRows.of(plan, edited, rows, objects, kinds, notes, limits);
    new ChangedCells(plan, edited, now.rows(), notes, now.kinds(), use, limits, memory).check();
    return now.unplaced();
  }

  /** Checks that the graph says what each cell says. */
  void check() throws JoinException, LimitException {
    check(graph);
  }

  private boolean isReference(Cell cell) {
    TableMapping table = plan.mapping.tables().get(cell.table());
    return table.stored().get(cell.column()).role() == StoredColumn.Role.REFERENCE;
  }

  private boolean isKind(Cell cell) {
    TableMapping table = plan.mapping.tables().get(cell.table());
    return table.stored().get(cell.column()).role() == StoredColumn.Role.KIND;
  }

  private Shown shown() throws LimitException {
    Shown known = shown;
    if (known == null) {
      Meaning meaning = meaning(graph);
      GraphSplit split = split(meaning);
      known = new Shown(meaning, split, split.rows());
      shown = known;
    }
    return known;
  }

  private Meaning meaning(SaveGraph of) throws LimitException {
    Meaning meaning = Meaning.of(of, limits);
    memory.take(meaning.footprint());
    return meaning;
  }

  private MappingWalk walk(Meaning meaning) {
    return new MappingWalk(plan, meaning, plan.rootTable(rows::has), notes);
  }

  private GraphSplit split(Meaning meaning) throws LimitException {
    return new GraphSplit(
        plan, meaning, rows.saveId(), plan.rootTable(rows::has), RowComputer.NONE, notes, memory);
  }

  /** The cells that say something else; there are as many rows of each table. */
  private List<Cell> changed(Meaning meaning, GraphSplit split, SaveRows now)
      throws LimitException {
    List<Cell> changed = new ArrayList<>();
    List<Cell> documents = new ArrayList<>();
    for (TableMapping table : plan.mapping.tables()) {
      TableRows given = rows.table(table.number());
      TableRows shown = now.table(table.number());
      for (int column = 0; column < table.stored().size(); column++) {
        StoredColumn stored = table.stored().get(column);
        // What is unfit follows from the others, and an edit may have mended it.
        boolean isCompared =
            !stored.role().isOutside()
                && stored.role() != StoredColumn.Role.UNFIT
                && !given.column(column).sameCells(shown.column(column));
        for (int row = 0; isCompared && row < given.size(); row++) {
          if (!same(stored.type(), given.column(column), shown.column(column), row)
              && !kinds.isSilent(table.number(), row, column)
              && !split.isFree(table.number(), column, row)) {
            boolean isDocument = plan.codecs[table.number()][column] == null;
            (isDocument && stored.role() == StoredColumn.Role.VALUE ? documents : changed)
                .add(new Cell(table.number(), row, column));
          }
        }
      }
    }
    if (!documents.isEmpty()) {
      SpelledCells spelled = new SpelledCells(walk(meaning), meaning, notes);
      documents.forEach(cell -> spelled.note(cell.table(), cell.row(), cell.column()));
      spelled.find();
      documents.removeIf(
          cell ->
              spelled.isSame(
                  cell.table(),
                  cell.row(),
                  cell.column(),
                  rows.table(cell.table()).column(cell.column()),
                  now.table(cell.table()).column(cell.column())));
    }
    changed.addAll(documents);
    return changed;
  }

  /**
   * Two cells may show one value, of an object that two rows are of. Where they say different
   * things, one would be lost without a word.
   */
  private void check(SaveGraph edited) throws JoinException, LimitException {
    Meaning meaning = meaning(edited);
    GraphSplit split = split(meaning);
    SaveRows now = split.rows();
    checkRows(meaning, split, now);
    List<Cell> lost = changed(meaning, split, now);
    if (!lost.isEmpty()) {
      List<JoinException> all = new ArrayList<>();
      for (Cell cell : lost) {
        all.add(lost(meaning, split, now, cell));
      }
      throw JoinException.of(all);
    }
  }

  private JoinException lost(Meaning meaning, GraphSplit split, SaveRows now, Cell cell)
      throws LimitException {
    TableMapping table = plan.mapping.tables().get(cell.table());
    return new JoinException(
        JoinException.Reason.CELL,
        new ObjectPaths(plan, meaning, split.walk()).cell(cell.table(), cell.row(), cell.column()),
        isKind(cell)
            ? kinds.contradiction(
                rows.table(cell.table()), now.table(cell.table()), cell.column(), cell.row())
            : new LostCell(rows, now, table, cell.row(), cell.column()).why(() -> walk(meaning)));
  }

  /**
   * Of two keys of a dict, or members of a set, that a change has made equal, Python keeps one: the
   * other's row would have no place in the save. Nor would those of a container in whose place a
   * changed cell puts a value.
   */
  private void checkRows(Meaning meaning, GraphSplit split, SaveRows now)
      throws JoinException, LimitException {
    for (int number : plan.order) {
      TableRows given = rows.table(number);
      TableRows shown = now.table(number);
      if (given.size() != shown.size()) {
        throw lost(meaning, split, given, shown);
      }
    }
  }

  private RowsLost lost(Meaning meaning, GraphSplit split, TableRows given, TableRows shown)
      throws LimitException {
    long owner = lostOwner(given, shown);
    Containers containers = Containers.of(meaning, walk(meaning));
    EqualRows equal =
        EqualRows.of(given, row -> row == owner, containers.areSets(given.table().number()));
    return new RowsLost(
        given.table().number(),
        owner < 0
            ? ""
            : new ObjectPaths(plan, meaning, split.walk()).container(given.table(), (int) owner),
        equal != null
            ? equal.message()
            : "a change leaves "
                + shown.size()
                + " of the "
                + given.size()
                + " rows of table "
                + given.table().name()
                + ": keys or members are equal now, or a value is in the place of what held them, or"
                + " the container stands in a document as well, which has other members");
  }

  /** The owner of the first container that has lost a row; -1 where there is none. */
  private static long lostOwner(TableRows given, TableRows shown) {
    if (!(given.table().source() instanceof RowSource.Each each) || given.size() == 0) {
      return -1;
    }
    ColumnData owners = given.column(given.table().columnNumber(each.ownerColumn()));
    ColumnData left = shown.column(given.table().columnNumber(each.ownerColumn()));
    int row = 0;
    while (row < Math.min(given.size(), shown.size()) && owners.number(row) == left.number(row)) {
      row++;
    }
    return owners.number(Math.min(row, given.size() - 1));
  }

  private static boolean same(ColumnType type, ColumnData given, ColumnData shown, int row) {
    return same(type, given, row, shown, row);
  }

  /** Whether two cells of one type say the same. */
  static boolean same(ColumnType type, ColumnData one, int row, ColumnData other, int at) {
    if (one.sameCell(row, other, at)) {
      return true;
    }
    return type.base() == ColumnType.Base.JSON
        && JsonReader.same(document(one, row), document(other, at));
  }

  /** A cell that is NULL says the same as one whose document is null. */
  private static Object document(ColumnData cells, int row) {
    return cells.isNull(row) ? JsonReader.NULL : JsonReader.document(cells, row);
  }
}
