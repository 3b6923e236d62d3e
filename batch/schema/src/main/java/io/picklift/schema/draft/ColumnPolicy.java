package io.picklift.schema.draft;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.ColumnType.Base;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.scalar.ScalarProfile;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** Which columns get an index or are unique, and what keeps a table within the server's limits. */
final class ColumnPolicy {
  /** A row's columns may take 65,535 bytes, BLOBs and texts apart. */
  private static final int MOST_ROW_BYTES = 60_000;

  /**
   * A page holds rows of up to 8,126 bytes, and all of a text that cannot be longer than 255 bytes;
   * of a longer one it may hold the beginning alone.
   */
  private static final int MOST_INLINE_BYTES = 7_500;

  private static final int BYTE = 255;
  private static final int OFF_PAGE_BYTES = 40;
  private static final int OFF_PAGE_CHARACTERS = 80;

  /** Of 64. */
  private static final int MOST_INDEXES = 56;

  private static final Set<String> NATURAL_KEYS =
      Set.of(
          "code", "email", "guid", "isbn", "login", "serial", "sku", "slug", "token", "username");

  private static final int BYTES_PER_CHARACTER = 4;

  private ColumnPolicy() {}

  /** Decides about the key or index of a scalar column. */
  static void keys(TableDraft table, ColumnDraft column, ValueProfile place, boolean isSample) {
    boolean isId = isId(column.name);
    boolean isKeyType = column.type.base().isInteger() || column.type.base() == Base.BINARY;
    long scalars = place.count(ValueKind.INT) + place.count(ValueKind.UUID);
    if (isId
        && isKeyType
        && place.isUnique()
        && scalars == table.rows
        && scalars == place.count()) {
      // A unique index would refuse the first save that no sample has shown.
      column.unique = !isSample;
      column.index = isSample;
      if (isSample) {
        column.comment +=
            (column.comment.isEmpty() ? "" : "; ")
                + "unique in each save of the sample: unique: true where it is in all";
      }
    } else if (isLookedUp(table, place)
        && column.type.isIndexable()
        && (isId || isNaturalKey(column.name, place))) {
      column.index = true;
    }
  }

  /** What people know a thing by, where hardly two have the same. */
  private static boolean isNaturalKey(String name, ValueProfile place) {
    String last = name.substring(name.lastIndexOf('_') + 1);
    ScalarProfile scalars = place.scalars();
    return NATURAL_KEYS.contains(last)
        && scalars != null
        && scalars.distinct() * 10 >= (place.count() - place.count(ValueKind.NONE)) * 9;
  }

  private static boolean isId(String name) {
    return name.equals("id")
        || name.equals("uuid")
        || name.equals("uid")
        || name.endsWith("_id")
        || name.endsWith("_uuid");
  }

  /** Whether a save has one such row: its id is what one asks for. */
  private static boolean isLookedUp(TableDraft table, ValueProfile place) {
    return !(table.source instanceof TableDraft.Each) && place.mostInSave() <= 1;
  }

  /** The last look at a table whose columns are all there. */
  static void apply(TableDraft table) {
    int indexes = 2;
    for (ColumnDraft column : table.columns) {
      if (column.references != null || column.unique || column.index) {
        indexes++;
      }
      if (indexes > MOST_INDEXES && column.index) {
        column.index = false;
        indexes--;
      }
    }
    shrink(table);
  }

  private static void shrink(TableDraft table) {
    while (inlineBytes(table) > MOST_INLINE_BYTES) {
      Optional<ColumnDraft> widest =
          table.columns.stream()
              .filter(c -> isInline(c.type))
              .max(Comparator.comparingInt(c -> c.type.size()));
      if (widest.isEmpty()) {
        return;
      }
      widest.get().type = ColumnType.of(Base.VARCHAR, OFF_PAGE_CHARACTERS);
    }
    while (rowBytes(table) > MOST_ROW_BYTES) {
      Optional<ColumnDraft> widest =
          table.columns.stream()
              .filter(c -> c.type.base() == Base.VARCHAR)
              .max(Comparator.comparingInt(c -> c.type.size()));
      if (widest.isEmpty()) {
        return;
      }
      widest.get().type = ColumnType.of(Base.TEXT);
      widest.get().index = false;
    }
  }

  private static boolean isInline(ColumnType type) {
    return type.base() == Base.VARCHAR && type.size() * BYTES_PER_CHARACTER <= BYTE;
  }

  private static long inlineBytes(TableDraft table) {
    long bytes = 0;
    for (ColumnDraft column : table.columns) {
      bytes += isInline(column.type) ? column.type.size() * BYTES_PER_CHARACTER : OFF_PAGE_BYTES;
    }
    return bytes;
  }

  private static long rowBytes(TableDraft table) {
    long bytes = 0;
    for (ColumnDraft column : table.columns) {
      bytes +=
          switch (column.type.base()) {
            case VARCHAR -> column.type.size() * BYTES_PER_CHARACTER + 2;
            case VARBINARY -> column.type.size() + 2;
            default -> 12;
          };
    }
    return bytes;
  }

  /** A text type that holds both. */
  static ColumnType wider(ColumnType one, ColumnType other) {
    if (one.base() == Base.VARCHAR && other.base() == Base.VARCHAR) {
      return one.size() >= other.size() ? one : other;
    }
    // In the order of Base, longer texts come later.
    return one.base().compareTo(other.base()) >= 0 ? one : other;
  }
}
