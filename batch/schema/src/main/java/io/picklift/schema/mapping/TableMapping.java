package io.picklift.schema.mapping;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One table.
 *
 * @param number its place in {@link Mapping#tables()}, from 0
 * @param stored its columns after {@code save_id} and {@code ordinal}, in the order of the table
 */
public record TableMapping(
    String name,
    int number,
    RowSource source,
    List<StoredColumn> stored,
    List<IndexMapping> indexes,
    int line) {
  /** The first column of every table's primary key. */
  public static final String SAVE_ID = "save_id";

  /** The second column of every table's primary key. */
  public static final String ORDINAL = "ordinal";

  /** The column that {@code unfit_column: true} asks for. */
  public static final String UNFIT_COLUMN = "unfit_columns";

  private static final ColumnType DTYPE_TYPE = ColumnType.of(ColumnType.Base.VARCHAR, 40);
  private static final ColumnType SHAPE_TYPE = ColumnType.of(ColumnType.Base.VARCHAR, 255);
  private static final ColumnType KIND_TYPE = ColumnType.of(ColumnType.Base.VARCHAR, 16);

  static final ColumnType ORDINAL_TYPE = ColumnType.of(ColumnType.Base.INT);
  static final ColumnType CLASS_TYPE = ColumnType.of(ColumnType.Base.VARCHAR, 255);

  public TableMapping {
    stored = List.copyOf(stored);
    indexes = List.copyOf(indexes);
  }

  /** All columns that a table of this source and these value columns has. */
  static List<StoredColumn> stored(
      RowSource source, List<ColumnMapping> columns, UnfitPolicy unfit, boolean hasUnfitColumn) {
    List<StoredColumn> stored = new ArrayList<>();
    if (source instanceof RowSource.Each each) {
      stored.add(plain(each.ownerColumn(), ORDINAL_TYPE, StoredColumn.Role.OWNER, unfit));
      stored.add(plain(each.positionColumn(), ORDINAL_TYPE, StoredColumn.Role.POSITION, unfit));
      RowSource.KeyColumn key = each.key();
      if (key != null) {
        stored.add(plain(key.name(), key.type(), StoredColumn.Role.KEY, unfit));
      }
    } else if (source instanceof RowSource.OfClass ofClass && ofClass.classColumn() != null) {
      stored.add(plain(ofClass.classColumn(), CLASS_TYPE, StoredColumn.Role.CLASS, unfit));
    }
    for (ColumnMapping column : columns) {
      StoredColumn.Role role =
          column.options().isClass()
              ? StoredColumn.Role.CLASS
              : column.references() == null ? StoredColumn.Role.VALUE : StoredColumn.Role.REFERENCE;
      stored.add(new StoredColumn(column.name(), column.type(), role, column.unfit(), column));
      beside(stored, column);
    }
    if (hasUnfitColumn) {
      stored.add(
          plain(UNFIT_COLUMN, ColumnType.of(ColumnType.Base.TEXT), StoredColumn.Role.UNFIT, unfit));
    }
    return stored;
  }

  private static void beside(List<StoredColumn> stored, ColumnMapping column) {
    String offset = column.options().offset();
    if (offset != null) {
      stored.add(
          new StoredColumn(
              offset, ORDINAL_TYPE, StoredColumn.Role.OFFSET, UnfitPolicy.RESIDUE, column));
    }
    String dtype = column.options().dtype();
    if (dtype != null) {
      stored.add(
          new StoredColumn(
              dtype, DTYPE_TYPE, StoredColumn.Role.DTYPE, UnfitPolicy.RESIDUE, column));
    }
    String shape = column.options().shape();
    if (shape != null) {
      stored.add(
          new StoredColumn(
              shape, SHAPE_TYPE, StoredColumn.Role.SHAPE, UnfitPolicy.RESIDUE, column));
    }
    String kind = column.options().kind();
    boolean isThere =
        stored.stream().anyMatch(s -> s.role() == StoredColumn.Role.KIND && s.name().equals(kind));
    if (kind != null && !isThere) {
      stored.add(
          new StoredColumn(kind, KIND_TYPE, StoredColumn.Role.KIND, UnfitPolicy.RESIDUE, column));
    }
  }

  private static StoredColumn plain(
      String name, ColumnType type, StoredColumn.Role role, UnfitPolicy unfit) {
    return new StoredColumn(name, type, role, unfit, null);
  }

  TableMapping withComputed(String column, ColumnType type, boolean index) {
    List<StoredColumn> columns = new ArrayList<>(stored);
    columns.add(plain(column, type, StoredColumn.Role.COMPUTED, UnfitPolicy.QUARANTINE));
    List<IndexMapping> more = new ArrayList<>(indexes);
    if (index) {
      IndexMapping made = IndexMapping.unnamed(name, List.of(column), false);
      boolean isTaken = indexes.stream().anyMatch(i -> i.name().equalsIgnoreCase(made.name()));
      more.add(isTaken ? made.asBefore() : made);
    }
    return new TableMapping(name, number, source, columns, more, line);
  }

  /** The tables whose rows the rows of this one refer to: their owners, and others. */
  public Set<String> parents() {
    Set<String> parents = new LinkedHashSet<>();
    if (source instanceof RowSource.Each each) {
      parents.add(each.ownerTable());
    }
    for (StoredColumn column : stored) {
      ColumnMapping from = column.mapping();
      if (from != null && from.references() != null) {
        parents.add(from.references());
      }
    }
    return parents;
  }

  /** The place in {@link #stored()} of a column; -1 where there is none. */
  public int columnNumber(String column) {
    for (int i = 0; i < stored.size(); i++) {
      if (stored.get(i).name().equals(column)) {
        return i;
      }
    }
    return -1;
  }

  /** The column of that name, or null. */
  public @Nullable StoredColumn column(String column) {
    int number = columnNumber(column);
    return number < 0 ? null : stored.get(number);
  }
}
