package io.picklift.schema.draft;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lays out the tables for what a profile shows: classes first, then what each of their rows owns.
 */
final class TableBuilder {
  /** What a smaller share of values than this would need is left in the residue. */
  static final double WORTH_A_COLUMN = 0.02;

  private static final double WORTH_A_ROOT = 0.05;

  /** MySQL takes 1,017, but a page must hold the row. */
  static final int MOST_COLUMNS = 150;

  private final Profile profile;
  private final ClassGroups groups;
  private final List<TableDraft> tables = new ArrayList<>();
  private final Set<String> tableNames = new HashSet<>();
  private final Map<String, TableDraft> byClass = new HashMap<>();
  private final Deque<ClassGroup> waiting = new ArrayDeque<>();

  TableBuilder(Profile profile) {
    this.profile = profile;
    groups = new ClassGroups(profile, new ReferenceSites(profile));
  }

  boolean isSample() {
    return profile.saves().isSample();
  }

  /** The tables, each owner before what it owns. */
  List<TableDraft> build() {
    if (profile.isInGroups()) {
      groups();
    } else {
      profile.splits().forEach((value, place) -> root(place, value));
      root(profile.root(), null);
    }
    while (!waiting.isEmpty()) {
      ClassGroup group = waiting.poll();
      TableDraft table = tableOf(group);
      tables.add(table);
      new RowBuilder(this, table).ofClass(group);
    }
    tables.removeIf(this::removes);
    return tables;
  }

  /** Whether a table says nothing; what it leaves out its owner's mapping names. */
  private boolean removes(TableDraft table) {
    boolean isRemoved = table.columns.isEmpty() && isUseless(table);
    if (isRemoved && table.source instanceof TableDraft.Each each) {
      String why = String.join("; ", new TreeSet<>(table.leftOut.values()));
      each.owner()
          .leaveOut(each.path(), why.isEmpty() ? "its members have nothing for a column" : why);
    }
    return isRemoved;
  }

  private boolean isUseless(TableDraft table) {
    boolean isReferred =
        tables.stream()
            .anyMatch(
                other ->
                    other.columns.stream().anyMatch(c -> table.name.equals(c.references))
                        || (other.source instanceof TableDraft.Each each
                            && each.owner().equals(table)));
    return !isReferred
        && !(table.source instanceof TableDraft.Root && !profile.splits().isEmpty())
        && !(table.source instanceof TableDraft.Each each && each.key() != null)
        && tables.size() > 1;
  }

  /** The tables of the saves' own values that stand in one place. */
  private void root(ValueProfile root, @Nullable String split) {
    long objects = 0;
    List<String> classes = new ArrayList<>(root.classes().keySet());
    classes.sort(
        (a, b) -> Long.compare(ReferenceSites.objects(root, b), ReferenceSites.objects(root, a)));
    for (String name : classes) {
      ClassGroup group = groups.of(name);
      if (group != null && group.objectsIn(root) > 0) {
        outer(tableOf(group), group.profile().attributes().keySet());
        tableOf(group).isOneRow = group.profile().inSave().max() <= 1;
        objects += group.objectsIn(root);
      }
    }
    long others = root.count() - objects - root.count(ValueKind.NONE);
    // Values of the source's column that are still to come have a row by this one.
    boolean isNeeded = split == null && (waiting.isEmpty() || !profile.splits().isEmpty());
    if (others > WORTH_A_ROOT * root.count() || isNeeded) {
      String name = split == null ? "save" : NameMaker.snake(split);
      TableDraft table =
          new TableDraft(
              NameMaker.table(safe(name), tableNames), new TableDraft.Root(split), root.count());
      tables.add(table);
      outer(table, root.members().keySet());
      table.isOneRow = true;
      new RowBuilder(this, table).ofRoot(root);
    }
  }

  /**
   * One table of the saves' own values, with columns for each value that the source is split by.
   */
  private void groups() {
    long rows = profile.root().count();
    for (ValueProfile place : profile.splits().values()) {
      rows += place.count();
    }
    TableDraft table =
        new TableDraft(NameMaker.table("save", tableNames), new TableDraft.Root(null), rows);
    table.comments.add(
        "$split.VALUE begins the paths for the rows whose split_by column has that value; other"
            + " paths are for the rest");
    tables.add(table);
    outer(table, profile.splits().keySet());
    table.isOneRow = true;
    new RowBuilder(this, table).ofGroups(profile.splits(), profile.root());
  }

  private void outer(TableDraft table, Collection<String> attributes) {
    if (!profile.outer().isEmpty() && table.outer == null) {
      Set<String> taken =
          attributes.stream().map(NameMaker::snake).collect(Collectors.toCollection(HashSet::new));
      table.outer = new OuterColumns(profile.outer(), taken, table.names);
    }
  }

  Profile profile() {
    return profile;
  }

  @Nullable ClassGroup group(String className) {
    return groups.of(className);
  }

  boolean areContainers(ClassGroup group) {
    return groups.areContainers(group);
  }

  /** How many containers of a place are rows or columns of their class's table. */
  long containersToldByClass(ValueProfile place) {
    long containers = 0;
    Set<ClassGroup> done = new HashSet<>();
    for (String name : place.classes().keySet()) {
      ClassGroup group = groups.of(name);
      if (group != null && done.add(group)) {
        containers += group.containersOf(place);
      }
    }
    return containers;
  }

  /** The table of a group's objects; made and put on the list where there is none yet. */
  TableDraft tableOf(ClassGroup group) {
    TableDraft known = byClass.get(group.name());
    if (known != null) {
      return known;
    }
    ClassProfile of = group.profile();
    TableDraft table =
        new TableDraft(
            NameMaker.table(safe(group.tableName()), tableNames),
            new TableDraft.OfClass(
                group.today(), group.older(), group.isHierarchy() ? "class_name" : null),
            of.objects());
    table.comments.addAll(group.why());
    if (group.isHierarchy()) {
      table.comments.add("classes that stand in the same places: class_name says which");
    }
    byClass.put(group.name(), table);
    waiting.add(group);
    return table;
  }

  /** Adds a table of a container's members behind its owner and what that owns. */
  TableDraft each(
      TableDraft owner, String name, ValuePath path, @Nullable ColumnDraft key, long rows) {
    TableDraft table =
        new TableDraft(
            NameMaker.table(safe(name), tableNames), new TableDraft.Each(owner, path, key), rows);
    tables.add(table);
    return table;
  }

  private static String safe(String name) {
    // The toolkit's own tables are in the same schema.
    boolean isTaken =
        name.startsWith("picklift_") || name.startsWith("batch_") || name.equals("save_sequence");
    return isTaken ? "saved_" + name : name;
  }

  /** Whether a table has room for so many more columns. */
  boolean hasRoom(TableDraft table, int columns) {
    return table.columns.size() + columns <= MOST_COLUMNS;
  }

  /** Adds a column where there is still room for one. */
  void add(TableDraft table, ColumnDraft column) {
    if (table.columns.size() >= MOST_COLUMNS) {
      table.leaveOut(column.path, "the table has " + MOST_COLUMNS + " columns already");
      table.withoutRoom++;
    } else {
      table.columns.add(column);
    }
  }

  static ColumnType ordinalType() {
    return ColumnType.of(ColumnType.Base.INT);
  }
}
