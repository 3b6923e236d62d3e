package io.picklift.schema.tables.join;

import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** A save's rows, some of which are copies of others or left out. */
final class SettledRows {
  /** Stands for the owner that the row's own cell names. */
  private static final int OWN = -1;

  /**
   * A row.
   *
   * @param from the table that has its cells
   * @param source the place of the row there
   * @param owner the ordinal of its owner
   */
  record Row(TableMapping from, int source, int ordinal, int owner) {}

  /** Who owns a container: the table that has its members, and the ordinal of the owner's row. */
  record Owner(TableMapping table, int ordinal) {}

  /** One owner's rows of a container. */
  static final class Shown {
    final Owner owner;

    /** The ordinals of the members that it had. */
    final List<Integer> before;

    /** The members that it has. */
    final List<Row> now;

    private final Map<Integer, Integer> indices = new HashMap<>();
    private final @Nullable Row[] rows;

    Shown(Owner owner, List<Integer> before, List<Row> now) {
      this.owner = owner;
      this.before = before;
      this.now = now;
      for (int i = 0; i < before.size(); i++) {
        indices.put(before.get(i), i);
      }
      rows = new Row[before.size()];
      for (Row row : now) {
        int index = index(row);
        if (index >= 0) {
          rows[index] = row;
        }
      }
    }

    TableMapping table() {
      return owner.table();
    }

    /** Which member a row was; -1 of one that is new or comes from elsewhere. */
    int index(Row row) {
      return indices.getOrDefault(row.ordinal(), -1);
    }

    /** The row of a member that was there; null where it is not there any more. */
    @Nullable Row at(int index) {
      return index < rows.length ? rows[index] : null;
    }

    /** Whether it has the members that it had, in their order. */
    boolean hasSameMembers() {
      return now.stream().map(Row::ordinal).toList().equals(before);
    }
  }

  /** A table's rows, by their ordinals and, of members, by those of their owners. */
  private static final class Rows {
    private final TreeMap<Integer, Row> byOrdinal = new TreeMap<>();
    private final Map<Integer, List<Row>> byOwner = new HashMap<>();

    void add(Row row) {
      if (byOrdinal.put(row.ordinal(), row) != null) {
        throw new IllegalStateException(
            "two rows " + row.ordinal() + " of table " + row.from().name());
      }
      if (row.owner() != OWN) {
        byOwner.computeIfAbsent(row.owner(), k -> new ArrayList<>()).add(row);
      }
    }

    void removeMembers(int owner) {
      List<Row> members = byOwner.remove(owner);
      if (members != null) {
        members.forEach(row -> byOrdinal.remove(row.ordinal()));
      }
    }
  }

  private final WalkPlan plan;
  private final SaveRows given;

  /** By table; null of one that nobody asked for. */
  private final @Nullable Rows[] tables;

  private final IntUnaryOperator least;
  private boolean isOther;

  /**
   * @param least by table the first ordinal that is new
   */
  SettledRows(WalkPlan plan, SaveRows given, IntUnaryOperator least) {
    this.plan = plan;
    this.least = least;
    this.given = given;
    tables = new Rows[plan.mapping.tables().size()];
  }

  private Rows rows(TableMapping table) {
    Rows rows = tables[table.number()];
    if (rows == null) {
      rows = new Rows();
      TableRows of = given.table(table.number());
      for (int row = 0; row < of.size(); row++) {
        rows.add(new Row(table, row, of.ordinal(row), owner(table, row)));
      }
      tables[table.number()] = rows;
    }
    return rows;
  }

  private int owner(TableMapping table, int row) {
    if (!(table.source() instanceof RowSource.Each each)) {
      return OWN;
    }
    ColumnData owners = given.table(table.number()).column(table.columnNumber(each.ownerColumn()));
    return owners.isNull(row) ? OWN : (int) owners.number(row);
  }

  boolean has(TableMapping table, int ordinal) {
    return rows(table).byOrdinal.containsKey(ordinal);
  }

