package io.picklift.schema.tables.join;

import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.edit.Containers;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.walk.ObjectPaths;
import io.picklift.schema.tables.walk.RowNodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Which containers have other members than before, and which. */
final class MemberEdits {
  /**
   * What one owner's rows say of a container.
   *
   * @param rows their places; those of members that were there before as well
   * @param nodes of the members, or of keys and values
   */
  private record Edit(
      TableMapping table, int owner, List<Integer> rows, int[] nodes, boolean isTouched) {}

  /** Gives a container its members; false where it cannot have them. */
  interface Writer {
    boolean members(int container, Containers.Holder holder, int[] members);
  }

  private final GivenRows given;
  private final Containers containers;
  private final BornRows born;
  private final ObjectPaths paths;
  private final PartEdits parts;
  private final Map<Integer, Edit> edits = new LinkedHashMap<>();

  MemberEdits(
      GivenRows given, Containers containers, BornRows born, ObjectPaths paths, PartEdits parts) {
    this.parts = parts;
    this.given = given;
    this.containers = containers;
    this.born = born;
    this.paths = paths;
  }

  /** Notes what the rows of a table say of the containers that were there before. */
  void table(TableMapping table) throws JoinException {
    TableMapping owner = given.owner(table);
    TableRows owners = given.table(owner.number());
    int kept = containers.walk().rows(owner.number()).size();
    Map<Integer, List<Integer>> before = before(table);
    for (int row = 0; row < owners.size(); row++) {
      int ordinal = owners.ordinal(row);
      if (ordinal >= 0 && ordinal < kept) {
        edit(table, row, ordinal, before.getOrDefault(ordinal, List.of()));
      }
    }
  }

  /** The ordinals of the members that each owner had. */
  private Map<Integer, List<Integer>> before(TableMapping table) {
    RowNodes nodes = containers.walk().rows(table.number());
    Map<Integer, List<Integer>> before = new HashMap<>();
    for (int ordinal = 0; ordinal < nodes.size(); ordinal++) {
      before.computeIfAbsent(nodes.owners.get(ordinal), k -> new ArrayList<>()).add(ordinal);
    }
    return before;
  }

  private void edit(TableMapping table, int owner, int ordinal, List<Integer> before)
      throws JoinException {
    List<Integer> wanted = given.members(table.number(), owner);
    TableRows rows = given.table(table.number());
    boolean isTouched =
        !wanted.stream().map(rows::ordinal).toList().equals(before)
            || wanted.stream().anyMatch(row -> born.isReplaced(table, row));
    int container = containers.of(table.number(), ordinal);
    Edit other = edits.get(container);
    if (!isTouched && (other == null || !other.isTouched())) {
      if (container >= 0) {
        edits.put(container, new Edit(table, owner, wanted, new int[0], false));
      }
      return;
    }
    String path = RowEdits.shown(paths.row(given.owner(table).number(), ordinal));
    Containers.Holder holder = containers.holder(container);
    if (holder.node() < 0 && parts.isMade(table, ordinal)) {
      return;
    }
    if (holder.node() < 0) {
      throw new JoinException(
          JoinException.Reason.CELL,
          path,
          "has no container for the "
              + wanted.size()
              + " rows of table "
              + table.name()
              + " that are members of it, the first of them row "
              + rows.ordinal(wanted.get(0)));
    }
    RowNodes nodes = containers.walk().rows(table.number());
    if (before.stream().anyMatch(nodes::isInFrame)) {
      throw new JoinException(
          JoinException.Reason.CELL,
          path,
          "is a table of pandas or numpy, to which no row can be added and of which none can be"
              + " moved or taken: a row is missing in table "
              + table.name()
              + " or is too many");
    }
    if (containers.isElsewhere(container)) {
      throw new JoinException(
          JoinException.Reason.CELL,
          path,
          "has a tuple or frozenset that stands in other places of the save as well, which no row"
              + " of table "
              + table.name()
              + " shows: its members cannot change in one place alone");
    }
    boolean isKeyed = born.isKeyed(table, holder);
    int[] members = born.members(table, wanted, isKeyed);
    Edit edit = new Edit(table, owner, wanted, members, true);
    if (other != null && !isSame(other, edit)) {
      throw new JoinException(
          JoinException.Reason.CELL,
          path,
          "has a container that other rows show as well, and tables "
              + other.table().name()
              + " and "
              + table.name()
              + " say different things about its members: edit them alike");
    }
    edits.putIfAbsent(container, edit);
  }

  /** Whether two say the same, the one of new rows that the other does. */
  private boolean isSame(Edit one, Edit other) {
    if (!one.isTouched() || one.rows().size() != other.rows().size()) {
      return false;
    }
    int step = one.rows().isEmpty() ? 1 : one.nodes().length / one.rows().size();
    for (int i = 0; i < one.rows().size(); i++) {
      boolean isSameNode =
          Arrays.equals(
              one.nodes(), i * step, (i + 1) * step, other.nodes(), i * step, (i + 1) * step);
      if (!isSameNode
          && !(isBorn(one, i)
              && isBorn(other, i)
              && areAlike(one.table(), one.rows().get(i), other.table(), other.rows().get(i)))) {
        return false;
      }
    }
    return true;
  }

  private boolean isBorn(Edit edit, int index) {
    return born.isBorn(edit.table(), edit.rows().get(index));
  }

  private boolean areAlike(TableMapping table, int row, TableMapping of, int other) {
    TableRows rows = given.table(table.number());
    for (int column = 0; column < table.stored().size(); column++) {
      StoredColumn.Role role = table.stored().get(column).role();
      boolean isPlace = role == StoredColumn.Role.OWNER || role == StoredColumn.Role.POSITION;
      int same = isPlace ? column : SettledRows.same(table, column, of);
      boolean isAlike =
          isPlace
              || (same >= 0
                  && rows.column(column)
                      .sameCell(row, given.table(of.number()).column(same), other));
      if (!isAlike) {
        return false;
      }
    }
    return true;
  }

  /**
   * Gives the containers their members.
   *
   * @param why what is said of a container that cannot have them
   */
  void apply(Writer writer, IntFunction<String> why) throws JoinException {
    for (var entry : edits.entrySet()) {
      Edit edit = entry.getValue();
      if (!edit.isTouched()) {
        continue;
      }
      int container = entry.getKey();
      Containers.Holder holder = containers.holder(container);
      boolean isKeyed = born.isKeyed(edit.table(), holder);
      Containers.Holder as =
          new Containers.Holder(holder.node(), isKeyed, holder.isListed(), holder.count());
      if (!writer.members(container, as, edit.nodes())) {
        TableMapping owner = given.owner(edit.table());
        int ordinal = given.table(owner.number()).ordinal(edit.owner());
        throw new JoinException(
            JoinException.Reason.CELL,
            paths.container(edit.table(), ordinal),
            "cannot have the "
                + edit.rows().size()
                + " members that table "
                + edit.table().name()
                + " gives it"
                + why.apply(container));
      }
    }
  }
}
