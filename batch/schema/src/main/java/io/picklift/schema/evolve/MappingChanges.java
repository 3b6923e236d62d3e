package io.picklift.schema.evolve;

import io.picklift.schema.evolve.MappingChange.Kind;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.tables.rows.Ddl;
import io.picklift.schema.tables.rows.SqlNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a new mapping says otherwise than the one before, and which tables that concerns. */
public final class MappingChanges {
  private final Mapping former;
  private final Mapping next;
  private final TablePairs pairs;
  private final List<MappingChange> changes = new ArrayList<>();
  private final List<String> sql = new ArrayList<>();
  private final Map<String, ColumnChanges> columns = new HashMap<>();

  private MappingChanges(Mapping former, Mapping next) {
    this.former = former;
    this.next = next;
    pairs = new TablePairs(former, next);
  }

  /**
   * What was found.
   *
   * @param changes in the order of the tables
   * @param sql statements that say the same, for people: values get into new columns by {@code
   *     evolve} alone
   * @param tables all tables of the new mapping, and those that are dropped
   */
  public record Result(List<MappingChange> changes, List<String> sql, List<TableChange> tables) {
    public Result {
      changes = List.copyOf(changes);
      sql = List.copyOf(sql);
      tables = List.copyOf(tables);
    }
  }

  /** Compares two mappings, their adapters' columns among their own. */
  public static Result of(Mapping former, Mapping next) {
    return new MappingChanges(former, next).compare();
  }

  private Result compare() {
    heads();
    order();
    for (TableMapping table : next.tables()) {
      TableMapping same = pairs.former(table);
      if (same == null) {
        made(table);
      } else {
        table(same, table);
      }
    }
    for (TableMapping table : pairs.dropped()) {
      boolean isElsewhere = !pairs.targets(table).isEmpty();
      add(
          Kind.TABLE_DROPPED,
          table,
          isElsewhere ? "its rows are in another" : "its values go into the residue");
      sql.add("DROP TABLE " + SqlNames.quote(table.name()) + ";");
    }
    moves();
    List<TableChange> tables = AffectedTables.of(former, next, pairs);
    return new Result(changes, sql, tables);
  }

  private void heads() {
    if (former.foreignKeys() != next.foreignKeys()) {
      String message = former.foreignKeys().label() + " to " + next.foreignKeys().label();
      changes.add(new MappingChange(Kind.FOREIGN_KEYS, "all tables", null, message, null));
    }
    if (!former.collation().equals(next.collation())) {
      String message = former.collation() + " to " + next.collation();
      changes.add(new MappingChange(Kind.COLLATION, "all tables", null, message, null));
    }
  }

  /** Objects are told by the first table that has them. */
  private void order() {
    if (!AffectedTables.isInOrder(next, pairs)) {
      String message = "they stand in another order";
      changes.add(new MappingChange(Kind.SETTINGS, "all tables", null, message, null));
    }
  }

  private void made(TableMapping table) {
    List<TableMapping> sources = pairs.sources(table);
    add(
        Kind.TABLE_ADDED,
        table,
        sources.isEmpty() ? described(table) : "with rows of " + names(sources));
    sql.add(Ddl.statement(next, table).replaceAll("\\s*\n\\s*", " ") + ";");
  }

  private void table(TableMapping same, TableMapping table) {
    if (!same.name().equals(table.name())) {
      add(Kind.TABLE_RENAMED, table, "was " + same.name());
      sql.add(
          "ALTER TABLE "
              + SqlNames.quote(same.name())
              + " RENAME TO "
              + SqlNames.quote(table.name())
              + ";");
    }
    List<TableMapping> sources = pairs.sources(table);
    List<TableMapping> targets = pairs.targets(same);
    if (sources.size() > 1) {
      add(Kind.TABLES_MERGED, table, "has the rows of " + names(sources));
    }
    if (targets.size() > 1) {
      add(Kind.TABLE_SPLIT, table, "the rows of " + same.name() + " go into " + names(targets));
    }
    if (!described(same).equals(described(table))) {
      add(Kind.ROWS, table, described(same) + " to " + described(table));
    }
    ColumnChanges compared = new ColumnChanges(same, table);
    columns.put(table.name(), compared);
    changes.addAll(compared.changes);
    sql.addAll(compared.sql);
  }

  /** What was a column of a table and is one of another now, by their paths. */
  private void moves() {
    for (TableMapping table : next.tables()) {
      TableMapping same = pairs.former(table);
      ColumnChanges compared = columns.get(table.name());
      if (same == null || compared == null) {
        continue;
      }
      for (StoredColumn column : compared.dropped()) {
        move(Kind.MOVED_TO_CHILD, table, column, next, table);
      }
      for (StoredColumn column : compared.added()) {
        move(Kind.MOVED_INLINE, table, column, former, same);
      }
    }
  }

  /**
   * Looks in one of the mappings for the table below that has the column by the rest of its path.
   */
  private void move(
      Kind kind, TableMapping named, StoredColumn column, Mapping in, TableMapping above) {
    ColumnMapping from = column.mapping();
    if (from == null || from.references() != null || column.role().isBeside()) {
      return;
    }
    List<ValuePath.Step> steps = from.path().steps();
    for (int i = 1; i <= steps.size(); i++) {
      ValuePath first = new ValuePath(steps.subList(0, i));
      ValuePath rest = new ValuePath(steps.subList(i, steps.size()));
      for (TableMapping below : in.tables()) {
        boolean isBelow =
            below.source() instanceof RowSource.Each each
                ? each.ownerTable().equals(above.name()) && each.path().equals(first)
                : isReferred(above, below, first);
        if (isBelow && isOther(below, in)) {
          below.stored().stream()
              .filter(one -> one.mapping() != null && one.mapping().path().equals(rest))
              .findFirst()
              .ifPresent(one -> moved(kind, named, column, below.name() + "." + one.name()));
        }
      }
    }
  }

  private void moved(Kind kind, TableMapping table, StoredColumn column, String other) {
    String message = (kind == Kind.MOVED_INLINE ? "was " : "is now ") + other;
    changes.add(new MappingChange(kind, table.name(), column.name(), message, null));
  }

  /** Whether only one of the mappings has the table. */
  private boolean isOther(TableMapping below, Mapping in) {
    return in.equals(next) ? pairs.former(below) == null : pairs.dropped().contains(below);
  }

  private static boolean isReferred(TableMapping above, TableMapping below, ValuePath path) {
    return above.stored().stream()
        .map(StoredColumn::mapping)
        .anyMatch(
            from ->
                from != null && below.name().equals(from.references()) && from.path().equals(path));
  }

  private static String described(TableMapping table) {
    if (table.source() instanceof RowSource.OfClass of) {
      return "objects of " + String.join(", ", of.classes());
    }
    if (table.source() instanceof RowSource.Each each) {
      return "members of " + each.ownerTable() + " " + each.path();
    }
    return "whole saves";
  }

  private static String names(Collection<TableMapping> tables) {
    return tables.stream().map(TableMapping::name).collect(Collectors.joining(", "));
  }

  private void add(Kind kind, TableMapping table, String message) {
    changes.add(new MappingChange(kind, table.name(), null, message, null));
  }
}
