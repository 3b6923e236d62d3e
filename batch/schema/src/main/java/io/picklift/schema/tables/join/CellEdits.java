package io.picklift.schema.tables.join;

import io.picklift.codec.Limits;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.frames.FrameCells;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.tables.edit.DocumentValues;
import io.picklift.schema.tables.edit.GraphEditor;
import io.picklift.schema.tables.edit.Placement;
import io.picklift.schema.tables.rows.NoSuchRow;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.template.Template;
import io.picklift.schema.tables.values.ColumnCodec;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.values.FrameValues;
import io.picklift.schema.tables.values.NeededParts;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.ObjectPaths;
import io.picklift.schema.tables.walk.WalkPlan;
import io.picklift.schema.zones.Zone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes that cells ask for where a value cannot simply be replaced: it is shared, of another
 * kind, or not there.
 */
final class CellEdits implements MappingWalk.Visitor {
  /** A cell, and where its value is in the graph. */
  private static final class Cell {
    final int table;
    final int row;
    final int column;
    int object = MappingWalk.ABSENT;
    int node = MappingWalk.ABSENT;
    int place = MappingWalk.ABSENT;

    /** Where it is, if it is no node of its own, and in which row. */
    @Nullable FrameCells cells;

    int frameRow;

    Cell(int table, int row, int column) {
      this.table = table;
      this.row = row;
      this.column = column;
    }
  }

  private final WalkPlan plan;
  private final Meaning meaning;
  private final SaveGraph graph;
  private final SaveRows rows;
  private final MappingWalk walk;
  private final NodeValueReader values;
  private final GraphEditor editor;
  private final Placement placement;
  private final DocumentEdits documents;
  private final Map<List<Integer>, Cell> cells = new LinkedHashMap<>();
  private final Map<List<Integer>, List<Cell>> byRow = new HashMap<>();

  /** The changed columns of each table. */
  private final Map<Integer, Set<Integer>> columns = new HashMap<>();

  private final Scalar value = new Scalar();
  private final FrameValues frames;
  private final NeededParts needed;

  /** The bytes of the arrays that changed cells stand in. */
  private final Map<Integer, byte[]> buffers = new TreeMap<>();

  /** By table and column values that stand there in any row, one of each form. */
  private final Map<List<Integer>, Map<String, Integer>> known = new HashMap<>();

  private final Map<List<Integer>, Like> own = new HashMap<>();

  private final Likes likes;
  private final BornValues born;

  /**
   * @param use of a template for what the save has nothing like
   */
  CellEdits(
      WalkPlan plan, Meaning meaning, SaveRows rows, ValueNotes notes, Likes.Use use, Limits limits)
      throws LimitException {
    this.plan = plan;
    this.meaning = meaning;
    graph = meaning.graph();
    this.rows = rows;
    walk = new MappingWalk(plan, meaning, plan.rootTable(rows::has), notes);
    likes = Likes.ofSave(plan, walk, graph, use);
    Template template = use.template(graph.style());
    SaveGraph whole = template == null ? graph : template.beside(graph);
    Meaning all = template == null ? meaning : Meaning.of(whole, limits);
    values = new NodeValueReader(all, notes);
    frames = new FrameValues(meaning, values);
    needed = new NeededParts(meaning);
    editor = new GraphEditor(whole);
    editor.root(graph.root());
    born = new BornValues(plan, all, values, notes, editor);
    placement = new Placement(meaning, walk, editor);
    documents = new DocumentEdits(walk, meaning, values, notes, editor, placement);
  }

  void change(int table, int row, int column) {
    Cell cell = new Cell(table, row, column);
    cells.put(List.of(table, row, column), cell);
    columns.computeIfAbsent(table, k -> new HashSet<>()).add(column);
    byRow.computeIfAbsent(List.of(table, row), k -> new ArrayList<>()).add(cell);
  }

  @Override
  public void row(int table, int ordinal, int node, int[] nodes) {
    for (int column : columns.getOrDefault(table, Set.of())) {
      if (nodes[column] >= 0) {
        known
            .computeIfAbsent(List.of(table, column), k -> new LinkedHashMap<>())
            .putIfAbsent(
                plan.codecs[table][column] == null
                    ? String.valueOf(nodes[column])
                    : born.form(nodes[column]),
                nodes[column]);
      }
    }
    for (Cell cell : byRow.getOrDefault(List.of(table, ordinal), List.of())) {
      cell.object = node;
      cell.node = Math.max(MappingWalk.ABSENT, nodes[cell.column]);
      if (nodes[cell.column] < MappingWalk.ABSENT) {
        cell.cells = walk.frameCells(nodes[cell.column]);
        cell.frameRow = walk.rows(table).positions.get(ordinal);
      }
      cell.place =
          cell.node == MappingWalk.ABSENT ? MappingWalk.ABSENT : walk.cellPlace(cell.column);
    }
  }

