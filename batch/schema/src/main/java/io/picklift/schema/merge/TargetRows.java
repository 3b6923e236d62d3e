package io.picklift.schema.merge;

import io.picklift.codec.error.LimitException;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The rows as they were edited, and which of them is which of the base's. */
final class TargetRows {
  private final SaveRows rows;

  /** By row the base's; negative for one that is new. */
  private final int[][] bases;

  /** By the base's row; negative for one that was deleted. */
  private final int[][] ofBase;

  /** Whether an ordinal that no row has any more is that of the base's row. */
  private final boolean isByOrdinal;

  private TargetRows(SaveRows rows, int[][] bases, int[][] ofBase, boolean isByOrdinal) {
    this.rows = rows;
    this.bases = bases;
    this.ofBase = ofBase;
    this.isByOrdinal = isByOrdinal;
  }

  /** Rows of which those that the base has have their ordinals from there. */
  static TargetRows byOrdinal(WalkPlan plan, SaveRows rows, Side base) {
    int[][] bases = new int[plan.mapping.tables().size()][];
    int[][] ofBase = new int[bases.length][];
    for (int table = 0; table < bases.length; table++) {
      TableRows of = rows.table(table);
      int size = base.size(table);
      bases[table] = new int[of.size()];
      ofBase[table] = new int[size];
      Arrays.fill(ofBase[table], RowPairs.GONE);
      for (int row = 0; row < of.size(); row++) {
        int ordinal = of.ordinal(row);
        boolean isKept = ordinal >= 0 && ordinal < size;
        bases[table][row] = isKept ? ordinal : RowPairs.GONE;
        if (isKept) {
          ofBase[table][ordinal] = row;
        }
      }
    }
    return new TargetRows(rows, bases, ofBase, true);
  }

  /** Rows of which it has to be found out. */
  static TargetRows byContent(WalkPlan plan, Side base, Side target) throws LimitException {
    RowPairs pairs = RowPairs.of(plan, base, target);
    int[][] bases = new int[plan.mapping.tables().size()][];
    int[][] ofBase = new int[bases.length][];
    for (int number = 0; number < bases.length; number++) {
      int table = number;
      bases[table] =
          IntStream.range(0, target.size(table)).map(row -> pairs.one(table, row)).toArray();
      ofBase[table] =
          IntStream.range(0, base.size(table)).map(row -> pairs.other(table, row)).toArray();
    }
    return new TargetRows(target.rows(), bases, ofBase, false);
  }

  TableRows table(int table) {
    return rows.table(table);
  }

  int base(int table, int row) {
    return bases[table][row];
  }

  /** The row of one of the base; {@link RowPairs#GONE}, {@link RowPairs#UNCLEAR}. */
  int ofBase(int table, int baseRow) {
    return ofBase[table][baseRow];
  }

  /** The base's row of an ordinal that no row has any more; negative where it has none either. */
  int deleted(int table, int ordinal) {
    return isByOrdinal && ordinal >= 0 && ordinal < ofBase[table].length ? ordinal : RowPairs.GONE;
  }

  /** Rows in the order that their containers have them in. */
  List<Integer> inOrder(TableMapping table, RowSource.Each each) {
    ColumnData positions = table(table.number()).column(table.columnNumber(each.positionColumn()));
    return IntStream.range(0, table(table.number()).size())
        .boxed()
        .sorted(
            Comparator.comparingLong(
                row -> positions.isNull(row) ? Long.MAX_VALUE : positions.number(row)))
        .toList();
  }
}
