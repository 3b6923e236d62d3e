package io.picklift.schema.mapping;

import io.picklift.schema.keys.ForeignKeys;
import io.picklift.schema.yaml.ConfigurationException;
import io.picklift.schema.yaml.NearestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Whether the parts of a mapping fit together. */
final class MappingChecks {
  /** By code point, and without padding: to utf8mb4_bin, 'a' and 'a ' are one. */
  private static final List<String> LIKE_PYTHON = List.of("utf8mb4_0900_bin", "utf8mb4_nopad_bin");

  private final Mapping mapping;
  private final List<String> tableNames;

  MappingChecks(Mapping mapping) {
    this.mapping = mapping;
    tableNames = mapping.tables().stream().map(TableMapping::name).toList();
  }

  void run() throws ConfigurationException {
    Map<String, String> classes = new HashMap<>();
    Set<String> names = new HashSet<>();
    Map<String, String> roots = new HashMap<>();
    for (TableMapping table : mapping.tables()) {
      if (table.name().equalsIgnoreCase(mapping.ledger())) {
        throw error(table.line(), "table " + table.name() + " cannot be the ledger too");
      }
      if (!names.add(table.name().toLowerCase(Locale.ROOT))) {
        throw error(table.line(), "table " + table.name() + " stands twice (case does not count)");
      }
      if (table.source() instanceof RowSource.OfClass ofClass) {
        for (String name : ofClass.classes()) {
          String other = classes.put(name, table.name());
          if (other != null) {
            throw error(
                table.line(),
                "class " + name + " belongs to table " + other + " and to " + table.name());
          }
        }
      } else if (table.source() instanceof RowSource.Each each) {
        owner(table, each);
      } else if (table.source() instanceof RowSource.Root root) {
        root(table, root, roots);
      }
      columns(table);
      newValues(table);
      key(table);
      indexes(table);
    }
    cycles();
  }

  /** Each save has one root table at most. */
  private void root(TableMapping table, RowSource.Root root, Map<String, String> roots)
      throws ConfigurationException {
    for (String value : root.split().isEmpty() ? List.of("") : root.split()) {
      String other = roots.put(root.split().isEmpty() ? "" : "=" + value, table.name());
      if (other != null) {
        throw error(
            table.line(),
            root.split().isEmpty()
                ? "both " + other + " and " + table.name() + " have root: true"
                : "tables " + other + " and " + table.name() + " are both for the value " + value);
      }
    }
  }

  /** Rows that refer to each other in a circle cannot be written one after the other. */
  private void cycles() throws ConfigurationException {
    if (mapping.foreignKeys() != ForeignKeys.ALL) {
      return;
    }
    List<String> cycle = mapping.parentOrder().cycle();
    if (!cycle.isEmpty()) {
      TableMapping first = Objects.requireNonNull(mapping.table(cycle.get(0)));
      throw error(
          first.line(),
          "foreign_keys: all cannot be: "
              + String.join(" refers to ", cycle)
              + "; foreign_keys: ledger is what these tables can have");
    }
  }

  /** A unique key compares as Python does, or the server refuses saves that are as they should. */
  private void key(TableMapping table) throws ConfigurationException {
    RowSource.KeyColumn key = table.source() instanceof RowSource.Each each ? each.key() : null;
    if (key == null || !key.unique() || !key.type().base().isText()) {
      return;
    }
    String collation = key.collation() == null ? mapping.collation() : key.collation();
    if (!LIKE_PYTHON.contains(collation)) {
      throw error(
          key.line(),
          "table "
              + table.name()
              + ": key "
              + key.name()
              + " cannot be unique by "
              + collation
              + ", to which two keys may be one that are two in Python; collation: "
              + String.join(" or ", LIKE_PYTHON)
              + " is for that");
    }
  }

  /** The owner exists, and following owners ends. */
  private void owner(TableMapping table, RowSource.Each each) throws ConfigurationException {
    Set<String> seen = new HashSet<>();
    seen.add(table.name());
    RowSource source = each;
    while (source instanceof RowSource.Each e) {
      TableMapping owner = mapping.table(e.ownerTable());
      if (owner == null) {
        throw error(
            table.line(),
            "table "
                + table.name()
                + ": each names an unknown table "
                + e.ownerTable()
                + NearestName.hint(e.ownerTable(), others(table.name())));
      }
      if (!seen.add(owner.name())) {
        throw error(table.line(), "table " + table.name() + " owns itself by " + owner.name());
      }
      source = owner.source();
    }
  }

  /** No table owns itself. */
  private List<String> others(String name) {
    return tableNames.stream().filter(other -> !other.equals(name)).toList();
  }

