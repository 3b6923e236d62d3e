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
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Containers that the save has once and that several rows own, each with rows for all members. What
 * was edited under one owner is edited: the rows of the others, where they are as they were, become
 * the same.
 */
final class SharedContainers implements MappingWalk.Visitor {
  /**
   * A member of which the owners' rows do not say the same.
   *
   * @param row that one of them has
   * @param columns of that row in which another owner says something else, or has no such row
   */
  private record Doubt(int index, SettledRows.Row row, List<Integer> columns) {}

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
  private final Map<Integer, List<SettledRows.Owner>> owners = new LinkedHashMap<>();

  /** By table and column the ordinals of the rows that alone have the value. */
  private final BitSet[][] taken;

  /** By table, its members' ordinals by their owner's, in their order. */
  private final Map<Integer, Map<Integer, List<Integer>>> members = new HashMap<>();

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
    taken = new BitSet[plan.codecs.length][];
    for (int table = 0; table < taken.length; table++) {
      taken[table] = new BitSet[plan.codecs[table].length];
      Arrays.setAll(taken[table], column -> new BitSet());
    }
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
    for (List<SettledRows.Owner> of : shared.owners.values()) {
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
          .add(new SettledRows.Owner(plan.mapping.tables().get(table), owner));
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
      BitSet cells = taken[table][column];
      StoredColumn.Role role = plan.mapping.tables().get(table).stored().get(column).role();
      if (role != StoredColumn.Role.VALUE && role != StoredColumn.Role.KEY) {
        continue;
      }
      take(nodes[column], cells, ordinal);
      if (plan.codecs[table][column] == null) {
        json.document(nodes[column], (leaf, exact) -> take(leaf, cells, ordinal));
      }
    }
  }

  private void take(int node, BitSet cells, int ordinal) {
    int count = values.payloads(node, payloads);
    for (int i = 0; i < count; i++) {
      if (residue.isTaken(payloads[i])) {
        cells.set(ordinal);
      }
    }
  }

  private void settle(List<SettledRows.Owner> of) throws JoinException, LimitException {
    List<SettledRows.Shown> all = new ArrayList<>();
    for (SettledRows.Owner owner : of) {
      if (!areOfSameColumns(of.get(0).table(), owner.table())) {
        return;
      }
      if (rows.has(ofOwner(owner.table()), owner.ordinal())) {
        all.add(
            new SettledRows.Shown(
                owner, before(owner), rows.members(owner.table(), owner.ordinal())));
      }
    }
    List<Doubt> doubts = doubts(all);
    SettledRows.Shown edited = null;
    for (SettledRows.Shown one : all) {
      if (!isTouched(one, doubts)) {
        continue;
      }
      if (edited != null && !isSame(edited, one)) {
        throw different(edited, one);
      }
      edited = edited == null ? one : edited;
    }
    for (SettledRows.Shown one : all) {
      if (edited != null && !isSame(edited, one)) {
        follow(edited, one);
      }
    }
  }

  private List<Integer> before(SettledRows.Owner owner) {
    return members
        .computeIfAbsent(
            owner.table().number(),
            table -> {
              Map<Integer, List<Integer>> of = new HashMap<>();
              RowNodes nodes = walk.rows(table);
              for (int row = 0; row < nodes.size(); row++) {
                of.computeIfAbsent(nodes.owners.get(row), k -> new ArrayList<>()).add(row);
              }
              return of;
            })
        .getOrDefault(owner.ordinal(), List.of());
  }

  private TableMapping ofOwner(TableMapping table) {
    String name = table.source() instanceof RowSource.Each each ? each.ownerTable() : "";
    return Objects.requireNonNull(plan.mapping.table(name), name);
  }

  private static boolean areOfSameColumns(TableMapping one, TableMapping other) {
    int count = one.stored().size();
    return count == other.stored().size()
        && count
            == IntStream.range(0, count)
                .map(column -> SettledRows.same(one, column, other))
                .filter(column -> column >= 0)
                .distinct()
                .count();
  }

  /** Whether two owners' rows say the same. */
  private boolean isSame(SettledRows.Shown one, SettledRows.Shown other) {
    if (one.now.size() != other.now.size()) {
      return false;
    }
    for (int i = 0; i < one.now.size(); i++) {
      SettledRows.Row row = one.now.get(i);
      SettledRows.Row twin = other.now.get(i);
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

  /** The members of which the owners' rows do not say the same, each column compared once. */
  private List<Doubt> doubts(List<SettledRows.Shown> all) {
    List<Doubt> doubts = new ArrayList<>();
    int most = all.stream().mapToInt(one -> one.before.size()).max().orElse(0);
    for (int index = 0; index < most; index++) {
      List<SettledRows.Row> twins = new ArrayList<>();
      for (SettledRows.Shown one : all) {
        SettledRows.Row row = one.at(index);
        if (row != null) {
          twins.add(row);
        }
      }
      if (!twins.isEmpty()) {
        SettledRows.Row row = twins.get(0);
        boolean isMissing = twins.size() < all.size();
        List<Integer> columns =
            IntStream.range(0, row.from().stored().size())
                .filter(column -> isValue(row.from(), column))
                .filter(
                    column ->
                        isMissing || !twins.stream().allMatch(twin -> isAlike(row, column, twin)))
                .boxed()
                .toList();
        if (!columns.isEmpty()) {
          doubts.add(new Doubt(index, row, columns));
        }
      }
    }
    return doubts;
  }

  /** Whether an owner's rows say something else than they did. */
  private boolean isTouched(SettledRows.Shown one, List<Doubt> doubts) throws LimitException {
    if (!one.hasSameMembers()) {
      return true;
    }
    for (Doubt doubt : doubts) {
      SettledRows.Row row = one.at(doubt.index());
      if (row == null) {
        continue;
      }
      for (int column : doubt.columns()) {
        if (isChanged(row, SettledRows.same(doubt.row().from(), column, row.from()))) {
          return true;
        }
      }
    }
    return false;
  }

  /** What a cell was nobody knows where rows alone have the value: then it counts as changed. */
  private boolean isChanged(SettledRows.Row row, int column) throws LimitException {
    int table = row.from().number();
    if (taken[table][column].get(row.ordinal())) {
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
  private void follow(SettledRows.Shown edited, SettledRows.Shown one) throws JoinException {
    List<SettledRows.Row> kept = new ArrayList<>();
    List<SettledRows.Row> born = new ArrayList<>();
    for (SettledRows.Row row : edited.now) {
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
                row.from(), row.source(), one.before.get(index), one.owner.ordinal()));
      }
    }
    rows.replace(one.table(), one.owner.ordinal(), kept);
    born.forEach(row -> rows.copy(edited.table(), one.table(), row, one.owner.ordinal()));
  }

  private String path(SettledRows.Shown shown) {
    int table = ofOwner(shown.table()).number();
    return RowEdits.shown(new ObjectPaths(plan, meaning, walk).row(table, shown.owner.ordinal()));
  }

  private String name(SettledRows.Shown shown) {
    return "table "
        + shown.table().name()
        + " under row "
        + shown.owner.ordinal()
        + " of "
        + ofOwner(shown.table()).name();
  }

  private JoinException different(SettledRows.Shown one, SettledRows.Shown other) {
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
