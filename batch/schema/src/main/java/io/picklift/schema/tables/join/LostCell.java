package io.picklift.schema.tables.join;

import io.picklift.codec.error.LimitException;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.ShownCell;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.walk.MappingWalk;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Why the save that is made of the rows does not have what a cell says. */
final class LostCell {
  private final SaveRows given;
  private final SaveRows made;
  private final TableMapping table;
  private final int row;
  private final int column;
  private @Nullable String other;

  /**
   * @param given the rows
   * @param made those of the save that was made of them
   */
  LostCell(SaveRows given, SaveRows made, TableMapping table, int row, int column) {
    this.given = given;
    this.made = made;
    this.table = table;
    this.row = row;
    this.column = column;
  }

  /**
   * The reason, and what the user does about it.
   *
   * @param walks gives a new walk over the save that was made
   */
  String why(Supplier<MappingWalk> walks) throws LimitException {
    int ordinal = given.table(table.number()).ordinal(row);
    int[] shown = {MappingWalk.ABSENT};
    walks
        .get()
        .run(
            (of, at, node, nodes) -> {
              if (of == table.number() && at == ordinal) {
                shown[0] = nodes[column];
              }
            });
    if (shown[0] >= 0) {
      walks.get().run((of, at, node, nodes) -> look(of, at, nodes, shown[0]));
    }
    StoredColumn stored = table.stored().get(column);
    String name = table.name() + "." + stored.name();
    if (other != null) {
      return "is another value in " + name + " than in " + other;
    }
    ColumnData says = given.table(table.number()).column(column);
    ColumnData has = made.table(table.number()).column(column);
    return "has in "
        + name
        + " "
        + ShownCell.both(stored.type(), says, has, row)
        + hint(stored, says.isNull(row), has.isNull(row));
  }

  /** Looks for another cell of the same value. */
  private void look(int of, int ordinal, int[] nodes, int shown) {
    TableRows rows = given.table(of);
    int at = rows.row(ordinal);
    List<StoredColumn> stored = rows.table().stored();
    for (int i = 0; other == null && at >= 0 && i < Math.min(nodes.length, stored.size()); i++) {
      StoredColumn.Role role = stored.get(i).role();
      boolean isOne = role == StoredColumn.Role.VALUE || role == StoredColumn.Role.KEY;
      boolean isOwn = of == table.number() && at == row;
      if (!isOne || nodes[i] != shown || (isOwn && i == column)) {
        continue;
      }
      String name = rows.table().name() + "." + stored.get(i).name();
      if (!isOwn) {
        other = name + " of row " + ordinal + ", and both show one value: set both to it";
      } else if (!rows.column(i).isNull(at)) {
        other = name + " of the same row, and both show one value: set one of them to NULL";
      }
    }
  }

  private static String hint(StoredColumn column, boolean isNull, boolean isLost) {
    if (isNull) {
      return ": None cannot stand there";
    }
    if (!isLost) {
      return ": set it to that, or to another value";
    }
    return switch (column.type().base()) {
      case DATE, DATETIME ->
          ": no date before the year 1000 is stored in a column, set it to a later one";
      case DOUBLE -> ": -0.0 is no value of a column of numbers, set it to 0";
      default -> ": set it to another value";
    };
  }
}