  private void columns(TableMapping table) throws ConfigurationException {
    Set<String> names = new HashSet<>();
    names.add(TableMapping.SAVE_ID);
    names.add(TableMapping.ORDINAL);
    for (StoredColumn column : table.stored()) {
      ColumnMapping from = column.mapping();
      int line = from == null ? table.line() : from.line();
      if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
        throw error(line, "column " + column.name() + " stands twice in table " + table.name());
      }
      if (from != null && from.references() != null) {
        TableMapping target = mapping.table(from.references());
        if (target == null) {
          throw error(
              line,
              "column "
                  + column.name()
                  + " references an unknown table "
                  + from.references()
                  + NearestName.hint(from.references(), tableNames));
        }
        if (!(target.source() instanceof RowSource.OfClass)) {
          throw error(
              line,
              "column "
                  + column.name()
                  + " references "
                  + target.name()
                  + ", which is no table of a class");
        }
      }
      kind(table, column);
      if (column.role() == StoredColumn.Role.KEY && !isKeyType(column.type())) {
        throw error(line, "the key of table " + table.name() + " cannot be a " + column.type());
      }
    }
  }

  /** What new objects get is of attributes that no column shows, of what columns lead into. */
  private void newValues(TableMapping table) throws ConfigurationException {
    List<ValuePath> shown = shown(table);
    for (String text : mapping.edits().table(table.name()).values().keySet()) {
      ValuePath path;
      try {
        path = ValuePath.parse(text);
      } catch (IllegalArgumentException e) {
        throw error(table.line(), "new of table " + table.name() + ": " + e.getMessage());
      }
      List<ValuePath.Step> steps = path.steps();
      boolean isOfNames =
          !steps.isEmpty()
              && steps.stream()
                  .allMatch(
                      step -> step instanceof ValuePath.Name name && !name.name().startsWith("$"));
      if (!isOfNames) {
        throw error(
            table.line(), "new of table " + table.name() + ": " + text + " is no attribute's path");
      }
      List<ValuePath.Step> outer = steps.subList(0, steps.size() - 1);
      if (shown.stream().anyMatch(other -> begins(other, steps))) {
        throw error(
            table.line(),
            "new of table "
                + table.name()
                + ": "
                + text
                + " has a column or a table, whose rows say what it is");
      }
      if (!outer.isEmpty() && shown.stream().noneMatch(other -> begins(other, outer))) {
        throw error(
            table.line(),
            "new of table "
                + table.name()
                + ": no column leads into what "
                + text
                + " is an attribute of, so that no row can make it");
      }
    }
  }

  private static boolean begins(ValuePath path, List<ValuePath.Step> with) {
    return path.steps().size() >= with.size() && path.steps().subList(0, with.size()).equals(with);
  }

  /** All paths from a table's rows. */
  private List<ValuePath> shown(TableMapping table) {
    List<ValuePath> shown = new ArrayList<>();
    for (StoredColumn column : table.stored()) {
      ColumnMapping from = column.mapping();
      if (from != null) {
        shown.add(from.path());
        shown.addAll(from.aka());
      }
    }
    for (TableMapping other : mapping.tables()) {
      if (other.source() instanceof RowSource.Each each && each.ownerTable().equals(table.name())) {
        shown.add(each.path());
      }
    }
    return shown;
  }

  /** Columns that share a kind column share its path, and no two hold one kind. */
  private void kind(TableMapping table, StoredColumn column) throws ConfigurationException {
    ColumnMapping first = column.mapping();
    if (column.role() != StoredColumn.Role.KIND || first == null) {
      return;
    }
    Map<String, String> kinds = new HashMap<>();
    for (StoredColumn other : table.stored()) {
      ColumnMapping from = other.mapping();
      if (other.role() != StoredColumn.Role.VALUE
          || from == null
          || !column.name().equals(from.options().kind())) {
        continue;
      }
      if (!from.path().equals(first.path())) {
        throw error(
            from.line(),
            "columns "
                + first.name()
                + " and "
                + from.name()
                + " share the kind column "
                + column.name()
                + " and not their path");
      }
      ScalarKind only = from.options().only();
      ScalarKind kind = only == null ? ScalarKind.of(from.type(), from.options().isUtc()) : only;
      String twin = kinds.put(String.valueOf(kind), from.name());
      if (twin != null) {
        throw error(
            from.line(),
            "columns " + twin + " and " + from.name() + " hold the same kind of value");
      }
    }
  }

  private static boolean isKeyType(ColumnType type) {
    return type.base() != ColumnType.Base.JSON;
  }

  private void indexes(TableMapping table) throws ConfigurationException {
    Set<String> names = new HashSet<>();
    for (IndexMapping index : table.indexes()) {
      if (!names.add(index.name().toLowerCase(Locale.ROOT))) {
        throw error(table.line(), "two indexes of " + table.name() + " are named " + index.name());
      }
    }
  }

  private ConfigurationException error(int line, String message) {
    return new ConfigurationException(mapping.file(), line, message);
  }
}
