package io.picklift.schema.tables.join;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.tables.edit.Containers;
import io.picklift.schema.tables.edit.GraphEditor;
import io.picklift.schema.tables.edit.Placement;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.MemberLookup;
import io.picklift.schema.tables.walk.ObjectPaths;
import io.picklift.schema.tables.walk.PathNode;
import io.picklift.schema.tables.walk.RowNodes;
import io.picklift.schema.tables.walk.WalkPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Parts of rows that were there before, which the cells or other rows say something of: an inlined
 * object, a container, or the key of a dict that the save does not have. And those that it has, and
 * whose class column is NULL now, as is all that is in them: they become None.
 */
final class PartEdits {
  /** A row and what it has in the save. */
  private record Row(TableMapping table, int row, int ordinal) {}

  private final WalkPlan plan;
  private final GivenRows given;
  private final Containers containers;
  private final Meaning meaning;
  private final Likes likes;
  private final BornRows born;
  private final GraphEditor editor;
  private final ObjectPaths paths;
  private final Placement placement;
  private final MemberLookup members;
  private final MemberLookup likeMembers;
  private final Meaning all;
  private final ErasedCalls erased;

  /** Where paths go on, by the step. */
  private final Map<PathNode, Map<ValuePath.Step, PathNode>> next = new HashMap<>();

  private final Map<PathNode, Like> like = new HashMap<>();

  /** Objects that became None, or others. */
  private final BitSet gone = new BitSet();

  /** Owners whose container is new, by the members' table and the owner's ordinal. */
  private final Set<List<Integer>> made = new HashSet<>();

  /**
   * @param meaning of the save alone
   * @param all of the graph that has what new values are made like as well
   */
  PartEdits(
      WalkPlan plan,
      GivenRows given,
      Containers containers,
      Meaning meaning,
      Meaning all,
      Likes likes,
      BornRows born,
      GraphEditor editor,
      ObjectPaths paths) {
    this.plan = plan;
    this.given = given;
    this.containers = containers;
    this.meaning = meaning;
    this.all = all;
    this.likes = likes;
    this.born = born;
    this.editor = editor;
    this.paths = paths;
    placement = new Placement(meaning, containers.walk(), editor);
    members = new MemberLookup(meaning);
    likeMembers = new MemberLookup(all);
    erased = new ErasedCalls(plan, meaning);
  }

  /** Objects that became None, or others, in the place that a row shows. */
  BitSet gone() {
    return gone;
  }

  /** Whether an owner's container is a new one, with all its members. */
  boolean isMade(TableMapping table, int owner) {
    return made.contains(List.of(table.number(), owner));
  }

  /**
   * Makes the changes.
   *
   * @param fresh a walk over the save that was not run yet
   */
  void apply(MappingWalk fresh) throws JoinException, LimitException {
    List<Row> open = new ArrayList<>();
    fresh.run(
        (table, ordinal, node, nodes) -> {
          int row = given.table(table).row(ordinal);
          if (row >= 0 && !containers.walk().rows(table).isInFrame(ordinal)) {
            TableMapping of = plan.mapping.tables().get(table);
            if (mayChange(of, row, ordinal, nodes, fresh)) {
              noteWritten(of, row, nodes);
              born.former(table, row, nodes.clone());
              open.add(new Row(of, row, ordinal));
            }
          }
        });
    for (Row row : open) {
      row(row);
    }
  }

  /** Whether a part may be new, or gone. */
  private boolean mayChange(
      TableMapping table, int row, int ordinal, int[] nodes, MappingWalk fresh) {
    boolean mayChange = false;
    for (int column = 0; column < table.stored().size(); column++) {
      boolean isNull = given.table(table.number()).column(column).isNull(row);
      switch (table.stored().get(column).role()) {
        case VALUE, REFERENCE -> {
          mayChange |= nodes[column] == MappingWalk.ABSENT && !isNull;
          mayChange |= isNull && nodes[column] >= 0 && erased.isShown(fresh, column);
        }
        case CLASS ->
            mayChange |=
                table.stored().get(column).mapping() != null
                    && (isNull == (className(nodes[column]) != null)
                        || isOther(table.number(), row, column, nodes[column]));
        default -> {}
      }
    }
    for (TableMapping member : plan.mapping.tables()) {
      boolean isOwned =
          member.source() instanceof RowSource.Each each
              && each.ownerTable().equals(table.name())
              && !given.members(member.number(), row).isEmpty();
      mayChange |= isOwned && containers.holder(containers.of(member.number(), ordinal)).node() < 0;
    }
    return mayChange;
  }

