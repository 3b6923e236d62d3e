package io.picklift.schema.mapping;

import org.jspecify.annotations.Nullable;

/**
 * A column as the table has it, after {@code save_id} and {@code ordinal}.
 *
 * @param mapping where its values come from, for {@link Role#VALUE} and {@link Role#REFERENCE}; of
 *     a column beside another, where that other's come from
 * @param source what a {@link Role#SOURCE} is of; null for any other
 */
public record StoredColumn(
    String name,
    ColumnType type,
    Role role,
    UnfitPolicy unfit,
    @Nullable ColumnMapping mapping,
    @Nullable SourceColumn source) {
  /** A column that holds something of the save. */
  public StoredColumn(
      String name, ColumnType type, Role role, UnfitPolicy unfit, @Nullable ColumnMapping mapping) {
    this(name, type, role, unfit, mapping, null);
  }

  /** What the column holds. */
  public enum Role {
    /** The ordinal of the row whose container this row is a member of. */
    OWNER,
    /** The place in the container. */
    POSITION,
    /** The key in the dict. */
    KEY,
    /** The name of the object's class. */
    CLASS,
    VALUE,
    /** The ordinal of another object's row. */
    REFERENCE,
    /** Beside a date with a zone: how many seconds its own clock is ahead of UTC. */
    OFFSET,
    /** Which kind of value stands at the path that some columns share. */
    KIND,
    /** Beside the bytes of a numpy array: its type, as numpy writes it. */
    DTYPE,
    /** Beside the bytes of a numpy array: its sizes, with commas between. */
    SHAPE,
    /** The names of the row's columns that cannot hold their value. */
    UNFIT,
    /** What an adapter computes of the row's object: no part of the save. */
    COMPUTED,
    /** A column of the source's row, such as its key: no part of the save. */
    SOURCE;

    /** Whether the column holds nothing of the save. */
    public boolean isOutside() {
      return this == COMPUTED || this == SOURCE;
    }

    /** Whether the column says something of what others hold, and holds no value itself. */
    public boolean isBeside() {
      return this == OFFSET || this == KIND || this == DTYPE || this == SHAPE || this == UNFIT;
    }
  }
}
