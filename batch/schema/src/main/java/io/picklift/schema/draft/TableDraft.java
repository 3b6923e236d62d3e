package io.picklift.schema.draft;

import io.picklift.schema.mapping.ValuePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table to be: what {@code mapping.yaml} will say of it. */
final class TableDraft {
  /** What its rows are. */
  sealed interface Source {}

  /**
   * Objects.
   *
   * @param aka names that the classes had in older saves
   */
  record OfClass(List<String> classes, List<String> aka, @Nullable String classColumn)
      implements Source {}

  record Each(TableDraft owner, ValuePath path, @Nullable ColumnDraft key) implements Source {}

  /**
   * The save itself.
   *
   * @param split the value of the column that the source is split by; null for all others
   */
  record Root(@Nullable String split) implements Source {}

  final String name;
  final Source source;
  final long rows;
  final List<ColumnDraft> columns = new ArrayList<>();
  final List<String> comments = new ArrayList<>();

  /** What stays in the residue, and why. */
  final Map<ValuePath, String> leftOut = new LinkedHashMap<>();

  final Set<String> names = new HashSet<>();

  /** Columns that it has no room for. */
  int withoutRoom;

  /** What to tell whoever asked for the mapping, a line each. */
  final List<String> notes = new ArrayList<>();

  /** Columns of the source's row; null where the table has none. */
  @Nullable OuterColumns outer;

  /** The column of the class of the members of an {@link Each}; null where it says nothing. */
  @Nullable String memberClass;

  /** Whether a save has one row at most. */
  boolean isOneRow;

  TableDraft(String name, Source source, long rows) {
    this.name = name;
    this.source = source;
    this.rows = rows;
    names.add("save_id");
    names.add("ordinal");
    if (source instanceof Each each) {
      names.add(each.owner().name + "_ordinal");
      names.add("position");
      if (each.key() != null) {
        names.add(each.key().name);
      }
    } else if (source instanceof OfClass ofClass && ofClass.classColumn() != null) {
      names.add(ofClass.classColumn());
    }
  }

  void leaveOut(ValuePath path, String why) {
    leftOut.merge(path, why, (one, more) -> one.contains(more) ? one : one + "; " + more);
  }
}
