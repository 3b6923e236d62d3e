package io.picklift.schema.tables.join;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.edits.OnMissing;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.edit.Containers;
import io.picklift.schema.tables.edit.DanglingReferences;
import io.picklift.schema.tables.edit.GraphEditor;
import io.picklift.schema.tables.edit.LeavingObjects;
import io.picklift.schema.tables.edit.Reachable;
import io.picklift.schema.tables.rows.EqualRows;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.template.Template;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.ObjectPaths;
import io.picklift.schema.tables.walk.RowNodes;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Rows that were deleted, inserted or moved. The members of each container become those that its
 * rows say; then the cells are compared as those of any save ({@link ChangedCells}). What comes of
 * it is taken apart once more, and has to give the rows.
 */
final class RowEdits {
  private final WalkPlan plan;
  private final Limits limits;
  private final SaveGraph graph;
  private final DanglingReferences missing;
  private final SaveRows rows;
  private final ValueNotes notes;
  private final Likes.Use use;
  private final KindCells kinds;

  /** Nodes whose value no row has any more. */
  private final BitSet lost;

  /** Of each class table the place of the given row by the node of its object. */
  private final Map<Integer, Map<Integer, Integer>> objects = new HashMap<>();

  /**
   * @param graph with the values of the rows that are left
   * @param lost nodes whose value stood in deleted rows alone, and that have another now
   * @param kinds which cells say nothing beside the values that the save had
   * @param use of a template for what the save has nothing like
   */
  RowEdits(
      WalkPlan plan,
      SaveGraph graph,
      DanglingReferences missing,
      ValueNotes notes,
      BitSet lost,
      KindCells kinds,
      Likes.Use use,
      Limits limits) {
    this.plan = plan;
    this.graph = graph;
    this.missing = missing;
    rows = missing.rows();
    this.notes = notes;
    this.lost = lost;
    this.kinds = kinds;
    this.use = use;
    this.limits = limits;
  }

