package io.picklift.schema.tables.join;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.edit.GraphEditor;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.template.Template;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.walk.ObjectPaths;
import io.picklift.schema.tables.walk.PathNode;
import io.picklift.schema.tables.walk.RowNodes;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The values of rows that are new, each made like those that have stood in its place: members of
 * containers, and objects of class tables. {@link BornRecords} makes what has parts.
 */
final class BornRows {
  /** No cell says anything of a place. */
  static final int NOTHING = -1;

  private final WalkPlan plan;
  private final GivenRows given;
  private final Containers containers;
  private final Meaning meaning;
  private final GraphEditor editor;
  private final ObjectPaths paths;
  private final BornValues plain;
  private final BornRecords records;
  private final @Nullable Template template;

  /** New objects of class tables, by table and row. */
  private final Map<List<Integer>, Integer> objects = new HashMap<>();

  /** Members that are other objects now, by table and ordinal. */
  private final Map<List<Integer>, Integer> replaced = new HashMap<>();

  /** Cells of the row at hand that have their place: a column may have several names. */
  private final Set<List<Integer>> written = new HashSet<>();

  /**
   * @param template what a save is like that has no rows of its own to make new ones like; null
   *     where it has
   */
  BornRows(
      WalkPlan plan,
      GivenRows given,
      Containers containers,
      Meaning meaning,
      ValueNotes notes,
      GraphEditor editor,
      ObjectPaths paths,
      @Nullable Template template) {
    this.plan = plan;
    this.given = given;
    this.containers = containers;
    this.meaning = meaning;
    this.editor = editor;
    this.paths = paths;
    this.template = template;
    NodeValueReader values = new NodeValueReader(meaning, notes);
    plain = new BornValues(meaning, values, editor);
    LikeMembers likes =
        new LikeMembers(
            meaning,
            containers.walk(),
            editor,
            template == null ? node -> true : template::isDefault);
    records = new BornRecords(plan, meaning, values, editor, likes, this);
  }

  /** Whether a row was inserted. */
  boolean isBorn(TableMapping table, int row) {
    return !isKept(table.number(), given.table(table.number()).ordinal(row));
  }

  private boolean isKept(int table, int ordinal) {
    return template == null && ordinal >= 0 && ordinal < nodes(table).size();
  }

  private RowNodes nodes(int table) {
    return containers.walk().rows(table);
  }

  /** Begins a new object of a class table: rows may refer to it before it has its state. */
  int object(TableMapping table, int row) throws JoinException {
    int object = records.object(table.number(), row, like(table.number()));
    objects.put(List.of(table.number(), row), object);
    return object;
  }

  /** Gives all objects that were begun their state. */
  void states() throws JoinException {
    for (var entry : objects.entrySet()) {
      int table = entry.getKey().get(0);
      int row = entry.getKey().get(1);
      records.state(plan.paths[table], table, row, like(table), entry.getValue());
    }
  }

  /** The ordinals of the rows that a new one is made like. */
  private IntStream likes(int table) {
    return template == null
        ? IntStream.range(0, nodes(table).size())
        : Arrays.stream(template.rows(table));
  }

  private int[] like(int table) {
    return likes(table).map(nodes(table).nodes::get).toArray();
  }

  private int[] likeKeys(int table) {
    return likes(table).map(nodes(table)::key).filter(key -> key >= 0).toArray();
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
    if (column < 0) {
      throw refused(table.number(), row, "has no key: the mapping has no key column for the dict");
    }
    int[] like = likeKeys(table.number());
    ColumnData cells = given.table(table.number()).column(column);
    if (cells.isNull(row)) {
      for (int key : like) {
        if (meaning.kind(key) == Kind.NONE) {
          return editor.none();
        }
      }
      throw refused(table.number(), row, "has a key of NULL, and no other key there is None");
    }
    return plain(table.number(), column, row, like);
  }

  private int member(TableMapping table, int row) throws JoinException {
    PathNode path = plan.paths[table.number()];
    int[] like = like(table.number());
    int made = value(path, table.number(), row, like);
    if (made != NOTHING) {
      return made;
    }
    boolean isNone = path.isEnd() || records.isNoneKnown(like);
    return isNone ? editor.none() : records.record(path, table.number(), row, like);
  }

