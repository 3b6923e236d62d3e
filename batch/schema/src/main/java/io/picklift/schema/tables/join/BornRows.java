package io.picklift.schema.tables.join;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.edit.Containers;
import io.picklift.schema.tables.edit.GraphEditor;
import io.picklift.schema.tables.rows.NoSuchRow;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.walk.ObjectPaths;
import io.picklift.schema.tables.walk.PathNode;
import io.picklift.schema.tables.walk.RowNodes;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The values of rows that are new, each made like those that have stood in its place: members of
 * containers, and objects of class tables. {@link BornRecords} makes what has parts.
 */
final class BornRows {
  /** No cell says anything of a place. */
  static final int NOTHING = -1;

  private final WalkPlan plan;
  private final GivenRows given;
  private final Likes likes;
  private final Meaning meaning;
  private final GraphEditor editor;
  private final ObjectPaths paths;
  private final BornValues plain;
  private final BornClasses classes;
  private final BornContainers containers;
  private final BornRecords records;

  /** New objects of class tables, by table and row. */
  private final Map<List<Integer>, Integer> objects = new HashMap<>();

  /** Members that are other objects now, by table and ordinal. */
  private final Map<List<Integer>, Integer> replaced = new HashMap<>();

  /** By table and row what the cells of a row showed that gets new parts. */
  private final Map<List<Integer>, int[]> former = new HashMap<>();

  private List<ValuePath.Step> way = List.of();

  /** Cells of the row at hand that have their place: a column may have several names. */
  private final Set<List<Integer>> written = new HashSet<>();

  /**
   * @param meaning of the graph that has all that new values are made like
   * @param paths of the save
   */
  BornRows(
      WalkPlan plan,
      GivenRows given,
      Likes likes,
      Meaning meaning,
      ValueNotes notes,
      GraphEditor editor,
      ObjectPaths paths) {
    this.plan = plan;
    this.given = given;
    this.likes = likes;
    this.meaning = meaning;
    this.editor = editor;
    this.paths = paths;
    NodeValueReader values = new NodeValueReader(meaning, notes);
    plain = new BornValues(plan, meaning, values, notes, editor);
    LikeMembers members = new LikeMembers(meaning, values, likes, editor);
    classes = new BornClasses(plan, meaning, values, likes, this);
    containers = new BornContainers(meaning, editor, likes, members, classes);
    records = new BornRecords(plan, meaning, editor, likes, members, classes, containers, this);
  }

  /** Whether a row was inserted. */
  boolean isBorn(TableMapping table, int row) {
    return !isKept(table.number(), given.table(table.number()).ordinal(row));
  }

  private boolean isKept(int table, int ordinal) {
    return ordinal >= 0 && ordinal < nodes(table).size();
  }

  private RowNodes nodes(int table) {
    return likes.kept(table);
  }

  /** Begins a new object of a class table: rows may refer to it before it has its state. */
  int object(TableMapping table, int row) throws JoinException {
    int object = records.object(table.number(), row, likes.values(table.number()));
    objects.put(List.of(table.number(), row), object);
    return object;
  }

  /** Gives all objects that were begun their state. */
  void states() throws JoinException {
    for (var entry : objects.entrySet()) {
      int table = entry.getKey().get(0);
      int row = entry.getKey().get(1);
      records.state(plan.paths[table], table, row, likes.values(table), entry.getValue());
    }
  }

  /** The object of a row that is the save itself. */
  int root(TableMapping table, int row) throws JoinException {
    return table.source() instanceof RowSource.Root
        ? member(table, row)
        : objects.getOrDefault(List.of(table.number(), row), NOTHING);
  }

  /** Whether a container holds pairs; an empty one of a class does not tell. */
  boolean isKeyed(TableMapping table, Containers.Holder holder) {
    Kind kind = meaning.kind(holder.node());
    boolean isOfClass = kind == Kind.OBJECT || kind == Kind.CALL;
    return (holder.count() == 0 && isOfClass)
        ? GivenRows.column(table, StoredColumn.Role.KEY) >= 0
            || plan.keyPath(table.number()) != null
        : holder.isKeyed();
  }

