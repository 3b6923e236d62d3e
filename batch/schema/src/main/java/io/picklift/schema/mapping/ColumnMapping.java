package io.picklift.schema.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One column and where its values come from.
 *
 * @param references the table whose ordinals the column holds; null for a value
 * @param aka older paths, tried in order where {@code path} finds nothing
 * @param defaultValue what stands where there is no such attribute: Boolean, Long, BigInteger,
 *     Double, BigDecimal or String; null for NULL
 * @param required whether the column is NOT NULL, and a save is refused that has nothing there
 * @param comment what the column's comment in the server says beside its path; or null
 * @param line in the mapping file, from 1; 0 where it comes from none
 */
public record ColumnMapping(
    String name,
    ColumnType type,
    @Nullable String references,
    ValuePath path,
    List<ValuePath> aka,
    @Nullable Object defaultValue,
    boolean index,
    boolean unique,
    UnfitPolicy unfit,
    ColumnOptions options,
    boolean required,
    @Nullable String comment,
    int line) {
  public ColumnMapping {
    aka = List.copyOf(aka);
  }
}