  /** The members of an owner's container, in their order. */
  List<Row> members(TableMapping table, int owner) {
    return rows(table).byOwner.getOrDefault(owner, List.of()).stream()
        .sorted(Comparator.comparingLong(this::position).thenComparingInt(Row::ordinal))
        .toList();
  }

  private long position(Row row) {
    int column = GivenRows.column(row.from(), StoredColumn.Role.POSITION);
    ColumnData positions = given.table(row.from().number()).column(column);
    return positions.isNull(row.source()) ? Long.MAX_VALUE : positions.number(row.source());
  }

  /** Whether a row has members in any table. */
  boolean isOwner(TableMapping table, int ordinal) {
    return plan.mapping.tables().stream()
        .anyMatch(member -> isOwnedBy(member, table) && rows(member).byOwner.containsKey(ordinal));
  }

  private static boolean isOwnedBy(TableMapping member, TableMapping table) {
    return member.source() instanceof RowSource.Each each && each.ownerTable().equals(table.name());
  }

  /**
   * Has rows take the place of an owner's members, of which those of rows that are left out go,
   * too.
   */
  void replace(TableMapping table, int owner, List<Row> now) {
    isOther = true;
    List<Row> before = members(table, owner);
    Rows rows = rows(table);
    rows.removeMembers(owner);
    now.forEach(rows::add);
    Set<Integer> left = new HashSet<>();
    now.forEach(row -> left.add(row.ordinal()));
    for (Row row : before) {
      for (TableMapping member : plan.mapping.tables()) {
        if (!left.contains(row.ordinal()) && isOwnedBy(member, table)) {
          replace(member, row.ordinal(), List.of());
        }
      }
    }
  }

  /** Adds a copy of a row to a table for another owner, with copies of the rows that it owns. */
  void copy(TableMapping of, TableMapping table, Row row, int owner) {
    isOther = true;
    Rows rows = rows(table);
    int next = rows.byOrdinal.isEmpty() ? 0 : rows.byOrdinal.lastKey() + 1;
    // None of an ordinal that was one of a row that was deleted since.
    int made = Math.max(next, least.applyAsInt(table.number()));
    rows.add(new Row(row.from(), row.source(), made, owner));
    for (TableMapping member : plan.mapping.tables()) {
      if (isOwnedBy(member, of)) {
        members(member, row.ordinal()).forEach(one -> copy(member, member, one, made));
      }
    }
  }

  /** The rows; those that were given where nothing is other. */
  SaveRows made(Memory memory) throws LimitException {
    if (!isOther) {
      return given;
    }
    SaveRows made = new SaveRows(plan.mapping, given.saveId(), memory);
    for (TableMapping table : plan.mapping.tables()) {
      for (Row row : rows(table).byOrdinal.values()) {
        add(table, row, made.table(table.number()));
      }
    }
    return made;
  }

  private void add(TableMapping table, Row row, TableRows to) throws LimitException {
    TableRows from = given.table(row.from().number());
    for (int column = 0; column < table.stored().size(); column++) {
      boolean isOwner =
          table.stored().get(column).role() == StoredColumn.Role.OWNER && row.owner() != OWN;
      int same = isOwner ? -1 : same(table, column, row.from());
      if (isOwner) {
        to.column(column).add(row.owner());
      } else if (same < 0) {
        to.column(column).addNull();
      } else {
        to.column(column).addCell(from.column(same), row.source());
      }
    }
    to.endRow(row.ordinal());
  }

  /** The column of another table that says the same as one of this table; -1 where none does. */
  static int same(TableMapping table, int column, TableMapping other) {
    if (table.number() == other.number()) {
      return column;
    }
    StoredColumn one = table.stored().get(column);
    for (int i = 0; i < other.stored().size(); i++) {
      StoredColumn at = other.stored().get(i);
      if (at.role() == one.role()
          && at.type().equals(one.type())
          && isSame(at.mapping(), one.mapping())) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isSame(@Nullable ColumnMapping one, @Nullable ColumnMapping other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.path().equals(other.path())
        && Objects.equals(one.references(), other.references())
        && one.options().equals(other.options());
  }
}