  /** The nodes of a container's members: those that are there, and new ones. */
  int[] members(TableMapping table, List<Integer> rows, boolean isKeyed) throws JoinException {
    int step = isKeyed ? 2 : 1;
    int[] members = new int[step * rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      int row = rows.get(i);
      boolean isBorn = isBorn(table, row);
      int ordinal = given.table(table.number()).ordinal(row);
      RowNodes nodes = nodes(table.number());
      if (isKeyed) {
        int before = isBorn ? -1 : nodes.key(ordinal);
        members[2 * i] = before >= 0 ? before : key(table, row);
      }
      members[step * i + step - 1] =
          isBorn
              ? member(table, row)
              : replaced.getOrDefault(List.of(table.number(), ordinal), nodes.nodes.get(ordinal));
    }
    return members;
  }

  private int key(TableMapping table, int row) throws JoinException {
    int column = GivenRows.column(table, StoredColumn.Role.KEY);
    Like like = likes.keys(table.number());
    PathNode path = plan.keyPath(table.number());
    if (column < 0 && path != null) {
      return key(path, table, row, like);
    }
    if (column < 0) {
      throw refused(table.number(), row, "has no key: the mapping has no key column for the dict");
    }
    ColumnData cells = given.table(table.number()).column(column);
    if (cells.isNull(row)) {
      if (records.isNoneKnown(like)) {
        return editor.none();
      }
      likes.none();
      throw refused(table.number(), row, "has a key of NULL, and no other key there is None");
    }
    return plain(table.number(), column, row, like);
  }

  /** A key that has parts, of which the row has columns. */
  private int key(PathNode path, TableMapping table, int row, Like like) throws JoinException {
    int made = value(path, table.number(), row, like);
    if (made == NOTHING) {
      throw refused(table.number(), row, "has no key: all columns of it are NULL");
    }
    return made;
  }

  private int member(TableMapping table, int row) throws JoinException {
    PathNode path = plan.paths[table.number()];
    Like like = likes.values(table.number());
    int made = value(path, table.number(), row, like);
    if (made != NOTHING) {
      return made;
    }
    boolean isNone = path.isEnd() || records.isNoneKnown(likes.first(like));
    return isNone ? editor.none() : records.record(path, table.number(), row, like);
  }

  /**
   * What the row's cells say of a place; {@link #NOTHING} where they are all NULL.
   *
   * @param like values that stand there in other rows
   */
  int value(PathNode path, int table, int row, Like like) throws JoinException {
    int cell = cell(path, table, row, like);
    if (cell >= 0) {
      written.add(List.of(table, row, cell));
      StoredColumn column = plan.mapping.tables().get(table).stored().get(cell);
      return column.role() == StoredColumn.Role.REFERENCE
          ? reference(table, row, column)
          : plain(table, cell, row, like);
    }
    if (path.tables.length > 0 && !records.isRecord(path, like)) {
      return container(path, table, row, like);
    }
    return isThere(path, table, row) ? records.record(path, table, row, like) : NOTHING;
  }

  private int plain(int table, int column, int row, Like like) throws JoinException {
    Like own = likes.first(like);
    boolean isDocument = plan.codecs[table][column] == null;
    boolean isOwn = isDocument ? plain.isAny(own) : plain.isAnyPlain(own);
    if (!isOwn) {
      likes.none();
    }
    Like of = isOwn ? own : likes.others(like);
    boolean isTold = KindCells.isTold(given.table(table), column, row);
    int[] before = former.get(List.of(table, row));
    plain.former(before == null ? NOTHING : before[column]);
    int made = plain.value(plan.codecs[table][column], cells(table, column), row, of, isTold);
    if (made < 0) {
      throw refused(
          table,
          row,
          "has a value in "
              + plan.mapping.tables().get(table).stored().get(column).name()
              + " that has no form in the save's protocol, or beside the values that stand there"
              + (isDocument && !plain.why().isEmpty() ? ": " + plain.why() : ""));
    }
    return made;
  }

  private ColumnData cells(int table, int column) {
    return given.table(table).column(column);
  }

