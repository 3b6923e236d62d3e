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
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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

  private final WalkPlan plan;
  private final SaveRows given;
  private final List<List<Row>> tables = new ArrayList<>();
  private final IntUnaryOperator least;
  private boolean isOther;

  /**
   * @param least by table the first ordinal that is new
   */
  SettledRows(WalkPlan plan, SaveRows given, IntUnaryOperator least) {
    this.plan = plan;
    this.least = least;
    this.given = given;
    for (TableMapping table : plan.mapping.tables()) {
      TableRows of = given.table(table.number());
      List<Row> rows = new ArrayList<>();
      for (int row = 0; row < of.size(); row++) {
        rows.add(new Row(table, row, of.ordinal(row), owner(table, row)));
      }
      tables.add(rows);
    }
  }

  private int owner(TableMapping table, int row) {
    if (!(table.source() instanceof RowSource.Each each)) {
      return OWN;
    }
    ColumnData owners = given.table(table.number()).column(table.columnNumber(each.ownerColumn()));
    return owners.isNull(row) ? OWN : (int) owners.number(row);
  }

  boolean has(TableMapping table, int ordinal) {
    return tables.get(table.number()).stream().anyMatch(row -> row.ordinal() == ordinal);
  }

  /** The members of an owner's container, in their order. */
  List<Row> members(TableMapping table, int owner) {
    return tables.get(table.number()).stream()
        .filter(row -> row.owner() == owner)
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
        .anyMatch(member -> isOwnedBy(member, table) && !members(member, ordinal).isEmpty());
  }

  private static boolean isOwnedBy(TableMapping member, TableMapping table) {
    return member.source() instanceof RowSource.Each each && each.ownerTable().equals(table.name());
  }

  /** Has rows take the place of others, of which those of rows that are left out go, too. */
  void replace(TableMapping table, List<Row> before, List<Row> now) {
    isOther = true;
    List<Row> rows = tables.get(table.number());
    rows.removeAll(before);
    rows.addAll(now);
    Set<Integer> left = new HashSet<>();
    now.forEach(row -> left.add(row.ordinal()));
    for (Row row : before) {
      for (TableMapping member : plan.mapping.tables()) {
        if (!left.contains(row.ordinal()) && isOwnedBy(member, table)) {
          replace(member, members(member, row.ordinal()), List.of());
        }
      }
    }
  }

  /** Adds a copy of a row to a table for another owner, with copies of the rows that it owns. */
  void copy(TableMapping of, TableMapping table, Row row, int owner) {
    int next = 1 + tables.get(table.number()).stream().mapToInt(Row::ordinal).max().orElse(-1);
    // None of an ordinal that was one of a row that was deleted since.
    next = Math.max(next, least.applyAsInt(table.number()));
    int made = next;
    replace(table, List.of(), List.of(new Row(row.from(), row.source(), made, owner)));
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
      List<Row> rows = tables.get(table.number());
      rows.sort(Comparator.comparingInt(Row::ordinal));
      for (Row row : rows) {
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
