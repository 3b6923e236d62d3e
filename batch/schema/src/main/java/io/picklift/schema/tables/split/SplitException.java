package io.picklift.schema.tables.split;

import io.picklift.schema.mapping.OnNew;
import io.picklift.schema.tables.walk.NewThings;
import org.jspecify.annotations.Nullable;

/** A value that its column cannot hold, where the mapping sends such a save to the quarantine. */
public final class SplitException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String table;
  private final String column;
  private final int ordinal;
  private final boolean isComputed;
  private final @Nullable OnNew onNew;

  SplitException(String table, String column, int ordinal, String path, String type) {
    super(path + " does not fit into " + table + "." + column + " " + type);
    this.table = table;
    this.column = column;
    this.ordinal = ordinal;
    isComputed = false;
    onNew = null;
  }

  /** For a value that could not be computed; the message says why and where. */
  SplitException(String table, String column, int ordinal, String message) {
    this(table, column, ordinal, message, true);
  }

  /** For a column that the mapping requires, where the save has nothing or None. */
  static SplitException lacking(String table, String column, int ordinal, String path) {
    String message = path + " is None or absent, and " + table + "." + column + " is required";
    return new SplitException(table, column, ordinal, message, false);
  }

  private SplitException(
      String table, String column, int ordinal, String message, boolean isComputed) {
    super(message);
    this.table = table;
    this.column = column;
    this.ordinal = ordinal;
    this.isComputed = isComputed;
    onNew = null;
  }

  /** For a document that no server would take; the message says where and why. */
  static SplitException ofDocument(String table, String column, int ordinal, String message) {
    String place = table + "." + column;
    return new SplitException(
        table, column, ordinal, message + ": it does not fit into " + place + " JSON", false);
  }

  /** For something that the mapping does not know. */
  SplitException(NewThings.Found found) {
    super(found.message());
    table = "";
    column = "";
    ordinal = 0;
    isComputed = false;
    onNew = found.then();
  }

  /** What the mapping asks for where it is something that it does not know; else null. */
  public @Nullable OnNew onNew() {
    return onNew;
  }

  /** Whether it is a computed column's: its adapter's fault, not the save's. */
  public boolean isComputed() {
    return isComputed;
  }

  public String table() {
    return table;
  }

  public String column() {
    return column;
  }

  /** Of the row. */
  public int ordinal() {
    return ordinal;
  }
}