  /** The column at the end of a path that is not NULL; -1 where all are. */
  private int cell(PathNode path, int table, int row, Like like) throws JoinException {
    boolean hasParts = !path.isEnd() && classes.isAnyParted(like);
    int found = -1;
    for (int i = 0; i < path.columns.length; i += 2) {
      int column = path.columns[i];
      StoredColumn stored = plan.mapping.tables().get(table).stored().get(column);
      boolean holds =
          stored.role() == StoredColumn.Role.VALUE || stored.role() == StoredColumn.Role.REFERENCE;
      // Once the value itself stood here, which is a part of what stands here now.
      boolean isFormer = hasParts && path.columns[i + 1] > 1;
      if (holds
          && !isFormer
          && !cells(table, column).isNull(row)
          && !written.contains(List.of(table, row, column))) {
        if (found >= 0) {
          throw refused(
              table,
              row,
              "has a value in two columns of one place, "
                  + plan.mapping.tables().get(table).stored().get(found).name()
                  + " and "
                  + stored.name());
        }
        found = column;
      }
    }
    return found;
  }

  /** Whether any cell says something of a place or what is in it. */
  boolean isThere(PathNode path, int table, int row) {
    for (int i = 0; i < path.columns.length; i += 2) {
      if (isOpen(table, row, path.columns[i])) {
        return true;
      }
    }
    for (int member : path.tables) {
      if (!given.members(member, row).isEmpty()) {
        return true;
      }
    }
    for (int i = 0; i < path.placeCount(); i++) {
      if (isThere(path.placeNode(i), table, row)) {
        return true;
      }
    }
    return plan.named(path).values().stream().anyMatch(next -> isThere(next, table, row));
  }

  /** Whether a cell says something of a value that has no place yet. */
  boolean isOpen(int table, int row, int column) {
    boolean holds =
        switch (plan.mapping.tables().get(table).stored().get(column).role()) {
          case VALUE, REFERENCE, CLASS -> true;
          default -> false;
        };
    return holds
        && !cells(table, column).isNull(row)
        && !written.contains(List.of(table, row, column));
  }

  private int reference(int table, int row, StoredColumn column) throws JoinException {
    ColumnMapping mapped = column.mapping();
    TableMapping target =
        mapped == null ? null : plan.mapping.table(String.valueOf(mapped.references()));
    TableRows of = given.table(table);
    int ordinal = (int) of.column(of.table().columnNumber(column.name())).number(row);
    int referred = target == null ? -1 : given.table(target.number()).row(ordinal);
    if (target == null || referred < 0) {
      throw refused(
          table,
          row,
          NoSuchRow.message(
              given.rows().saveId(), of.table(), of.ordinal(row), column, target, ordinal));
    }
    return object(target, referred, ordinal);
  }

  /** The object of a row of a class table, a new one among them. */
  int object(TableMapping table, int row, int ordinal) {
    return isBorn(table, row)
        ? objects.getOrDefault(List.of(table.number(), row), NOTHING)
        : nodes(table.number()).nodes.get(ordinal);
  }

  /** Has a row that was there before be another member of its container. */
  void replace(int table, int ordinal, int node) {
    replaced.put(List.of(table, ordinal), node);
  }

  boolean isReplaced(TableMapping table, int row) {
    return replaced.containsKey(List.of(table.number(), given.table(table.number()).ordinal(row)));
  }

