package io.picklift.schema.merge;

import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.Arrays;

/**
 * The rows of all sides by their ordinals in the merged save: the source's keep theirs, and those
 * that were inserted into the target come after them.
 */
final class Numbers {
  /** Of no row that any side has. */
  static final int NOTHING = Integer.MIN_VALUE;

  /** Of a cell that is NULL. */
  private static final int NULL = Integer.MIN_VALUE + 1;

  private final WalkPlan plan;
  private final RowPairs pairs;
  private final TargetRows target;

  /** By row of the target that is new its ordinal, or {@link #NOTHING}. */
  private final int[][] born;

  /** By row of the source that is new the target's that is the same, or -1. */
  private final int[][] partners;

  Numbers(WalkPlan plan, RowPairs pairs, Side source, TargetRows target) {
    this.plan = plan;
    this.pairs = pairs;
    this.target = target;
    born = new int[plan.mapping.tables().size()][];
    partners = new int[born.length][];
    for (int table = 0; table < born.length; table++) {
      born[table] = new int[target.table(table).size()];
      partners[table] = new int[source.size(table)];
      Arrays.fill(born[table], NOTHING);
      Arrays.fill(partners[table], -1);
    }
  }

  /** What says of a row's references to which rows they lead. */
  interface Numbering {
    int of(int table, int ordinal);
  }

  /** A row of one side. */
  record View(TableRows rows, int row, Numbering numbers) {}

  View base(Side base, int table, int row) {
    return new View(base.rows().table(table), row, this::ofBase);
  }

  View source(Side source, int table, int row) {
    return new View(source.rows().table(table), row, (of, ordinal) -> ordinal);
  }

  View target(int table, int row) {
    return new View(target.table(table), row, this::ofOrdinal);
  }

  /** The ordinal of a row of the base; one below -1 where the source does not have it. */
  int ofBase(int table, int row) {
    int found = pairs.other(table, row);
    return found >= 0 ? found : -2 - row;
  }

  /** The same of a row of the target; {@link #NOTHING} of a new one that has none yet. */
  int ofTarget(int table, int row) {
    int base = target.base(table, row);
    return base >= 0 ? ofBase(table, base) : born[table][row];
  }

  private int ofOrdinal(int table, int ordinal) {
    int row = target.table(table).row(ordinal);
    int base = row < 0 ? target.deleted(table, ordinal) : -1;
    return row >= 0 ? ofTarget(table, row) : base >= 0 ? ofBase(table, base) : NOTHING;
  }

  boolean isNew(int table, int row) {
    return target.base(table, row) < 0;
  }

  boolean isNumbered(int table, int row) {
    return born[table][row] != NOTHING;
  }

  /** A row that both sides have, and the base has not. */
  void partner(int table, int row, int sourceRow) {
    born[table][row] = sourceRow;
    partners[table][sourceRow] = row;
  }

  /** The target's row that a new row of the source is the same as; -1 where there is none. */
  int partner(int table, int sourceRow) {
    return partners[table][sourceRow];
  }

  /** Numbers the new rows that only the target has. */
  void numberRest() {
    for (int table = 0; table < born.length; table++) {
      int next = partners[table].length;
      for (int row = 0; row < born[table].length; row++) {
        if (isNew(table, row) && !isNumbered(table, row)) {
          born[table][row] = next++;
        }
      }
    }
  }

  /** To which row a cell leads; the same number for the same row, whatever side it is of. */
  int cell(TableMapping table, int column, View of) {
    ColumnData cells = of.rows().column(column);
    if (cells.isNull(of.row())) {
      return NULL;
    }
    TableMapping owner =
        table.stored().get(column).role() == StoredColumn.Role.OWNER
                && table.source() instanceof RowSource.Each each
            ? plan.mapping.table(each.ownerTable())
            : null;
    int to = owner == null ? RowPairs.referred(plan, table, column) : owner.number();
    return of.numbers().of(to, (int) cells.number(of.row()));
  }

  static boolean isNull(int number) {
    return number == NULL;
  }

  /** Whether the cells of a group hold the same on two sides. */
  boolean areSame(TableMapping table, int[] group, View some, View others) {
    for (int column : group) {
      boolean isReference =
          switch (table.stored().get(column).role()) {
            case REFERENCE, OWNER -> true;
            default -> false;
          };
      boolean isSame =
          isReference
              ? cell(table, column, some) == cell(table, column, others)
              : Cells.areSame(
                  some.rows().column(column),
                  some.row(),
                  others.rows().column(column),
                  others.row());
      if (!isSame) {
        return false;
      }
    }
    return true;
  }

  /** What the cells of a group hold, for people. */
  static String text(TableMapping table, int[] group, View of) {
    String text = "";
    for (int column : group) {
      boolean isValue =
          switch (table.stored().get(column).role()) {
            case OFFSET, KIND, DTYPE, SHAPE -> false;
            default -> !of.rows().column(column).isNull(of.row());
          };
      if (isValue && text.isEmpty()) {
        text = Cells.text(of.rows(), of.row(), column);
      }
    }
    return text.isEmpty() ? "NULL" : text;
  }
}