  /**
   * What the row's cells say of a place; {@link #NOTHING} where they are all NULL.
   *
   * @param like values that stand there in other rows
   */
  int value(PathNode path, int table, int row, int[] like) throws JoinException {
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

  private int plain(int table, int column, int row, int[] like) throws JoinException {
    int made = plain.value(plan.codecs[table][column], cells(table, column), row, like);
    if (made < 0) {
      throw refused(
          table,
          row,
          "has a value in "
              + plan.mapping.tables().get(table).stored().get(column).name()
              + " that has no form in the save's protocol, or beside the values that stand there");
    }
    return made;
  }

  private ColumnData cells(int table, int column) {
    return given.table(table).column(column);
  }

  /** The column at the end of a path that is not NULL; -1 where all are. */
  private int cell(PathNode path, int table, int row, int[] like) throws JoinException {
    boolean hasParts = !path.isEnd() && records.isAnyParted(like);
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
      int column = path.columns[i];
      boolean holds =
          switch (plan.mapping.tables().get(table).stored().get(column).role()) {
            case VALUE, REFERENCE, CLASS -> true;
            default -> false;
          };
      if (holds
          && !cells(table, column).isNull(row)
          && !written.contains(List.of(table, row, column))) {
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

  private int reference(int table, int row, StoredColumn column) throws JoinException {
    ColumnMapping mapped = column.mapping();
    TableMapping target =
        mapped == null ? null : plan.mapping.table(String.valueOf(mapped.references()));
    TableRows of = given.table(table);
    int ordinal = (int) of.column(of.table().columnNumber(column.name())).number(row);
    int referred = target == null ? -1 : given.table(target.number()).row(ordinal);
    if (target == null || referred < 0) {
      throw refused(
          table, row, "refers by " + column.name() + " to row " + ordinal + ", which is not there");
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
  private int container(PathNode path, int table, int row, int[] like) throws JoinException {
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
    int container = records.firstContainer(like, containers);
    boolean isEverywhere = container >= 0 && !records.isNoneKnown(like);
    if (!isNew && !isEverywhere) {
      return NOTHING;
    }
    if (container < 0) {
      throw refused(
          table, row, "has members in table " + of.name() + ", and the save has no such container");
    }
    Containers.Holder holder = containers.holder(container);
    boolean isKeyed = isKeyed(of, holder);
    int[] nodes = members(of, members, isKeyed);
    int made = records.container(container, holder, isKeyed, nodes);
    if (made < 0) {
      throw refused(
          table, row, "has members in table " + of.name() + ", in a container that cannot be new");
    }
    return made;
  }

  /** Whether nothing stands in a place, or None does. */
  boolean isNone(int node) {
    return node < 0 || meaning.kind(node) == Kind.NONE;
  }

  /**
   * A new container for members of a row that was there before and has none; {@link #NOTHING} where
   * the containers of other rows, which are all of one form, do not say what it would be.
   */
  int container(TableMapping table, List<Integer> rows) throws JoinException {
    int like = NOTHING;
    int owners = nodes(given.owner(table).number()).size();
    for (int owner = 0; owner < owners; owner++) {
      int one = containers.of(table.number(), owner);
      boolean isOne = containers.holder(one).node() >= 0;
      if (isOne && like >= 0 && !records.areOfOneForm(like, one)) {
        return NOTHING;
      }
      like = isOne && like < 0 ? one : like;
    }
    if (like < 0) {
      return NOTHING;
    }
    Containers.Holder holder = containers.holder(like);
    boolean isKeyed = isKeyed(table, holder);
    int made = records.container(like, holder, isKeyed, members(table, rows, isKeyed));
    return made < 0 ? NOTHING : made;
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

  JoinException refused(int table, int row, String why) {
    TableMapping of = plan.mapping.tables().get(table);
    String message =
        "row " + given.table(table).ordinal(row) + " of table " + of.name() + " is new and " + why;
    int at = table;
    int known = row;
    while (plan.mapping.tables().get(at).source() instanceof RowSource.Each each
        && isBorn(plan.mapping.tables().get(at), known)) {
      TableMapping member = plan.mapping.tables().get(at);
      ColumnData owners = cells(at, member.columnNumber(each.ownerColumn()));
      at = given.owner(member).number();
      known = given.table(at).row((int) owners.number(known));
    }
    int ordinal = given.table(at).ordinal(known);
    return new JoinException(
        JoinException.Reason.CELL,
        isKept(at, ordinal) ? RowEdits.shown(paths.row(at, ordinal)) : "",
        message);
  }
}
