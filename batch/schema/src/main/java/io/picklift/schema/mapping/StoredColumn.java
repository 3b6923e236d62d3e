package io.picklift.schema.mapping;

import org.jspecify.annotations.Nullable;

/**
 * A column as the table has it, after {@code save_id} and {@code ordinal}.
 *
 * @param mapping where its values come from, for {@link Role#VALUE} and {@link Role#REFERENCE}
 */
public record StoredColumn(
    String name, ColumnType type, Role role, Unfit unfit, @Nullable ColumnMapping mapping) {
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
    /** What an adapter computes of the row's object: no part of the save. */
    COMPUTED
  }
}
