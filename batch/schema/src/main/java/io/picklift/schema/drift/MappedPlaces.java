package io.picklift.schema.drift;

import io.picklift.codec.meaning.Attributes;
import io.picklift.schema.draft.ReferenceSites;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.ValueWalk;
import io.picklift.schema.yaml.NearestName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which places of a profile a mapping's paths lead to. */
public final class MappedPlaces {
  private static final ValuePath.Step ARGUMENTS = new ValuePath.Name(Attributes.ARGUMENTS_NAME);

  private final Profile profile;
  private final Mapping mapping;
  private final ReferenceSites sites;
  private final Set<ValueProfile> covered = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> classes = new HashSet<>();
  private final Map<String, Found> rows = new HashMap<>();
  private final Map<StoredColumn, List<ValueProfile>> columns = new LinkedHashMap<>();
  private final Map<StoredColumn, TableMapping> tables = new HashMap<>();

  /** What would have been right, by the name of a table and by column. */
  private final Map<String, String> tableHints = new HashMap<>();

  private final Map<StoredColumn, String> columnHints = new HashMap<>();

  /** Of the path followed last; empty where it leads somewhere. */
  private String hint = "";

  /** Where a path has led: objects of classes, and values. */
  private record Found(List<ClassProfile> classes, List<ValueProfile> values) {
    static Found none() {
      return new Found(new ArrayList<>(), new ArrayList<>());
    }
  }

  public MappedPlaces(Profile profile, Mapping mapping) {
    this.profile = profile;
    this.mapping = mapping;
    sites = new ReferenceSites(profile);
    for (TableMapping table : mapping.tables()) {
      Found of = rowsOf(table.name(), new HashSet<>());
      Found keys = keysOf(table);
      for (ValuePath left : mapping.contract().table(table.name()).residue()) {
        follow(left.isOfKey() ? keys : of, left)
            .values()
            .forEach(place -> ValueWalk.each(place, covered::add));
      }
      for (StoredColumn column : table.stored()) {
        ColumnMapping from = column.mapping();
        if (from != null) {
          column(table, column, from, from.path().isOfKey() ? keys : of);
        }
      }
    }
  }

  private void column(TableMapping table, StoredColumn column, ColumnMapping from, Found of) {
    List<ValueProfile> found = new ArrayList<>(follow(of, from.path()).values());
    columnHints.put(column, hint);
    from.aka().forEach(path -> found.addAll(follow(of, path).values()));
    if (column.type().base() == ColumnType.Base.JSON) {
      found.forEach(place -> ValueWalk.each(place, covered::add));
    }
    columns.put(column, found);
    tables.put(column, table);
  }

  /** The keys that the rows of a table have in their dicts. */
  private Found keysOf(TableMapping table) {
    Found keys = Found.none();
    if (table.source() instanceof RowSource.Each each) {
      Found containers = follow(rowsOf(each.ownerTable(), new HashSet<>()), each.path());
      for (ClassProfile one : containers.classes()) {
        contents(one).forEach(value -> addValue(keys, value.keys()));
      }
      containers.values().forEach(value -> addValue(keys, value.keys()));
    }
    return keys;
  }

  /** The rows of a table; owners are fewer than tables, so this ends. */
  private Found rowsOf(String name, Set<String> open) {
    Found known = rows.get(name);
    TableMapping table = mapping.table(name);
    if (known != null || table == null || !open.add(name)) {
      return known == null ? Found.none() : known;
    }
    Found found = Found.none();
    if (table.source() instanceof RowSource.OfClass of) {
      for (String className : of.classes()) {
        addClass(found, className);
      }
      String first = of.classes().get(0);
      tableHints.put(name, NearestName.hint(first, profile.classes().keySet()));
    } else if (table.source() instanceof RowSource.Each each) {
      members(follow(rowsOf(each.ownerTable(), open), each.path()), found);
      tableHints.put(name, hint);
    } else if (table.source() instanceof RowSource.Root root) {
      root.split().forEach(value -> addValue(found, profile.splits().get(value)));
      if (root.split().isEmpty()) {
        addValue(found, profile.root());
        others().forEach(place -> addValue(found, place));
      }
    }
    rows.put(name, found);
    return found;
  }