  /** A container with the row's members. */
  private int container(PathNode path, int table, int row, Like like) throws JoinException {
    int number = path.tables[0];
    List<Integer> members = given.members(number, row);
    for (int other : path.tables) {
      if (other != number && !given.members(other, row).isEmpty()) {
        throw refused(
            table, row, "has members in two tables that show one container, which cannot be new");
      }
    }
    boolean isNew = !members.isEmpty();
    TableMapping of = plan.mapping.tables().get(number);
    int container = containers.firstContainer(like);
    boolean isEverywhere = container >= 0 && !records.isNoneKnown(likes.first(like));
    if (!isNew && !isEverywhere) {
      return NOTHING;
    }
    if (container < 0) {
      likes.none();
      throw refused(
          table,
          row,
          "has members in table "
              + of.name()
              + ", and there is no such container in this save or in those that picklift_template"
              + " has of its protocol: delete them");
    }
    if (!containers.areOfOneForm(like, container)) {
      throw refused(
          table,
          row,
          (isNew ? "has members in table " : "has a container of table ")
              + of.name()
              + ", and the containers of other rows are of several kinds");
    }
    Containers.Holder holder = Containers.holder(meaning, container);
    boolean isKeyed = isKeyed(of, holder);
    int[] nodes = members(of, members, isKeyed);
    if (Containers.isFull(meaning, container, members.size())) {
      throw refused(
          table,
          row,
          "has "
              + members.size()
              + " members in table "
              + of.name()
              + ", and the deque there has a maxlen of "
              + Containers.maxlen(meaning, container)
              + ": delete the others");
    }
    int made = containers.container(container, holder, isKeyed, nodes);
    if (made < 0) {
      throw refused(
          table,
          row,
          "has members in table "
              + of.name()
              + ", and no new "
              + classes.name(container)
              + " can be made: delete them, or let the old application make it");
    }
    return made;
  }

  /** The object that owns a row, where that was there before; else negative. */
  int owner(int table, int row) {
    TableMapping of = plan.mapping.tables().get(table);
    if (!(of.source() instanceof RowSource.Each each)) {
      return NOTHING;
    }
    TableMapping owners = given.owner(of);
    int ordinal = (int) cells(table, of.columnNumber(each.ownerColumn())).number(row);
    return isKept(owners.number(), ordinal) ? nodes(owners.number()).nodes.get(ordinal) : NOTHING;
  }

  /** The same of an object whose row was there before. */
  int ownerOf(int table, int node) {
    TableMapping of = plan.mapping.tables().get(table);
    return of.source() instanceof RowSource.Each ? likes.owner(of, given.owner(of), node) : NOTHING;
  }

  /** Notes that a cell of a row that was there before has its value. */
  void written(int table, int row, int column) {
    written.add(List.of(table, row, column));
  }

  /** The row's own cells, for what is made of them. */
  TableRows rows(int table) {
    return given.table(table);
  }

  /** The members of the container that a row's object is itself; null where it is none. */
  int[] own(PathNode path, int row, boolean isKeyed) throws JoinException {
    TableMapping of = plan.mapping.tables().get(path.tables[0]);
    return members(of, given.members(of.number(), row), isKeyed);
  }

  /** Notes what the cells of a row showed, by column. */
  void former(int table, int row, int[] nodes) {
    former.put(List.of(table, row), nodes);
  }

  /** Says where in a row that was there before the next values are to stand. */
  void at(List<ValuePath.Step> way) {
    this.way = way;
  }

  /** How the user takes back what the row says that has no place. */
  String undone(int table, int row) {
    return isKept(table, given.table(table).ordinal(row))
        ? "set its cells of it to NULL"
        : "delete it";
  }

  JoinException refused(int table, int row, String why) {
    TableMapping of = plan.mapping.tables().get(table);
    int own = given.table(table).ordinal(row);
    String message =
        "row " + own + " of table " + of.name() + (isKept(table, own) ? " " : " is new and ") + why;
    int at = table;
    int known = row;
    List<ValuePath.Step> steps = isKept(table, own) ? way : List.of();
    while (plan.mapping.tables().get(at).source() instanceof RowSource.Each each
        && isBorn(plan.mapping.tables().get(at), known)) {
      TableMapping member = plan.mapping.tables().get(at);
      ColumnData owners = cells(at, member.columnNumber(each.ownerColumn()));
      steps = each.path().inSave();
      at = given.owner(member).number();
      known = given.table(at).row((int) owners.number(known));
    }
    int ordinal = given.table(at).ordinal(known);
    StringBuilder path = new StringBuilder(isKept(at, ordinal) ? paths.row(at, ordinal) : "");
    steps.forEach(step -> ValuePath.append(path, step));
    return new JoinException(
        JoinException.Reason.CELL,
        isKept(at, ordinal) ? RowEdits.shown(path.toString()) : "",
        message);
  }
}
