package io.picklift.schema.draft;

import io.picklift.schema.mapping.ColumnOptions;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.ValuePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column to be: what {@code mapping.yaml} will say of it. */
final class ColumnDraft {
  final String name;
  final ValuePath path;
  final List<ValuePath> aka = new ArrayList<>();
  ColumnType type;
  final @Nullable String references;
  ColumnOptions options = ColumnOptions.NONE;
  boolean index;
  boolean unique;

  /** Whether all rows so far have a value there that the column holds. */
  boolean isAlways;

  /** What the server's comment says beside the path, such as a unit; or empty. */
  String unit = "";

  String comment;

  ColumnDraft(
      String name, ValuePath path, ColumnType type, @Nullable String references, String comment) {
    this.name = name;
    this.path = path;
    this.type = type;
    this.references = references;
    this.comment = comment;
  }
}
