package io.picklift.schema.evolve;

import io.picklift.schema.evolve.MappingChange.Kind;
import io.picklift.schema.evolve.MappingChange.Misfits;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.IndexMapping;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.tables.rows.Ddl;
import io.picklift.schema.tables.rows.SqlNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is other in the columns and indexes of a table that both mappings have. */
final class ColumnChanges {
  private final TableMapping former;
  private final TableMapping next;

  /** Former columns by the new columns' names. */
  private final Map<String, StoredColumn> pairs = new HashMap<>();

  private final Set<String> taken = new HashSet<>();
  final List<MappingChange> changes = new ArrayList<>();

  /** The SQL that says the same, about the table by its new name. */
  final List<String> sql = new ArrayList<>();

  ColumnChanges(TableMapping former, TableMapping next) {
    this.former = former;
    this.next = next;
    for (StoredColumn column : next.stored()) {
      StoredColumn same = former.column(column.name());
      if (same != null) {
        pair(column, same);
      }
    }
    for (StoredColumn column : next.stored()) {
      if (!pairs.containsKey(column.name())) {
        former.stored().stream()
            .filter(one -> !taken.contains(one.name()) && isOnceOf(one, column))
            .findFirst()
            .ifPresent(one -> pair(column, one));
      }
    }
    compare();
    indexes();
  }

  private void pair(StoredColumn column, StoredColumn same) {
    pairs.put(column.name(), same);
    taken.add(same.name());
  }

  /** Whether the values of one are those of the other, which may have been found elsewhere. */
  private static boolean isOnceOf(StoredColumn then, StoredColumn now) {
    if (then.role() != now.role()) {
      return false;
    }
    ColumnMapping was = then.mapping();
    ColumnMapping is = now.mapping();
    if (was == null || is == null) {
      // A table has one owner, one position and one key.
      return then.role() == StoredColumn.Role.OWNER
          || then.role() == StoredColumn.Role.POSITION
          || then.role() == StoredColumn.Role.KEY;
    }
    return !then.role().isBeside()
        && Objects.equals(was.options().only(), is.options().only())
        && was.options().isUtc() == is.options().isUtc()
        && (is.path().equals(was.path())
            || is.aka().contains(was.path())
            || was.aka().contains(is.path()));
  }

  private void compare() {
    for (StoredColumn column : next.stored()) {
      StoredColumn then = pairs.get(column.name());
      if (then == null) {
        boolean isComputed = column.role() == StoredColumn.Role.COMPUTED;
        add(isComputed ? Kind.COMPUTED_ADDED : Kind.COLUMN_ADDED, column, described(column));
        sql.add(Ddl.add(next, column));
      } else {
        compare(then, column);
      }
    }
    for (StoredColumn column : dropped()) {
      boolean isComputed = column.role() == StoredColumn.Role.COMPUTED;
      changes.add(
          new MappingChange(
              isComputed ? Kind.COMPUTED_DROPPED : Kind.COLUMN_DROPPED,
              next.name(),
              column.name(),
              column.role().isOutside() ? "" : "its values go into the residue",
              null));
      sql.add(alter() + "DROP COLUMN " + SqlNames.quote(column.name()) + ";");
    }
  }

  /** Former columns that no new one is. */
  List<StoredColumn> dropped() {
    return former.stored().stream().filter(column -> !taken.contains(column.name())).toList();
  }

  /** New columns that no former one is. */
  List<StoredColumn> added() {
    return next.stored().stream().filter(column -> !pairs.containsKey(column.name())).toList();
  }

  private void compare(StoredColumn then, StoredColumn now) {
    boolean isOther = false;
    if (!then.name().equals(now.name())) {
      add(Kind.COLUMN_RENAMED, now, "was " + then.name());
      sql.add(
          alter()
              + "RENAME COLUMN "
              + SqlNames.quote(then.name())
              + " TO "
              + SqlNames.quote(now.name())
              + ";");
      isOther = true;
    }
    if (!then.type().equals(now.type())) {
      String condition = TypeChanges.misfits(then.name(), then.type(), now.type());
      changes.add(
          new MappingChange(
              TypeChanges.kind(then.type(), now.type()),
              next.name(),
              now.name(),
              then.type() + " to " + now.type(),
              condition == null || now.role() != StoredColumn.Role.VALUE
                  ? null
                  : new Misfits(former.name(), condition)));
      sql.add(Ddl.modify(next, now, now.type()));
      isOther = true;
    }
    if (!path(then).equals(path(now))) {
      add(Kind.PATH, now, path(then) + " to " + path(now));
      isOther = true;
    }
    if (!isOther && !settings(then).equals(settings(now))) {
      add(Kind.SETTINGS, now, "what the mapping says of it beside type and path");
      sql.add(Ddl.modify(next, now, now.type()));
    }
  }

  private static String path(StoredColumn column) {
    ColumnMapping mapping = column.mapping();
    return mapping == null
        ? ""
        : (mapping.path() + " " + mapping.aka().stream().map(ValuePath::toString).toList())
            .replace(" []", "");
  }

  /** All that decides on the column's cells beside type and path. */
  private static String settings(StoredColumn column) {
    ColumnMapping mapping = column.mapping();
    String own =
        column.role() + " " + column.unfit() + " " + column.source() + " " + column.shown();
    return mapping == null
        ? own
        : String.join(
            " ",
            own,
            String.valueOf(mapping.references()),
            String.valueOf(mapping.defaultValue()),
            String.valueOf(mapping.required()),
            mapping.options().toString());
  }

  private static String described(StoredColumn column) {
    ColumnMapping from = column.mapping();
    String references = from == null ? null : from.references();
    return column.type()
        + (from == null ? "" : " of " + from.path())
        + (references == null ? "" : ", rows of " + references);
  }

  private void indexes() {
    for (IndexMapping index : next.indexes()) {
      if (!isAmong(former, index)) {
        add(Kind.INDEX_ADDED, index);
      }
    }
    for (IndexMapping index : former.indexes()) {
      if (!isAmong(next, index)) {
        add(Kind.INDEX_DROPPED, index);
      }
    }
    String alter = IndexChanges.sql(former, next, Set.of());
    if (alter != null) {
      sql.add(alter + ";");
    }
  }

  static boolean isAmong(TableMapping table, IndexMapping index) {
    return table.indexes().stream()
        .anyMatch(
            one ->
                one.unique() == index.unique()
                    && one.columns().equals(index.columns())
                    && (one.name().equals(index.name()) || one.former().equals(index.former())));
  }

  private void add(Kind kind, IndexMapping index) {
    String message =
        (index.unique() ? "unique " : "") + "(" + String.join(", ", index.columns()) + ")";
    changes.add(new MappingChange(kind, next.name(), index.name(), message, null));
  }

  private void add(Kind kind, StoredColumn column, @Nullable String message) {
    changes.add(
        new MappingChange(kind, next.name(), column.name(), message == null ? "" : message, null));
  }

  private String alter() {
    return "ALTER TABLE " + SqlNames.quote(next.name()) + " ";
  }
}
