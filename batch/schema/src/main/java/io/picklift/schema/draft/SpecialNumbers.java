package io.picklift.schema.draft;

import io.picklift.schema.mapping.ColumnOptions;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.ScalarKind;
import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.scalar.ScalarProfile;

/**
 * The column of the numbers that are none to a server: nan, infinities, -0.0. Without it a NULL
 * would stand for them, and no query could ask for them.
 */
final class SpecialNumbers {
  /** So few of all values at a place are left to the residue. */
  private static final int RARE = 200;

  private static final int SIZE = 16;

  private SpecialNumbers() {}

  /** How many there are; 0 where they are too few for a column. */
  static long count(ValueProfile place) {
    ScalarProfile scalars = place.scalars();
    long specials = scalars == null ? 0 : scalars.specials();
    if (specials == 0) {
      return 0;
    }
    long all = 0;
    for (ValueKind kind : ValueKind.values()) {
      all += kind.isScalar() ? place.count(kind) : 0;
    }
    return specials * RARE < all ? 0 : specials;
  }

  static ColumnDraft column(TableDraft table, String name, ValuePath path) {
    String wanted = (name.isEmpty() ? "value" : name) + "_special";
    ColumnDraft column =
        new ColumnDraft(
            NameMaker.column(wanted, table.names),
            path,
            ColumnType.of(ColumnType.Base.VARCHAR, SIZE),
            null,
            "nan, inf, -inf, -0.0");
    column.options = new ColumnOptions(false, null, ScalarKind.SPECIAL, null, null, null, false);
    return column;
  }
}