  /** The places of saves whose value no table names. */
  private List<ValueProfile> others() {
    Set<String> named = new HashSet<>();
    for (TableMapping table : mapping.tables()) {
      if (table.source() instanceof RowSource.Root root) {
        named.addAll(root.split());
      }
    }
    named.addAll(mapping.groups());
    return profile.splits().entrySet().stream()
        .filter(split -> !named.contains(split.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  private void addClass(Found to, String name) {
    ClassProfile of = profile.classes().get(name);
    if (of != null && !to.classes().contains(of)) {
      to.classes().add(of);
      classes.add(name);
      covered.add(of.contents());
    }
  }

  private void addValue(Found to, @Nullable ValueProfile value) {
    if (value != null && !value.isBeyond() && value.count() > 0) {
      to.values().add(value);
      covered.add(value);
    }
  }

  private void members(Found of, Found to) {
    for (ClassProfile one : of.classes()) {
      contents(one).forEach(value -> members(value, to));
    }
    of.values().forEach(value -> members(value, to));
  }

  private void members(ValueProfile value, Found to) {
    addValue(to, value.items());
    addValue(to, value.values());
    value.places().forEach(place -> addValue(to, place));
    value.members().values().forEach(member -> addValue(to, member));
    if (value.keys() != null) {
      covered.add(value.keys());
    }
  }

  /** Where it is told what objects of a class hold as containers. */
  private List<ValueProfile> contents(ClassProfile of) {
    List<ValueProfile> places = new ArrayList<>(sites.holders(of.name()));
    places.add(of.contents());
    return places;
  }

  private Found follow(Found from, ValuePath path) {
    Found at = from;
    hint = "";
    String group = profile.splits().isEmpty() ? null : path.splitValue();
    if (group != null) {
      at = Found.none();
      addValue(at, profile.splits().get(group));
      hint = at.values().isEmpty() ? NearestName.hint(group, profile.splits().keySet()) : "";
    }
    for (ValuePath.Step step : group == null ? path.following() : path.inSave()) {
      Found next = Found.none();
      Found objects = Found.none();
      at.classes().forEach(of -> addClass(objects, of.name()));
      for (ValueProfile value : at.values()) {
        value.classes().keySet().stream()
            .filter(name -> ReferenceSites.objects(value, name) > 0)
            .forEach(name -> addClass(objects, name));
      }
      if (step.equals(ARGUMENTS)) {
        continue;
      }
      if (step instanceof ValuePath.Name name) {
        for (ClassProfile of : objects.classes()) {
          addValue(next, of.attributes().get(name.name()));
          contents(of).forEach(value -> addValue(next, value.members().get(name.name())));
        }
        for (ValueProfile value : at.values()) {
          addValue(next, value.members().get(name.name()));
          addValue(next, value.values());
        }
      } else if (step instanceof ValuePath.Place place) {
        place(at, objects, place.place(), next);
      }
      if (next.values().isEmpty() && hint.isEmpty() && step instanceof ValuePath.Name name) {
        hint = NearestName.hint(name.name(), names(objects, at));
      }
      at = next;
    }
    return at;
  }

  private static Set<String> names(Found objects, Found at) {
    Set<String> names = new TreeSet<>();
    objects.classes().forEach(of -> names.addAll(of.attributes().keySet()));
    at.values().forEach(value -> names.addAll(value.members().keySet()));
    return names;
  }

  private void place(Found at, Found objects, int place, Found next) {
    for (ClassProfile of : objects.classes()) {
      if (place >= 0 && place < of.arguments().size()) {
        addValue(next, of.arguments().get(place));
      }
      contents(of).forEach(value -> addValue(next, value.items()));
    }
    for (ValueProfile value : at.values()) {
      if (place >= 0 && place < value.places().size()) {
        addValue(next, value.places().get(place));
      }
      ValueProfile arguments = value.members().get(Attributes.ARGUMENTS_NAME);
      if (arguments != null && place >= 0 && place < arguments.places().size()) {
        covered.add(arguments);
        addValue(next, arguments.places().get(place));
      }
      addValue(next, value.items());
      addValue(next, value.values());
    }
  }

  boolean isCovered(ValueProfile place) {
    return covered.contains(place);
  }

  /** Whether objects of the class are rows or parts of rows. */
  boolean hasClass(String name) {
    return classes.contains(name);
  }

  /** Whether the mapping names the class as that of a table's rows. */
  boolean hasTable(String name) {
    return mapping.tables().stream()
        .anyMatch(
            table -> table.source() instanceof RowSource.OfClass of && of.classes().contains(name));
  }

  /** Each column with the places that its paths lead to. */
  public Map<StoredColumn, List<ValueProfile>> columns() {
    return columns;
  }

  /** The nearest names that there are, for people; for a column that no save has a value for. */
  String hint(StoredColumn column) {
    return columnHints.getOrDefault(column, "");
  }

  /** The same for a table that no save has a row for. */
  String hint(TableMapping table) {
    return tableHints.getOrDefault(table.name(), "");
  }

  /** The table of a column. */
  public TableMapping table(StoredColumn column) {
    TableMapping table = tables.get(column);
    if (table == null) {
      throw new IllegalArgumentException(column.name());
    }
    return table;
  }
}