  /** Notes which cells have their value, those of an object of another class left out. */
  private void noteWritten(TableMapping table, int row, int[] nodes) {
    Set<Integer> anew = new HashSet<>();
    for (int column = 0; column < table.stored().size(); column++) {
      PathNode end = plan.ends[table.number()][column];
      if (table.stored().get(column).role() == StoredColumn.Role.CLASS
          && end != null
          && isOther(table.number(), row, column, nodes[column])) {
        within(end, anew);
      }
    }
    for (int column = 0; column < table.stored().size(); column++) {
      StoredColumn.Role role = table.stored().get(column).role();
      boolean holds = role == StoredColumn.Role.VALUE || role == StoredColumn.Role.REFERENCE;
      if (holds && !anew.contains(column) && nodes[column] != MappingWalk.ABSENT) {
        born.written(table.number(), row, column);
      }
    }
  }

  private void within(PathNode path, Set<Integer> columns) {
    columns(path).forEach(columns::add);
    next(path).values().forEach(to -> within(to, columns));
  }

  /** Whether a class column names another class than the object there has. */
  private boolean isOther(int table, int row, int column, int node) {
    ColumnData cells = given.table(table).column(column);
    String className = className(node);
    if (className == null || cells.isNull(row)) {
      return false;
    }
    byte[] name = className.getBytes(StandardCharsets.UTF_8);
    return !Arrays.equals(name, 0, name.length, cells.pool(), cells.start(row), cells.end(row));
  }

  private boolean isOther(PathNode path, int node, Row row) {
    return columns(path)
        .filter(column -> role(row, column) == StoredColumn.Role.CLASS)
        .anyMatch(column -> isOther(row.table().number(), row.row(), column, node));
  }

  /** What a class column has for a value; null where it is NULL. */
  private @Nullable String className(int node) {
    boolean isMade =
        node >= 0 && (meaning.kind(node) == Kind.OBJECT || meaning.kind(node) == Kind.CALL);
    return isMade ? meaning.className(meaning.callable(node)) : null;
  }

  private void row(Row row) throws JoinException {
    RowNodes nodes = containers.walk().rows(row.table().number());
    PathNode path = plan.paths[row.table().number()];
    int node = nodes.nodes.get(row.ordinal());
    boolean isMember = row.table().source() instanceof RowSource.Each;
    if (isMember && isNone(node) && !isLeaf(path) && says(path, row)) {
      born.replace(row.table().number(), row.ordinal(), made(path, List.of(), row));
    } else if (isMember && isOther(path, node, row)) {
      gone.set(node);
      born.replace(row.table().number(), row.ordinal(), made(path, List.of(), row));
    } else if (isMember && isGone(path, node, row)) {
      noteGone(node);
      born.replace(row.table().number(), row.ordinal(), editor.none());
    } else {
      parts(path, node, List.of(), row);
    }
  }

  private boolean isNone(int node) {
    return meaning.kind(node) == Kind.NONE;
  }

  private static boolean isLeaf(PathNode path) {
    return path.isEnd() && path.tables.length == 0;
  }

  private void parts(PathNode path, int node, List<ValuePath.Step> way, Row row)
      throws JoinException {
    for (Map.Entry<ValuePath.Step, PathNode> entry : next(path).entrySet()) {
      PathNode to = entry.getValue();
      List<ValuePath.Step> further = new ArrayList<>(way);
      further.add(entry.getKey());
      int place = members.member(node, entry.getKey());
      int value = place < 0 ? MappingWalk.ABSENT : meaning.member(place);
      boolean isNothing = value < 0 || isNone(value);
      // One cell alone says what stands there, and changes that.
      boolean isOfCell = isLeaf(to) && (value >= 0 || way.isEmpty());
      if (isNothing && !isOfCell && says(to, row)) {
        put(node, value, place, entry.getKey(), made(to, further, row), further, row);
      } else if (!isNothing && isOther(to, value, row)) {
        gone.set(value);
        put(node, value, place, entry.getKey(), made(to, further, row), further, row);
      } else if (!isNothing && isGone(to, value, row)) {
        noteGone(value);
        put(node, value, place, entry.getKey(), editor.none(), further, row);
      } else if (!isNothing) {
        parts(to, value, further, row);
      }
    }
  }

