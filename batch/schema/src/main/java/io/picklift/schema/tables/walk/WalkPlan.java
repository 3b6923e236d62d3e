package io.picklift.schema.tables.walk;

import io.picklift.codec.meaning.Attributes;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.ColumnOptions;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.tables.values.ColumnCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A mapping made ready for walking many graphs: names are numbers, paths are trees. Immutable. */
public final class WalkPlan {
  private static final Map<Mapping, WalkPlan> PLANS = new WeakHashMap<>();

  /** The plan that was asked for last. */
  private static volatile @Nullable WalkPlan last;

  public final Mapping mapping;
  public final PathNode[] paths;

  /** By table where paths begin that lead from a row's key; null where none does. */
  final @Nullable PathNode[] keyPaths;

  /** Table numbers, each owner before what it owns. */
  public final int[] order;

  /** The number of the table whose rows are the save itself, by the value it is split by. */
  private final Map<String, Integer> splitTables = new HashMap<>();

  /** The same of those whose value no table names, or -1. */
  private final int rootTable;

  /**
   * For each table and stored column what reads and writes its cells; null for JSON and references.
   */
  public final @Nullable ColumnCodec[][] codecs;

  /** For each table and stored column where its path ends; null for those that have none. */
  public final @Nullable PathNode[][] ends;

  /** The same of all of its paths, today's first. */
  final PathNode[][][] allEnds;

  /** For each table the stored columns of the save's own values that are NOT NULL. */
  public final int[][] required;

  /** The number of the name that a state goes by which does not stand inline. */
  final int stateName;

  /** The number of the name that an object's arguments go by. */
  final int argumentsName;

  final int persidName;

  /** The number of the name ahead of values that the source is split by. */
  private final int splitName;

  private final Map<String, Integer> classTables = new HashMap<>();
  private final Map<String, Integer> nameNumbers = new HashMap<>();
  private volatile @Nullable KnownPlaces knownPlaces;
  private int[] nameSlots = {};
  private byte[][] names = {};

  /** What the mapping knows; made when it is asked for first. */
  KnownPlaces knownPlaces() {
    KnownPlaces made = knownPlaces;
    if (made == null) {
      made = new KnownPlaces(this);
      knownPlaces = made;
    }
    return made;
  }

  private WalkPlan(Mapping mapping) {
    this.mapping = mapping;
    int count = mapping.tables().size();
    paths = new PathNode[count];
    keyPaths = new PathNode[count];
    codecs = new ColumnCodec[count][];
    ends = new PathNode[count][];
    allEnds = new PathNode[count][][];
    required = new int[count][];
    int root = -1;
    for (TableMapping table : mapping.tables()) {
      paths[table.number()] = new PathNode();
      if (table.source() instanceof RowSource.OfClass ofClass) {
        ofClass.classes().forEach(name -> classTables.put(name, table.number()));
      } else if (table.source() instanceof RowSource.Root split) {
        root = split.split().isEmpty() ? table.number() : root;
        split.split().forEach(value -> splitTables.put(value, table.number()));
      }
    }
    rootTable = root;
    for (TableMapping table : mapping.tables()) {
      columns(table);
      if (table.source() instanceof RowSource.Each each) {
        owner(each).addTable(table.number());
      }
    }
    order = order();
    stateName = nameNumbers.computeIfAbsent(Attributes.STATE_NAME, n -> nameNumbers.size());
    argumentsName = nameNumbers.computeIfAbsent(Attributes.ARGUMENTS_NAME, n -> nameNumbers.size());
    persidName = nameNumbers.computeIfAbsent(Attributes.PERSID_NAME, n -> nameNumbers.size());
    splitName = nameNumbers.computeIfAbsent(ValuePath.SPLIT, n -> nameNumbers.size());
    hashNames();
  }

  /**
   * The number of the table whose row a save itself is, or -1.
   *
   * @param value that its source row has in the column that the source is split by; or null
   */
  public int rootTable(@Nullable String value) {
    return value == null ? rootTable : splitTables.getOrDefault(value, rootTable);
  }

  /**
   * The same of a save whose rows are known: of the root tables it is in one.
   *
   * @param hasRows whether the save has rows in the table of that number
   */
  public int rootTable(IntPredicate hasRows) {
    for (int table : splitTables.values()) {
      if (hasRows.test(table)) {
        return table;
      }
    }
    return rootTable;
  }

  /**
   * Whether the table of a save's own row has paths for one value of the column that the source is
   * split by, and the save goes by these.
   */
  public boolean hasGroup(int table, @Nullable String value) {
    return groupPath(table, value) != null;
  }

  /** Where the paths begin of the save's own row: those for its value, where there are any. */
  PathNode rootPath(int table, @Nullable String value) {
    PathNode group = groupPath(table, value);
    return group == null ? paths[table] : group;
  }

  /** A residue says by no value that it has none: there is no group for that of no characters. */
  private @Nullable PathNode groupPath(int table, @Nullable String value) {
    PathNode groups = table < 0 || value == null ? null : paths[table].name(splitName);
    if (groups == null || value == null || value.isEmpty()) {
      return null;
    }
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    int name = name(utf8, 0, utf8.length);
    return name < 0 ? null : groups.name(name);
  }

