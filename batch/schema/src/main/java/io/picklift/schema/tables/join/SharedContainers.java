package io.picklift.schema.tables.join;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Contents;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.residue.Residue;
import io.picklift.schema.tables.document.JsonDocuments;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.split.GraphSplit;
import io.picklift.schema.tables.split.RowComputer;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.walk.FixedMembers;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.ObjectPaths;
import io.picklift.schema.tables.walk.RowNodes;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Containers that the save has once and that several rows own, each with rows for all members. What
 * was edited under one owner is edited: the rows of the others, where they are as they were, become
 * the same.
 */
final class SharedContainers implements MappingWalk.Visitor {
  /** Who owns a container: the table that has its members, and the ordinal of the owner's row. */
  private record Owner(TableMapping table, int ordinal) {}

  /**
   * One owner's rows of a container.
   *
   * @param before the ordinals of the members that it had
   * @param now the members that it has
   */
  private record Shown(Owner owner, List<Integer> before, List<SettledRows.Row> now) {
    TableMapping table() {
      return owner.table();
    }

    /** Which member a row was; -1 of one that is new or comes from elsewhere. */
    int index(SettledRows.Row row) {
      return before.indexOf(row.ordinal());
    }
  }

  private final WalkPlan plan;
  private final Residue residue;
  private final Meaning meaning;
  private final MappingWalk walk;
  private final NodeValueReader values;
  private final JsonDocuments json;
  private final SaveRows given;
  private final SettledRows rows;
  private final int[] payloads = new int[NodeValueReader.MOST_PAYLOADS];

  /** By container, in the order of the walk. */
  private final Map<Integer, List<Owner>> owners = new LinkedHashMap<>();

  /** Cells whose value is in the rows alone: table, ordinal, column. */
  private final Set<List<Integer>> taken = new HashSet<>();

  private @Nullable SaveRows base;

  private SharedContainers(WalkPlan plan, Residue residue, Meaning blank, SaveRows given) {
    this.plan = plan;
    this.residue = residue;
    this.given = given;
    meaning = blank;
    walk = new MappingWalk(plan, blank, plan.rootTable(given::has), residue.notes());
    values = new NodeValueReader(blank, residue.notes());
    json = new JsonDocuments(walk, blank, values);
    rows = new SettledRows(plan, given, table -> walk.rows(table).size());
  }

  /**
   * The rows, alike under all owners of each container.
   *
   * @param blank the save without the values that rows have
   * @return the given ones where they are so already
   * @throws JoinException if two owners' rows say two different things
   */
  static SaveRows settled(
      WalkPlan plan, Residue residue, Meaning blank, SaveRows given, Limits limits)
      throws JoinException, LimitException {
    SharedContainers shared = new SharedContainers(plan, residue, blank, given);
    shared.walk.run(shared);
    for (List<Owner> of : shared.owners.values()) {
      if (of.size() > 1) {
        shared.settle(of);
      }
    }
    return shared.rows.made(Memory.beside(given.footprint(), limits));
  }

  /** Whether a value can have other members and stay the same. */
  static boolean isChangeable(Meaning meaning, MappingWalk walk, int node) {
    return switch (meaning.kind(node)) {
      case LIST, DICT, SET -> true;
      case OBJECT, CALL -> FixedMembers.of(meaning, walk, node) == Contents.NO_PLACES;
      default -> false;
    };
  }

  @Override
  public void container(int table, int owner, int node) {
    if (isChangeable(meaning, walk, node)) {
      owners
          .computeIfAbsent(node, k -> new ArrayList<>())
          .add(new Owner(plan.mapping.tables().get(table), owner));
    }
  }

  @Override
  public void row(int table, int ordinal, int node, int[] nodes) {
    if (!(plan.mapping.tables().get(table).source() instanceof RowSource.Each)) {
      return;
    }
    for (int column = 0; column < plan.codecs[table].length; column++) {
      if (nodes[column] < 0) {
        continue;
      }
      List<Integer> cell = List.of(table, ordinal, column);
      StoredColumn.Role role = plan.mapping.tables().get(table).stored().get(column).role();
      if (role != StoredColumn.Role.VALUE && role != StoredColumn.Role.KEY) {
        continue;
      }
      take(nodes[column], cell);
      if (plan.codecs[table][column] == null) {
        json.document(nodes[column], (leaf, exact) -> take(leaf, cell));
      }
    }
  }

  private void take(int node, List<Integer> cell) {
    int count = values.payloads(node, payloads);
    for (int i = 0; i < count; i++) {
      if (residue.isTaken(payloads[i])) {
        taken.add(cell);
      }
    }
  }

  private void settle(List<Owner> of) throws JoinException, LimitException {
    List<Shown> all = new ArrayList<>();
    for (Owner owner : of) {
      if (!areOfSameColumns(of.get(0).table(), owner.table())) {
        return;
      }
      if (rows.has(ofOwner(owner.table()), owner.ordinal())) {
        List<Integer> before = new ArrayList<>();
        RowNodes nodes = walk.rows(owner.table().number());
        for (int row = 0; row < nodes.size(); row++) {
          if (nodes.owners.get(row) == owner.ordinal()) {
            before.add(row);
          }
        }
        all.add(new Shown(owner, before, rows.members(owner.table(), owner.ordinal())));
      }
    }
    Shown edited = null;
    for (Shown one : all) {
      if (!isTouched(one, all)) {
        continue;
      }
      if (edited != null && !isSame(edited, one)) {
        throw different(edited, one);
      }
      edited = edited == null ? one : edited;
    }
    for (Shown one : all) {
      if (edited != null && !isSame(edited, one)) {
        follow(edited, one);
      }
    }
  }