  private void put(
      int node,
      int value,
      int place,
      ValuePath.Step step,
      int with,
      List<ValuePath.Step> way,
      Row row)
      throws JoinException {
    String why = null;
    if (value >= 0) {
      why = placement.put(node, value, place, null, with);
    } else if (!(step instanceof ValuePath.Name name)
        || !placement.attribute(node, name.name(), with)) {
      why = "is not there in the save and cannot be added: set its cells to NULL";
    }
    if (why != null) {
      StringBuilder path = new StringBuilder(paths.row(row.table().number(), row.ordinal()));
      way.forEach(at -> ValuePath.append(path, at));
      throw new JoinException(JoinException.Reason.CELL, path.toString(), why);
    }
  }

  /** What the row says of a place where nothing is. */
  private int made(PathNode path, List<ValuePath.Step> way, Row row) throws JoinException {
    int number = row.table().number();
    born.at(way);
    int value = born.value(path, number, row.row(), like(path, way, row.table()));
    noteContainers(path, row);
    return value == BornRows.NOTHING ? editor.none() : value;
  }

  private void noteContainers(PathNode path, Row row) {
    for (int table : path.tables) {
      made.add(List.of(table, row.ordinal()));
    }
    next(path).values().forEach(to -> noteContainers(to, row));
  }

  /** What stands in that place in other rows, the save's own ahead. */
  private Like like(PathNode path, List<ValuePath.Step> way, TableMapping table) {
    return like.computeIfAbsent(
        path,
        k ->
            Like.of(
                Arrays.stream(likes.values(table.number()).nodes())
                    .flatMap(node -> follow(node, way))));
  }

  private IntStream follow(int from, List<ValuePath.Step> way) {
    int node = from;
    for (ValuePath.Step step : way) {
      int member = likeMembers.member(node, step);
      if (member < 0) {
        return IntStream.empty();
      }
      node = all.member(member);
    }
    return IntStream.of(node);
  }

  /** Whether the row has a cell, under a path of now, or members of what is in a place. */
  private boolean says(PathNode path, Row row) {
    for (int i = 0; i < path.columns.length; i += 2) {
      boolean isOlder = path.columns[i + 1] > 1;
      if (!isOlder && born.isOpen(row.table().number(), row.row(), path.columns[i])) {
        return true;
      }
    }
    return hasMembers(path, row) || next(path).values().stream().anyMatch(to -> says(to, row));
  }

  private boolean hasMembers(PathNode path, Row row) {
    return Arrays.stream(path.tables).anyMatch(table -> !given.members(table, row.row()).isEmpty());
  }

  /**
   * Whether an object's class column is NULL, and so is all else that the row says of it; or all of
   * a complex number's parts are.
   */
  private boolean isGone(PathNode path, int node, Row row) {
    boolean hasClass =
        columns(path).anyMatch(column -> role(row, column) == StoredColumn.Role.CLASS);
    return ((className(node) != null && hasClass)
            || erased.isErased(path, node, row.table().number()))
        && isSilent(path, row);
  }

  /** A complex number and the like may stand in other places, with other cells. */
  private void noteGone(int node) {
    if (!erased.isOne(node)) {
      gone.set(node);
    }
  }

  /** Whether all cells of what is in a place are NULL, and it has no members. */
  private boolean isSilent(PathNode path, Row row) {
    boolean isSilent =
        columns(path)
            .allMatch(
                column ->
                    isNull(row, column)
                        || switch (role(row, column)) {
                          case VALUE, REFERENCE, CLASS -> false;
                          default -> true;
                        });
    return isSilent
        && !hasMembers(path, row)
        && next(path).values().stream().allMatch(to -> isSilent(to, row));
  }

  private static IntStream columns(PathNode path) {
    return IntStream.range(0, path.columns.length / 2).map(i -> path.columns[2 * i]);
  }

  private static StoredColumn.Role role(Row row, int column) {
    return row.table().stored().get(column).role();
  }

  private boolean isNull(Row row, int column) {
    return given.table(row.table().number()).column(column).isNull(row.row());
  }

  private Map<ValuePath.Step, PathNode> next(PathNode path) {
    Map<ValuePath.Step, PathNode> known = next.get(path);
    if (known == null) {
      known = new LinkedHashMap<>();
      for (Map.Entry<String, PathNode> entry : plan.named(path).entrySet()) {
        known.put(new ValuePath.Name(entry.getKey()), entry.getValue());
      }
      for (int i = 0; i < path.placeCount(); i++) {
        known.put(new ValuePath.Place(path.place(i)), path.placeNode(i));
      }
      next.put(path, known);
    }
    return known;
  }
}