  /** The plan of a mapping; made once. */
  @SuppressWarnings("ReferenceEquality") // the point of it: equality costs a walk over the mapping
  public static WalkPlan of(Mapping mapping) {
    // A program has one mapping and asks for each save: comparing it with itself, all its columns
    // and paths, would take as long as a small save.
    WalkPlan known = last;
    if (known != null && known.mapping == mapping) {
      return known;
    }
    synchronized (PLANS) {
      WalkPlan plan = PLANS.computeIfAbsent(mapping, WalkPlan::new);
      if (plan.mapping == mapping) {
        last = plan;
      }
      return plan;
    }
  }

  private void columns(TableMapping table) {
    int count = table.stored().size();
    codecs[table.number()] = new ColumnCodec[count];
    ends[table.number()] = new PathNode[count];
    allEnds[table.number()] = new PathNode[count][];
    required[table.number()] =
        IntStream.range(0, count)
            .filter(i -> table.stored().get(i).mapping() != null)
            .filter(i -> table.stored().get(i).isRequired())
            .toArray();
    for (int i = 0; i < count; i++) {
      StoredColumn column = table.stored().get(i);
      boolean single =
          column.role() == StoredColumn.Role.VALUE
              || column.role() == StoredColumn.Role.KEY
              || column.role().isOutside();
      if (single && column.type().base() != ColumnType.Base.JSON) {
        ColumnMapping of = column.mapping();
        ColumnOptions options = of == null ? ColumnOptions.NONE : of.options();
        codecs[table.number()][i] = ColumnCodec.of(column.type(), options);
      }
      ColumnMapping mapped = column.mapping();
      List<ValuePath> columnPaths = new ArrayList<>();
      if (mapped != null) {
        columnPaths.add(mapped.path());
        columnPaths.addAll(mapped.aka());
      }
      PathNode[] all = new PathNode[columnPaths.size()];
      for (int j = 0; j < all.length; j++) {
        all[j] = end(table, columnPaths.get(j));
        all[j].addColumn(i, j + 1);
      }
      allEnds[table.number()][i] = all;
      ends[table.number()][i] = all.length == 0 ? null : all[0];
    }
  }

  private PathNode owner(RowSource.Each each) {
    TableMapping owner = mapping.table(each.ownerTable());
    if (owner == null) {
      throw new IllegalArgumentException("no table " + each.ownerTable());
    }
    return end(owner, each.path());
  }

  /** Where the paths begin that lead from a row's key; null where none does. */
  public @Nullable PathNode keyPath(int table) {
    return keyPaths[table];
  }

  /** Where the paths of a table begin that begin as this one; null where there are none. */
  @Nullable PathNode start(TableMapping table, ValuePath path) {
    return path.isOfKey() ? keyPaths[table.number()] : paths[table.number()];
  }

  private PathNode end(TableMapping table, ValuePath path) {
    PathNode at = start(table, path);
    if (at == null) {
      at = new PathNode();
      keyPaths[table.number()] = at;
    }
    for (ValuePath.Step step : path.following()) {
      if (step instanceof ValuePath.Name name) {
        at = at.makeName(nameNumbers.computeIfAbsent(name.name(), n -> nameNumbers.size()));
      } else if (step instanceof ValuePath.Place place) {
        at = at.makePlace(place.place());
      }
    }
    return at;
  }

  private int[] order() {
    List<Integer> order = new ArrayList<>();
    boolean[] done = new boolean[paths.length];
    for (TableMapping table : mapping.tables()) {
      List<Integer> chain = new ArrayList<>();
      TableMapping at = table;
      while (at != null && !done[at.number()]) {
        chain.add(0, at.number());
        done[at.number()] = true;
        at = at.source() instanceof RowSource.Each each ? mapping.table(each.ownerTable()) : null;
      }
      order.addAll(chain);
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private void hashNames() {
    int slots = Integer.highestOneBit(Math.max(8, nameNumbers.size() * 4)) * 2;
    nameSlots = new int[slots];
    Arrays.fill(nameSlots, -1);
    names = new byte[nameNumbers.size()][];
    nameNumbers.forEach(
        (name, number) -> {
          byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
          names[number] = bytes;
          int slot = hash(bytes, 0, bytes.length) & (slots - 1);
          while (nameSlots[slot] >= 0) {
            slot = (slot + 1) & (slots - 1);
          }
          nameSlots[slot] = number;
        });
  }

  private static int hash(byte[] bytes, int offset, int length) {
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = hash * 31 + bytes[i];
    }
    return hash ^ hash >>> 15;
  }

  /** The number of a name that some path has; -1 for any other. */
  int name(byte[] utf8, int offset, int length) {
    int mask = nameSlots.length - 1;
    int slot = hash(utf8, offset, length) & mask;
    while (nameSlots[slot] >= 0) {
      byte[] name = names[nameSlots[slot]];
      if (name.length == length && Arrays.equals(name, 0, length, utf8, offset, offset + length)) {
        return nameSlots[slot];
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  /** Where paths go on from {@code from} by names, in no order that says anything. */
  public Map<String, PathNode> named(PathNode from) {
    Map<String, PathNode> next = new LinkedHashMap<>();
    for (int number = 0; from.hasNames() && number < names.length; number++) {
      PathNode named = from.name(number);
      if (named != null) {
        next.put(new String(names[number], StandardCharsets.UTF_8), named);
      }
    }
    return next;
  }

  /** The number of the table that a class belongs to, or -1. */
  int classTable(String name) {
    return classTables.getOrDefault(name, -1);
  }

  boolean hasClasses() {
    return !classTables.isEmpty();
  }
}
