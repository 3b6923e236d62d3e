package io.picklift.schema.tables.edit;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.schema.edits.EditRules;
import io.picklift.schema.edits.OnMissing;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cells that refer to a row that is not there, and what the mapping's {@code on_missing} makes of
 * them: such a cell counts as NULL, and a row that is nothing but such a reference as deleted,
 * together with the rows that it owns.
 */
public final class DanglingReferences {
  private final WalkPlan plan;
  private final EditRules rules;
  private final SaveRows given;

  /** Of each table the places of the rows that count as deleted. */
  private final Map<Integer, Set<Integer>> gone = new HashMap<>();

  /** Cells that count as NULL, by table, place of the row, and column. */
  private final Set<List<Integer>> emptied = new HashSet<>();

  /** Those among them whose reference leaves, by table, ordinal of the row, and column. */
  private final Set<List<Integer>> dropped = new HashSet<>();

  private final SaveRows rows;

  private DanglingReferences(WalkPlan plan, SaveRows given, Limits limits) throws LimitException {
    this.plan = plan;
    this.given = given;
    rules = plan.mapping.edits();
    if (rules.hasMissing()) {
      for (int table : plan.order) {
        look(plan.mapping.tables().get(table));
      }
    }
    rows = isAny() ? settled(Memory.beside(given.footprint(), limits)) : given;
  }

  /** Finds those of a save's rows. */
  public static DanglingReferences of(WalkPlan plan, SaveRows rows, Limits limits)
      throws LimitException {
    return new DanglingReferences(plan, rows, limits);
  }

  /** The rows as they were given. */
  public SaveRows given() {
    return given;
  }

  /** The rows as they count: those that were given, where the mapping says nothing of others. */
  public SaveRows rows() {
    return rows;
  }

  /** Whether any row counts as something else than it says. */
  public boolean isAny() {
    return !emptied.isEmpty() || gone.values().stream().anyMatch(rowsOf -> !rowsOf.isEmpty());
  }

  /** Whether the reference that a cell shows is to leave, and not to be None. */
  public boolean isDropped(int table, int ordinal, int column) {
    return dropped.contains(List.of(table, ordinal, column));
  }

  private void look(TableMapping table) {
    Set<Integer> leaving = new HashSet<>();
    gone.put(table.number(), leaving);
    TableRows of = given.table(table.number());
    for (int row = 0; row < of.size(); row++) {
      if (isOwnerGone(table, of, row)) {
        leaving.add(row);
      }
    }
    for (int column = 0; column < table.stored().size(); column++) {
      StoredColumn stored = table.stored().get(column);
      ColumnMapping mapped = stored.mapping();
      String target = mapped == null ? null : mapped.references();
      if (stored.role() != StoredColumn.Role.REFERENCE || target == null) {
        continue;
      }
      OnMissing what = rules.of(table.name(), stored.name(), target);
      if (what != OnMissing.ERROR) {
        look(table, column, plan.mapping.table(target), what);
      }
    }
  }

  private void look(TableMapping table, int column, @Nullable TableMapping target, OnMissing what) {
    TableRows of = given.table(table.number());
    boolean isMember = table.source() instanceof RowSource.Each && isOwn(table, column);
    boolean isKey = table.source() instanceof RowSource.Each && isKey(table, column);
    for (int row = 0; row < of.size(); row++) {
      if (!isDangling(of, row, column, target)) {
        continue;
      }
      if (what == OnMissing.DROP && (isKey || (isMember && !isElse(table, of, row, column)))) {
        gone.getOrDefault(table.number(), Set.of()).add(row);
        continue;
      }
      emptied.add(List.of(table.number(), row, column));
      // Another column of the place gives its value, where it is the row's own.
      if (what == OnMissing.DROP && !isMember) {
        dropped.add(List.of(table.number(), of.ordinal(row), column));
      }
    }
  }

  private boolean isOwnerGone(TableMapping table, TableRows of, int row) {
    if (!(table.source() instanceof RowSource.Each each)) {
      return false;
    }
    TableMapping owner = plan.mapping.table(each.ownerTable());
    ColumnData owners = of.column(table.columnNumber(each.ownerColumn()));
    if (owner == null || owners.isNull(row)) {
      return false;
    }
    int at = given.table(owner.number()).row((int) owners.number(row));
    return gone.getOrDefault(owner.number(), Set.of()).contains(at);
  }

  /** Whether a cell refers to a row that is not there. */
  private boolean isDangling(TableRows of, int row, int column, @Nullable TableMapping target) {
    ColumnData cells = of.column(column);
    return target != null
        && !cells.isNull(row)
        && given.table(target.number()).row((int) cells.number(row)) < 0;
  }

  /**
   * Whether another column says what a member is now, so that its row stays: where a member may be
   * of several classes, each has a column.
   */
  private boolean isElse(TableMapping table, TableRows of, int row, int column) {
    for (int other = 0; other < table.stored().size(); other++) {
      StoredColumn stored = table.stored().get(other);
      boolean holds =
          stored.role() == StoredColumn.Role.VALUE || stored.role() == StoredColumn.Role.REFERENCE;
      if (other != column && holds && isOwn(table, other) && !of.column(other).isNull(row)) {
        ColumnMapping mapped = stored.mapping();
        String target = mapped == null ? null : mapped.references();
        if (!isDangling(of, row, other, target == null ? null : plan.mapping.table(target))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a column shows the member itself that a row is. */
  private boolean isOwn(TableMapping table, int column) {
    int[] columns = plan.paths[table.number()].columns;
    for (int i = 0; i < columns.length; i += 2) {
      if (columns[i] == column) {
        return true;
      }
    }
    return false;
  }

  /** Whether a column shows the key itself that a row has in its dict. */
  private static boolean isKey(TableMapping table, int column) {
    ColumnMapping mapped = table.stored().get(column).mapping();
    return mapped != null && mapped.path().isOfKey() && mapped.path().steps().size() == 1;
  }

  private SaveRows settled(Memory memory) throws LimitException {
    SaveRows made = new SaveRows(plan.mapping, given.saveId(), memory);
    for (TableMapping table : plan.mapping.tables()) {
      TableRows from = given.table(table.number());
      TableRows to = made.table(table.number());
      Set<Integer> leaving = gone.getOrDefault(table.number(), Set.of());
      for (int row = 0; row < from.size(); row++) {
        if (leaving.contains(row)) {
          continue;
        }
        for (int column = 0; column < table.stored().size(); column++) {
          if (emptied.contains(List.of(table.number(), row, column))) {
            to.column(column).addNull();
          } else {
            to.column(column).addCell(from.column(column), row);
          }
        }
        to.endRow(from.ordinal(row));
      }
    }
    return made;
  }
}