  /**
   * Whether rows are missing, new or in another place than the save's structure has them.
   *
   * @param walk that is done
   */
  static boolean areIn(WalkPlan plan, SaveRows rows, MappingWalk walk) {
    for (TableMapping table : plan.mapping.tables()) {
      TableRows given = rows.table(table.number());
      RowNodes of = walk.rows(table.number());
      if (given.size() != of.size() || !given.isDense()) {
        return true;
      }
      if (table.source() instanceof RowSource.Each each) {
        var owners = given.column(table.columnNumber(each.ownerColumn()));
        var positions = given.column(table.columnNumber(each.positionColumn()));
        for (int row = 0; row < given.size(); row++) {
          boolean isMoved =
              owners.isNull(row)
                  || positions.isNull(row)
                  || owners.number(row) != of.owners.get(row)
                  || positions.number(row) != of.positions.get(row);
          if (isMoved) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /**
   * The graph as the rows have it.
   *
   * @param sizes how many rows of each table the save's structure has
   */
  JoinedSave apply(int[] sizes) throws JoinException, LimitException {
    Meaning meaning = Meaning.of(graph, limits);
    MappingWalk walk = new MappingWalk(plan, meaning, plan.rootTable(rows::has), notes);
    Containers containers = Containers.of(meaning, walk);
    ObjectPaths paths = new ObjectPaths(plan, meaning, walk);
    for (TableMapping table : plan.mapping.tables()) {
      check(table, containers, sizes[table.number()], paths);
    }
    GivenRows given =
        new GivenRows(
            plan,
            rows,
            (table, ordinal) ->
                ordinal < walk.rows(table).size() ? shown(paths.row(table, ordinal)) : "");
    Template template = use.template(graph.style());
    SaveGraph whole = template == null ? graph : template.beside(graph);
    Meaning all = template == null ? meaning : Meaning.of(whole, limits);
    GraphEditor editor = new GraphEditor(whole);
    editor.root(graph.root());
    Likes likes = Likes.ofSave(plan, walk, graph, use);
    BornRows born = new BornRows(plan, given, likes, all, notes, editor, paths);
    objects(given, walk, born);
    Set<Integer> dropped =
        new ReferenceEdits(plan, given, born, walk, meaning, editor, paths, missing)
            .apply(new MappingWalk(plan, meaning, plan.rootTable(rows::has), notes));
    PartEdits parts =
        new PartEdits(plan, given, containers, meaning, all, likes, born, editor, paths);
    parts.apply(new MappingWalk(plan, meaning, plan.rootTable(rows::has), notes));
    MemberEdits edits = new MemberEdits(given, containers, born, paths, parts);
    for (int number : plan.order) {
      TableMapping table = plan.mapping.tables().get(number);
      if (table.source() instanceof RowSource.Each) {
        edits.table(table);
      }
    }
    edits.apply(
        (container, holder, members) ->
            !Containers.isFull(meaning, container, members.length)
                && (holder.isListed()
                    ? editor.members(holder.node(), false, editor.listed(members))
                    : editor.members(holder.node(), holder.isKeyed(), members)),
        container ->
            Containers.maxlen(meaning, container) >= 0
                ? ", of which its maxlen allows " + Containers.maxlen(meaning, container)
                : switch (graph.kind(container)) {
                  case OBJECT, CALL -> ": its class takes members in another way";
                  default -> "";
                });
    SaveGraph edited = left(editor.finish(), dropped, paths);
    checkGone(edited, parts.gone(), paths);
    return cells(edited);
  }

  /** An object that a row says is None has its values in that row alone. */
  private static void checkGone(SaveGraph edited, BitSet gone, ObjectPaths paths)
      throws JoinException {
    if (gone.isEmpty()) {
      return;
    }
    BitSet left = Reachable.of(edited);
    for (int node = gone.nextSetBit(0); node >= 0; node = gone.nextSetBit(node + 1)) {
      if (left.get(node)) {
        throw new JoinException(
            JoinException.Reason.CELL,
            shown(paths.value(node)),
            "is another object or None by its class column, and stands in another place of the save"
                + " as well: set the column and its cells to what they were");
      }
    }
  }

  /**
   * The graph without objects whose rows were deleted, where the mapping says what becomes of the
   * references to them.
   */
  private SaveGraph left(SaveGraph edited, Set<Integer> dropped, ObjectPaths paths)
      throws JoinException {
    Map<Integer, OnMissing> leaving = new HashMap<>();
    Map<Integer, TableMapping> tables = new HashMap<>();
    for (TableMapping table : plan.mapping.tables()) {
      OnMissing what = plan.mapping.edits().of(table.name());
      if (what != OnMissing.ERROR) {
        objects
            .getOrDefault(table.number(), Map.of())
            .forEach(
                (node, row) -> {
                  if (row < 0) {
                    leaving.put(node, what);
                    tables.put(node, table);
                  }
                });
      }
    }
    if (leaving.isEmpty() && dropped.isEmpty()) {
      return edited;
    }
    LeavingObjects objectsOut = new LeavingObjects(edited, leaving, dropped);
    SaveGraph rest = objectsOut.apply();
    LeavingObjects.Refused refused = objectsOut.refused();
    if (rest != null && refused == null) {
      return rest;
    }
    int node = refused == null ? -1 : refused.node();
    TableMapping table = tables.get(node);
    throw new JoinException(
        JoinException.Reason.ROW_MISSING,
        node < 0 ? "" : shown(paths.value(node)),
        (table == null ? "its row is missing" : "its row is missing in table " + table.name())
            + ", and it "
            + (refused == null ? "cannot leave" : refused.why()));
  }

  /** The graph of a save that has no structure yet: it is made like others. */
  JoinedSave born(Template template) throws JoinException, LimitException {
    Meaning like = template.meaning();
    GivenRows given = new GivenRows(plan, rows, (table, ordinal) -> "");
    GraphEditor editor = new GraphEditor(graph);
    BornRows born =
        new BornRows(
            plan,
            given,
            Likes.ofTemplate(plan, template),
            like,
            notes,
            editor,
            new ObjectPaths(plan, like, template.walked()));
    for (TableMapping table : plan.mapping.tables()) {
      if (table.source() instanceof RowSource.OfClass) {
        Map<Integer, Integer> byNode = new HashMap<>();
        for (int row = 0; row < given.table(table.number()).size(); row++) {
          byNode.put(born.object(table, row), row);
        }
        objects.put(table.number(), byNode);
      }
    }
    born.states();
    TableMapping table = plan.mapping.tables().get(BornRoot.table(plan, rows, template));
    editor.root(born.root(table, BornRoot.row(table, rows)));
    return cells(editor.finish());
  }

  static String shown(String path) {
    return path.isEmpty() ? "." : path;
  }

  private void check(TableMapping table, Containers containers, int size, ObjectPaths paths)
      throws JoinException {
    int now = containers.walk().rows(table.number()).size();
    if (now != size) {
      EqualRows equal =
          EqualRows.of(
              rows.table(table.number()), owner -> true, containers.areSets(table.number()));
      if (equal != null) {
        throw new RowsLost(
            table.number(), paths.container(table, (int) equal.owner()), equal.message());
      }
      throw new RowsLost(
          table.number(),
          "",
          "a change leaves "
              + now
              + " of "
              + size
              + " members in table "
              + table.name()
              + ": keys or members are equal now, or a value is in the place of what held them, or"
              + " the container stands in a document as well, which has other members");
    }
    TableRows given = rows.table(table.number());
    boolean isRoot = table.source() instanceof RowSource.Root;
    if (isRoot && (given.size() != size || (size == 1 && given.row(0) != 0))) {
      boolean isGone = size == 1 && given.row(0) < 0;
      throw new JoinException(
          isGone ? JoinException.Reason.ROW_MISSING : JoinException.Reason.ROW_EXTRA,
          ".",
          isGone
              ? "its row 0 is missing in table " + table.name()
              : "table "
                  + table.name()
                  + " has "
                  + given.size()
                  + " rows of save "
                  + rows.saveId()
                  + " and not "
                  + size
                  + ": row "
                  + given.ordinal(size)
                  + " is of nothing in the save");
    }
  }

  /** Which row each object of a class table has, those that are new among them. */
  private void objects(GivenRows given, MappingWalk walk, BornRows born) throws JoinException {
    for (TableMapping table : plan.mapping.tables()) {
      if (table.source() instanceof RowSource.OfClass) {
        TableRows of = given.table(table.number());
        RowNodes nodes = walk.rows(table.number());
        Map<Integer, Integer> byNode = new HashMap<>();
        for (int ordinal = 0; ordinal < nodes.size(); ordinal++) {
          byNode.put(nodes.nodes.get(ordinal), RowOrder.missing(ordinal));
        }
        for (int row = 0; row < of.size(); row++) {
          int ordinal = of.ordinal(row);
          boolean isKept = ordinal >= 0 && ordinal < nodes.size();
          if (isKept || given.isReferredTo(table, ordinal)) {
            byNode.put(isKept ? nodes.nodes.get(ordinal) : born.object(table, row), row);
          }
        }
        objects.put(table.number(), byNode);
      }
    }
    born.states();
  }

  /** Compares the cells with those of the graph, changes what they say else, and checks that. */
  private JoinedSave cells(SaveGraph edited) throws JoinException, LimitException {
    OrderedRows first = OrderedRows.of(plan, edited, rows, objects, kinds, notes, limits);
    Memory memory = Memory.beside(edited.footprint() + 2 * rows.footprint(), limits);
    SaveGraph done =
        new ChangedCells(plan, edited, first.rows(), notes, first.kinds(), use, limits, memory)
            .apply()
            .graph();
    OrderedRows last = OrderedRows.of(plan, done, rows, objects, kinds, notes, limits);
    memory = Memory.beside(done.footprint() + 2 * rows.footprint(), limits);
    new ChangedCells(plan, done, last.rows(), notes, last.kinds(), use, limits, memory).check();
    checkLost(plan, lost, last.meaning(), last.walk());
    return new JoinedSave(done, null, last.unplaced());
  }

  /** The same of a save whose rows are as they were. */
  static void checkLost(
      WalkPlan plan, SaveGraph graph, SaveRows rows, ValueNotes notes, BitSet lost, Limits limits)
      throws JoinException, LimitException {
    if (!lost.isEmpty()) {
      Meaning meaning = Meaning.of(graph, limits);
      MappingWalk walk = new MappingWalk(plan, meaning, plan.rootTable(rows::has), notes);
      checkLost(plan, lost, meaning, walk);
    }
  }

  /** A value that was kept in a deleted row alone must have left the save with it. */
  private static void checkLost(WalkPlan plan, BitSet lost, Meaning meaning, MappingWalk walk)
      throws JoinException {
    BitSet reached = Reachable.of(meaning.graph());
    for (int node = lost.nextSetBit(0); node >= 0; node = lost.nextSetBit(node + 1)) {
      if (reached.get(node)) {
        throw new JoinException(
            JoinException.Reason.ROW_MISSING,
            shown(new ObjectPaths(plan, meaning, walk).value(node)),
            "its value was kept in a row or document that does not have it any more, or in cells that"
                + " have different values now, and no column shows it here: put it back there, or"
                + " take away what has the value");
      }
    }
  }
}