  private TableMapping ofOwner(TableMapping table) {
    String name = table.source() instanceof RowSource.Each each ? each.ownerTable() : "";
    return Objects.requireNonNull(plan.mapping.table(name), name);
  }

  private static boolean areOfSameColumns(TableMapping one, TableMapping other) {
    return one.stored().size() == other.stored().size()
        && IntStream.range(0, one.stored().size())
            .allMatch(column -> SettledRows.same(one, column, other) >= 0);
  }

  /** Whether two owners' rows say the same. */
  private boolean isSame(Shown one, Shown other) {
    if (one.now().size() != other.now().size()) {
      return false;
    }
    for (int i = 0; i < one.now().size(); i++) {
      SettledRows.Row row = one.now().get(i);
      SettledRows.Row twin = other.now().get(i);
      boolean isAlike =
          IntStream.range(0, row.from().stored().size())
              .allMatch(column -> !isValue(row.from(), column) || isAlike(row, column, twin));
      if (one.index(row) != other.index(twin) || !isAlike) {
        return false;
      }
    }
    return true;
  }

  private boolean isAlike(SettledRows.Row row, int column, SettledRows.Row twin) {
    ColumnData cells = given.table(row.from().number()).column(column);
    ColumnData others =
        given.table(twin.from().number()).column(SettledRows.same(row.from(), column, twin.from()));
    return cells.sameCell(row.source(), others, twin.source());
  }

  /** Whether a cell is of the member, and not of its place or of what is outside of the save. */
  private static boolean isValue(TableMapping table, int column) {
    StoredColumn.Role role = table.stored().get(column).role();
    return !role.isOutside()
        && role != StoredColumn.Role.UNFIT
        && role != StoredColumn.Role.OWNER
        && role != StoredColumn.Role.POSITION;
  }

  /** Whether an owner's rows say something else than they did. */
  private boolean isTouched(Shown one, List<Shown> all) throws LimitException {
    if (!one.now().stream().map(SettledRows.Row::ordinal).toList().equals(one.before())) {
      return true;
    }
    for (SettledRows.Row row : one.now()) {
      for (int column = 0; column < row.from().stored().size(); column++) {
        if (isValue(row.from(), column)
            && isDoubtful(one.index(row), row, column, all)
            && isChanged(row, column)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether an owner has no row any more that says the same. */
  private boolean isDoubtful(int index, SettledRows.Row row, int column, List<Shown> all) {
    return !all.stream()
        .allMatch(
            other ->
                other.now().stream()
                    .anyMatch(twin -> other.index(twin) == index && isAlike(row, column, twin)));
  }

  /** What a cell was nobody knows where rows alone have the value: then it counts as changed. */
  private boolean isChanged(SettledRows.Row row, int column) throws LimitException {
    int table = row.from().number();
    if (taken.contains(List.of(table, row.ordinal(), column))) {
      return true;
    }
    SaveRows known = base;
    if (known == null) {
      known =
          new GraphSplit(
                  plan,
                  meaning,
                  given.saveId(),
                  plan.rootTable(given::has),
                  RowComputer.NONE,
                  residue.notes(),
                  meaning.memory())
              .rows();
      base = known;
    }
    return !ChangedCells.same(
        row.from().stored().get(column).type(),
        given.table(table).column(column),
        row.source(),
        known.table(table).column(column),
        row.ordinal());
  }

  /** Has one owner's rows become what another's say. */
  private void follow(Shown edited, Shown one) throws JoinException {
    List<SettledRows.Row> kept = new ArrayList<>();
    List<SettledRows.Row> born = new ArrayList<>();
    for (SettledRows.Row row : edited.now()) {
      int index = edited.index(row);
      boolean isElsewhere =
          index < 0
              && (row.ordinal() < walk.rows(edited.table().number()).size()
                  || (edited.table().number() != one.table().number()
                      && rows.isOwner(edited.table(), row.ordinal())));
      if (isElsewhere) {
        throw different(edited, one);
      }
      if (index < 0) {
        born.add(row);
      } else {
        kept.add(
            new SettledRows.Row(
                row.from(), row.source(), one.before().get(index), one.owner().ordinal()));
      }
    }
    rows.replace(one.table(), one.now(), kept);
    born.forEach(row -> rows.copy(edited.table(), one.table(), row, one.owner().ordinal()));
  }

  private String path(Shown shown) {
    int table = ofOwner(shown.table()).number();
    return RowEdits.shown(new ObjectPaths(plan, meaning, walk).row(table, shown.owner().ordinal()));
  }

  private String name(Shown shown) {
    return "table "
        + shown.table().name()
        + " under row "
        + shown.owner().ordinal()
        + " of "
        + ofOwner(shown.table()).name();
  }

  private JoinException different(Shown one, Shown other) {
    return new JoinException(
        JoinException.Reason.CELL,
        path(one),
        "has a container that "
            + path(other)
            + " has as well, and its members in "
            + name(one)
            + " and in "
            + name(other)
            + " were edited in different ways: edit them alike, or one of them alone");
  }
}
