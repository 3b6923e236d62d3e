package io.picklift.schema.merge;

import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The rows of the merged save, and from which side their cells are taken. */
final class MergedRows {
  private final WalkPlan plan;
  private final Numbers numbers;
  private final Side source;
  private final TargetRows target;

  /** By table and ordinal. */
  private final Map<Integer, Map<Integer, Row>> rows = new HashMap<>();

  MergedRows(WalkPlan plan, Numbers numbers, Side source, TargetRows target) {
    this.plan = plan;
    this.numbers = numbers;
    this.source = source;
    this.target = target;
  }

  /** One row. */
  static final class Row {
    private final int source;
    private final int target;
    private final BitSet taken = new BitSet();
    private int place = -1;

    private Row(int source, int target) {
      this.source = source;
      this.target = target;
    }

    /** The source's row; -1 where it has none. */
    int source() {
      return source;
    }

    /** The target's row; -1 where it has none. */
    int target() {
      return target;
    }

    /** Takes the cell of a column from the target. */
    void take(int column) {
      taken.set(column);
    }

    boolean isTaken(int column) {
      return taken.get(column);
    }

    /** Gives it another place among the members of its owner. */
    void place(int among) {
      place = among;
    }
  }

  Row add(TableMapping table, int ordinal, int sourceRow, int targetRow) {
    Row row = new Row(sourceRow, targetRow);
    rows.computeIfAbsent(table.number(), k -> new TreeMap<>()).put(ordinal, row);
    return row;
  }

  boolean has(int table, int ordinal) {
    return of(table).containsKey(ordinal);
  }

  Collection<Row> rows(int table) {
    return of(table).values();
  }

  private Map<Integer, Row> of(int table) {
    return rows.getOrDefault(table, Map.of());
  }

  /** The ordinal of the row that owns a member. */
  int owner(TableMapping table, RowSource.Each each, Row row) {
    int column = table.columnNumber(each.ownerColumn());
    return row.taken.get(column)
        ? numbers.cell(table, column, numbers.target(table.number(), row.target))
        : (int) source.rows().table(table.number()).column(column).number(row.source);
  }

  /** The members of each owner, by their ordinals. */
  Map<Integer, Map<Integer, Row>> byOwner(TableMapping table, RowSource.Each each) {
    Map<Integer, Map<Integer, Row>> byOwner = new TreeMap<>();
    of(table.number())
        .forEach(
            (ordinal, row) ->
                byOwner
                    .computeIfAbsent(owner(table, each, row), k -> new HashMap<>())
                    .put(ordinal, row));
    return byOwner;
  }

  /**
   * Writes them.
   *
   * @param from the source's, with what is no part of the save
   */
  SaveRows write(SaveRows from, Memory memory) throws LimitException {
    SaveRows merged = new SaveRows(plan.mapping, from.saveId(), memory);
    for (TableMapping table : plan.mapping.tables()) {
      TableRows to = merged.table(table.number());
      for (Map.Entry<Integer, Row> row : of(table.number()).entrySet()) {
        for (int column = 0; column < table.stored().size(); column++) {
          cell(table, column, row.getValue(), from.table(table.number()), to.column(column));
        }
        to.endRow(row.getKey());
      }
    }
    return merged;
  }

  private void cell(TableMapping table, int column, Row row, TableRows from, ColumnData to) {
    StoredColumn.Role role = table.stored().get(column).role();
    boolean isTaken = row.source < 0 || row.taken.get(column);
    ColumnData cells = isTaken ? target.table(table.number()).column(column) : from.column(column);
    int at = isTaken ? row.target : row.source;
    if (role == StoredColumn.Role.POSITION && row.place >= 0) {
      to.add(row.place);
    } else if (isTaken && !cells.isNull(at) && leads(role)) {
      to.add(numbers.cell(table, column, numbers.target(table.number(), at)));
    } else {
      to.addCell(cells, at);
    }
  }

  private static boolean leads(StoredColumn.Role role) {
    return role == StoredColumn.Role.REFERENCE || role == StoredColumn.Role.OWNER;
  }
}
