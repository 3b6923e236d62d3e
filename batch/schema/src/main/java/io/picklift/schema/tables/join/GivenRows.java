package io.picklift.schema.tables.join;

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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows as they are now: which are members of which row's container, in that container's order.
 * A row is known by its place in {@link TableRows}, which counts rows that were inserted as well.
 */
final class GivenRows {
  private static final int NAMED = 5;

  private final WalkPlan plan;
  private final SaveRows rows;

  /** For each {@code each} table the rows of each owner, by the owner's place. */
  private final Map<Integer, Map<Integer, List<Integer>>> members = new HashMap<>();

  /** Of each class table that was asked for the ordinals that cells have. */
  private final Map<Integer, Set<Long>> referred = new HashMap<>();

  /** Tells where in the save a row was that is not there any more. */
  interface Paths {
    String row(int table, int ordinal);
  }

  GivenRows(WalkPlan plan, SaveRows rows, Paths paths) throws JoinException {
    this.plan = plan;
    this.rows = rows;
    List<JoinException> orphans = new ArrayList<>();
    for (TableMapping table : plan.mapping.tables()) {
      if (table.source() instanceof RowSource.Each each) {
        try {
          members.put(table.number(), byOwner(table, each, paths));
        } catch (JoinException e) {
          orphans.add(e);
        }
      }
    }
    if (!orphans.isEmpty()) {
      throw JoinException.of(orphans);
    }
  }

  private Map<Integer, List<Integer>> byOwner(TableMapping table, RowSource.Each each, Paths paths)
      throws JoinException {
    TableRows of = rows.table(table.number());
    TableRows owners = rows.table(owner(table).number());
    ColumnData owner = of.column(table.columnNumber(each.ownerColumn()));
    ColumnData position = of.column(table.columnNumber(each.positionColumn()));
    Map<Integer, List<Integer>> byOwner = new HashMap<>();
    for (int row = 0; row < of.size(); row++) {
      int at = owner.isNull(row) ? -1 : owners.row((int) owner.number(row));
      if (at < 0) {
        throw orphan(table, each, owner, row, paths);
      }
      byOwner.computeIfAbsent(at, k -> new ArrayList<>()).add(row);
    }
    // Rows come in the order of their ordinals, and this sort keeps that where positions are equal.
    Comparator<Integer> order =
        Comparator.comparingLong(
            row -> position.isNull(row) ? Long.MAX_VALUE : position.number(row));
    byOwner.values().forEach(list -> list.sort(order));
    return byOwner;
  }

  private JoinException orphan(
      TableMapping table, RowSource.Each each, ColumnData owner, int row, Paths paths) {
    TableRows of = rows.table(table.number());
    if (owner.isNull(row)) {
      return new JoinException(
          JoinException.Reason.ROW_EXTRA,
          "",
          "row "
              + of.ordinal(row)
              + " of table "
              + table.name()
              + " has NULL in "
              + each.ownerColumn()
              + ": give it the ordinal of a row of "
              + each.ownerTable());
    }
    long missing = owner.number(row);
    List<String> ordinals = new ArrayList<>();
    for (int i = row; i < of.size(); i++) {
      if (!owner.isNull(i) && owner.number(i) == missing) {
        ordinals.add(ordinals.size() == NAMED ? "..." : String.valueOf(of.ordinal(i)));
      }
      if (ordinals.size() > NAMED) {
        break;
      }
    }
    return new JoinException(
        JoinException.Reason.ROW_MISSING,
        paths.row(owner(table).number(), (int) missing),
        "its row "
            + missing
            + " is missing in table "
            + each.ownerTable()
            + ", and table "
            + table.name()
            + " still has members of it (row "
            + String.join(", ", ordinals)
            + "): DELETE FROM "
            + table.name()
            + " WHERE save_id = "
            + rows.saveId()
            + " AND "
            + each.ownerColumn()
            + " = "
            + missing);
  }

  /** The table of the rows that have the containers of an {@code each} table. */
  TableMapping owner(TableMapping table) {
    TableMapping owner =
        table.source() instanceof RowSource.Each each
            ? plan.mapping.table(each.ownerTable())
            : null;
    if (owner == null) {
      throw new IllegalStateException(table.name() + " has no owner");
    }
    return owner;
  }

  /** Whether any cell refers to a row of a class table. */
  boolean isReferredTo(TableMapping table, int ordinal) {
    return referred.computeIfAbsent(table.number(), k -> referred(table)).contains((long) ordinal);
  }

  private Set<Long> referred(TableMapping target) {
    Set<Long> ordinals = new HashSet<>();
    for (TableMapping table : plan.mapping.tables()) {
      TableRows of = rows.table(table.number());
      for (int column = 0; column < table.stored().size(); column++) {
        ColumnMapping mapped = table.stored().get(column).mapping();
        boolean isOne =
            table.stored().get(column).role() == StoredColumn.Role.REFERENCE
                && mapped != null
                && target.name().equals(mapped.references());
        for (int row = 0; isOne && row < of.size(); row++) {
          if (!of.column(column).isNull(row)) {
            ordinals.add(of.column(column).number(row));
          }
        }
      }
    }
    return ordinals;
  }

  SaveRows rows() {
    return rows;
  }

  TableRows table(int number) {
    return rows.table(number);
  }

  /** The members of an owner's container, in their order. */
  List<Integer> members(int table, int owner) {
    return members.getOrDefault(table, Map.of()).getOrDefault(owner, List.of());
  }

  /** The number of a table's column of that role; -1 where it has none. */
  static int column(TableMapping table, StoredColumn.Role role) {
    for (int i = 0; i < table.stored().size(); i++) {
      if (table.stored().get(i).role() == role && table.stored().get(i).mapping() == null) {
        return i;
      }
    }
    return -1;
  }

  /** The cell of the key; null where the table has none or the row has NULL there. */
  @Nullable ColumnData key(int table, int row) {
    int column = column(plan.mapping.tables().get(table), StoredColumn.Role.KEY);
    ColumnData cells = column < 0 ? null : rows.table(table).column(column);
    return cells == null || cells.isNull(row) ? null : cells;
  }
}