  SaveGraph apply() throws JoinException, LimitException {
    walk.run(this);
    List<JoinException> refused = new ArrayList<>();
    for (Cell cell : cells.values()) {
      try {
        apply(cell);
      } catch (TemplateWanted e) {
        throw e;
      } catch (JoinException e) {
        refused.add(e);
      }
    }
    if (!refused.isEmpty()) {
      throw JoinException.of(refused);
    }
    buffers.forEach(editor::buffer);
    return editor.finish();
  }

  private void apply(Cell cell) throws JoinException, LimitException {
    TableMapping table = plan.mapping.tables().get(cell.table);
    StoredColumn column = table.stored().get(cell.column);
    ColumnData given = rows.table(cell.table).column(cell.column);
    int with;
    switch (column.role()) {
      case CLASS ->
          throw refused(
              cell,
              given.isNull(cell.row)
                  ? "has NULL in its class column "
                      + table.name()
                      + "."
                      + column.name()
                      + ", and other cells or members: set the column again, or all its cells to"
                      + " NULL and delete the rows that are members of it"
                  : "cannot become an object of the class in "
                      + table.name()
                      + "."
                      + column.name()
                      + ": set the column to what it was, or delete the row and insert one of that"
                      + " class with another ordinal");
      case OWNER, POSITION, OFFSET, DTYPE, SHAPE ->
          throw refused(
              cell,
              "is changed in "
                  + table.name()
                  + "."
                  + column.name()
                  + ", which the save's structure gives");
      case REFERENCE -> with = reference(cell, column, given);
      case KEY, VALUE -> {
        ColumnCodec codec = plan.codecs[cell.table][cell.column];
        if (cell.cells != null && codec != null) {
          element(cell, cell.cells, codec, given, table.name() + "." + column.name());
          return;
        }
        if (given.isNull(cell.row)) {
          int call = needed.call(cell.place);
          if (call >= 0) {
            throw refused(
                cell, "is NULL in " + table.name() + "." + column.name() + ": " + needed.why(call));
          }
          with = editor.none();
        } else if (codec == null && isNew(cell)) {
          with = born.value(codec, given, cell.row, likeDocuments(cell), false);
        } else if (codec == null) {
          with = document(cell, table.name() + "." + column.name(), given);
          if (with == cell.node) {
            return;
          }
        } else {
          Scalar.Type type =
              cell.node == MappingWalk.ABSENT ? Scalar.Type.NONE : values.type(cell.node);
          codec.decode(given, cell.row, type, value);
          if (column.type().base() == ColumnType.Base.BOOLEAN
              && (given.number(cell.row) < 0 || given.number(cell.row) > 1)) {
            throw refused(
                cell,
                "is neither 0 nor 1 in "
                    + table.name()
                    + "."
                    + column.name()
                    + ", which is a BOOLEAN: set it to one of them");
          }
          if (value.type == Scalar.Type.INSTANT && !zoned(cell)) {
            throw refused(
                cell,
                "cannot be the time of "
                    + table.name()
                    + "."
                    + column.name()
                    + ": its zone gives no offset for that");
          }
          if (cell.node != MappingWalk.ABSENT && values.isUntoldDate(cell.node, value)) {
            throw refused(
                cell,
                "cannot be the date of "
                    + table.name()
                    + "."
                    + column.name()
                    + ": one of a class of its own has to be from 1800 to 2199");
          }
          with =
              isNew(cell)
                  ? born.value(
                      codec,
                      given,
                      cell.row,
                      like(cell),
                      KindCells.isTold(rows.table(cell.table), cell.column, cell.row))
                  : editor.value(value, cell.node, values);
        }
      }
      default -> throw new IllegalStateException(column.name());
    }
    if (with < 0) {
      throw refused(
          cell,
          "cannot hold the value of "
              + table.name()
              + "."
              + column.name()
              + " at this protocol, or beside the values that stand there in other rows");
    }
    place(cell, column, with);
  }

  /** Whether nothing stands there, or None does. */
  private boolean isNew(Cell cell) {
    return cell.node < 0 || meaning.kind(cell.node) == Kind.NONE;
  }

  /** Values that stand where the cell's would. */
  private Like like(Cell cell) throws TemplateWanted, LimitException {
    Like own = own(cell);
    if (born.isAnyPlain(own)) {
      return own;
    }
    likes.none();
    return likes.templateCells(cell.table, cell.column);
  }

  private Like likeDocuments(Cell cell) throws TemplateWanted, LimitException {
    Like own = own(cell).those("not None", node -> meaning.kind(node) != Kind.NONE);
    if (own.isEmpty()) {
      likes.none();
    }
    return own.isEmpty() ? likes.templateCells(cell.table, cell.column) : own;
  }

  /** The values that stand in a column of the save. */
  private Like own(Cell cell) {
    List<Integer> at = List.of(cell.table, cell.column);
    return own.computeIfAbsent(
        at,
        k ->
            Like.of(
                known.getOrDefault(at, Map.of()).values().stream().mapToInt(Integer::intValue)));
  }

  /** Changes a value that stands among others in the bytes of a buffer. */
  private void element(
      Cell cell, FrameCells cells, ColumnCodec codec, ColumnData given, String name)
      throws JoinException {
    if (given.isNull(cell.row)) {
      value.none();
    } else {
      codec.decode(given, cell.row, frames.type(cells), value);
    }
    FrameValues.Patch patch = frames.patch(cells, cell.frameRow, value);
    if (patch == null) {
      throw refused(
          cell,
          value.type == Scalar.Type.NONE
              ? "is NULL in " + name + ", and its array has no mark for a value that is not there"
              : "cannot be the value of " + name + ": the type of its array does not hold it");
    }
    byte[] bytes = buffers.computeIfAbsent(patch.data(), node -> meaning.bytes(node).clone());
    System.arraycopy(patch.bytes(), 0, bytes, patch.at(), patch.bytes().length);
  }

  /** Completes an instant by the zone that its date has; false where that zone is not known. */
  private boolean zoned(Cell cell) {
    boolean hasZone =
        cell.node != MappingWalk.ABSENT && values.type(cell.node) == Scalar.Type.INSTANT;
    Zone zone = hasZone ? values.zones().of(values.zone(cell.node)) : new Zone.Fixed(0);
    Zone.Wall wall = zone.at(value.number);
    value.zone = wall.offset();
    value.fold = wall.fold();
    return wall.offset() != Zone.NONE;
  }

  /**
   * A new value in a document, made like those that stand at the same path in others: in the save's
   * own, else in those of other saves. Negative where there are none.
   */
  private int elsewhere(Cell cell, List<String> path, Object given)
      throws DocumentValues.Refused, TemplateWanted, LimitException {
    Like found = born.at(own(cell), path);
    if (!born.isAny(found)) {
      likes.none();
      found = born.at(likes.templateCells(cell.table, cell.column), path);
    }
    return born.isAny(found) ? born.document(given, found) : BornValues.NO_FORM;
  }

  private int document(Cell cell, String name, ColumnData given)
      throws JoinException, LimitException {
    DocumentEdits.Result result =
        documents.apply(
            cell.node,
            JsonReader.document(given, cell.row),
            (path, value) -> elsewhere(cell, path, value));
    if (result.why() != null) {
      throw refused(cell, "cannot be as the document in " + name + " has it: " + result.why());
    }
    return result.node();
  }

  private int reference(Cell cell, StoredColumn column, ColumnData given) throws JoinException {
    if (given.isNull(cell.row)) {
      return editor.none();
    }
    ColumnMapping mapped = column.mapping();
    TableMapping target =
        mapped == null ? null : plan.mapping.table(String.valueOf(mapped.references()));
    long ordinal = given.number(cell.row);
    if (target == null || ordinal < 0 || ordinal >= walk.rows(target.number()).size()) {
      TableMapping table = plan.mapping.tables().get(cell.table);
      int own = rows.table(cell.table).ordinal(cell.row);
      throw refused(cell, NoSuchRow.message(rows.saveId(), table, own, column, target, ordinal));
    }
    return walk.rows(target.number()).nodes.get((int) ordinal);
  }

  private void place(Cell cell, StoredColumn column, int with) throws JoinException {
    String why = placement.put(cell.object, cell.node, cell.place, column.mapping(), with);
    if (why != null) {
      throw refused(cell, why);
    }
  }

  private JoinException refused(Cell cell, String message) {
    String path = new ObjectPaths(plan, meaning, walk).cell(cell.table, cell.row, cell.column);
    return new JoinException(JoinException.Reason.CELL, path, message);
  }
}
