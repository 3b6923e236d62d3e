package io.picklift.schema.tables.join;

import io.picklift.codec.meaning.Attributes;
import io.picklift.codec.meaning.Contents;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.edit.GraphEditor;
import io.picklift.schema.tables.walk.PathNode;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** New objects and records, made like those of the same class and place. */
final class BornRecords {
  private final WalkPlan plan;
  private final Meaning meaning;
  private final SaveGraph graph;
  private final GraphEditor editor;
  private final Likes likes;
  private final LikeMembers members;
  private final BornClasses classes;
  private final BornContainers containers;
  private final BornRows rows;
  private final NewAttributes given;

  BornRecords(
      WalkPlan plan,
      Meaning meaning,
      GraphEditor editor,
      Likes likes,
      LikeMembers members,
      BornClasses classes,
      BornContainers containers,
      BornRows rows) {
    this.plan = plan;
    this.meaning = meaning;
    graph = meaning.graph();
    this.editor = editor;
    this.rows = rows;
    this.likes = likes;
    this.members = members;
    this.classes = classes;
    this.containers = containers;
    given = new NewAttributes(plan, editor);
  }

  boolean isNoneKnown(int[] like) {
    return Arrays.stream(like).anyMatch(node -> graph.kind(node) == Kind.NONE);
  }

  /** Whether what stands there has attributes beside its members. */
  boolean isRecord(PathNode path, int[] like) {
    return !path.isEnd()
        && Arrays.stream(like)
            .anyMatch(
                node ->
                    classes.isParted(node)
                        && graph.kind(node) != Kind.DICT
                        && graph.kind(node) != Kind.TUPLE
                        && meaning.attributes().form(node) != Attributes.Form.NONE);
  }

  /** Begins an object of a class table; {@link #state} ends it. */
  int object(int table, int row, int[] like) throws JoinException {
    int[] found = classes.ofClass(plan.paths[table], table, row, like);
    return begin(table, row, found);
  }

  private int begin(int table, int row, int[] like) throws JoinException {
    int first = like[0];
    for (int node : likes.first(like)) {
      boolean isAlike =
          graph.op(node) == graph.op(first)
              && meaning.attributes().form(node) == meaning.attributes().form(first)
              && members.agree(meaning.arguments(first), meaning.arguments(node))
              && members.agree(meaning.keywords(first), meaning.keywords(node));
      if (!isAlike) {
        throw rows.refused(
            table,
            row,
            "is of class " + classes.name(first) + ", whose objects are not all made alike");
      }
    }
    Attributes.Form form = meaning.attributes().form(first);
    boolean isPlain =
        form == Attributes.Form.DICT
            || form == Attributes.Form.SLOTS
            || (form == Attributes.Form.NONE && graph.kind(first) == Kind.OBJECT);
    if (!isPlain || Op.isHolding(graph.op(first))) {
      throw rows.refused(
          table,
          row,
          "is of class " + classes.name(first) + ", whose objects are not made of attributes");
    }
    return members.made(first);
  }

  /** Gives an object that was begun its members and attributes. */
  void state(PathNode path, int table, int row, int[] like, int object) throws JoinException {
    int[] found = classes.ofClass(path, table, row, like);
    int first = found[0];
    if (path.tables.length > 0) {
      boolean isKeyed = meaning.entries(first).length > 0;
      editor.fill(object, graph.op(first), isKeyed, rows.own(path, row, isKeyed));
    } else if (meaning.appended(first).length + meaning.entries(first).length > 0) {
      throw rows.refused(
          table, row, "is of class " + classes.name(first) + ", whose members no table has");
    }
    switch (meaning.attributes().form(first)) {
      case DICT -> editor.build(object, dict(path, table, row, found));
      case SLOTS -> editor.build(object, slots(path, table, row, found));
      default -> {
        int[] pairs = attributes(path, table, row, Named.NONE, Set.of(), true);
        if (pairs.length > 0) {
          editor.build(object, editor.dict(pairs));
        }
      }
    }
  }

  private int dict(PathNode path, int table, int row, int[] like) throws JoinException {
    Named pairs = named(like, node -> meaning.toArray(meaning.attributes().dictPairs(node)));
    return editor.dict(attributes(path, table, row, pairs, Set.of(), true));
  }

  /** A pair of a dict, or None, and the slots. */
  private int slots(PathNode path, int table, int row, int[] like) throws JoinException {
    Named pairs = named(like, this::dictOfSlots);
    Named slots = named(like, node -> meaning.toArray(meaning.attributes().slotPairs(node)));
    Set<String> names = new HashSet<>();
    for (int[] slot : slots.like()) {
      for (int i = 0; i < slot.length; i += 2) {
        names.add(meaning.text(slot[i]));
      }
    }
    int first = meaning.items(meaning.attributes().state(like[0]))[0];
    boolean hasDict = graph.kind(first) == Kind.DICT;
    int[] slot = attributes(path, table, row, slots, Set.of(), !hasDict);
    int dict = editor.none();
    if (hasDict) {
      dict = editor.dict(attributes(path, table, row, pairs, names, true));
    }
    return editor.tupleOf(new int[] {dict, editor.dict(slot)});
  }

  /** What a row says of an object, record or tuple in a place. */
  int record(PathNode path, int table, int row, int[] like) throws JoinException {
    int[] found = classes.ofClass(path, table, row, like);
    int first = found[0];
    if (graph.kind(first) == Kind.DICT) {
      Named pairs = named(found, meaning::items);
      int dict = editor.container(graph.op(first));
      checkNames(found, table, row);
      int[] made = attributes(path, table, row, pairs, Set.of(), true);
      editor.fill(dict, graph.op(first), true, made);
      return dict;
    }
    if (isKeyedContainer(first)) {
      int dict = editor.like(first);
      int[] made = attributes(path, table, row, named(found, this::entries), Set.of(), true);
      editor.fill(dict, graph.op(first), true, made);
      return dict;
    }
    if (graph.kind(first) == Kind.TUPLE) {
      return editor.tupleOf(places(path, table, row, found));
    }
    boolean isNamedTuple =
        graph.op(first) == Op.NEWOBJ && meaning.contents().places(first) != Contents.NO_PLACES;
    if (isNamedTuple && path.placeCount() > 0) {
      int arguments = editor.tupleOf(places(path, table, row, found));
      return editor.made(Op.NEWOBJ, meaning.callable(first), arguments);
    }
    int object = begin(table, row, found);
    state(path, table, row, found, object);
    return object;
  }

  /**
   * Whether it is a dict of the library's, such as an OrderedDict, that its members are added to.
   */
  private boolean isKeyedContainer(int node) {
    return meaning.wellKnown(node) instanceof WellKnown.Container container
        && container.isKeyed()
        && meaning.states(node).length == 0
        && !Op.isHolding(graph.op(node))
        && containers.isAddedTo(node);
  }

  private int[] entries(int node) {
    return meaning.wellKnown(node) instanceof WellKnown.Container container
        ? meaning.toArray(container.members())
        : new int[0];
  }

  /** What a row says of a dict is by names. */
  private void checkNames(int[] dicts, int table, int row) throws JoinException {
    for (int dict : dicts) {
      int[] pairs = meaning.items(dict);
      for (int i = 0; i < pairs.length; i += 2) {
        if (!meaning.isText(pairs[i])) {
          throw rows.refused(table, row, "is a dict, and those there have keys that are no texts");
        }
      }
    }
  }

  private int[] parts(int node) {
    return graph.kind(node) == Kind.TUPLE
        ? meaning.items(node)
        : meaning.toArray(meaning.contents().places(node));
  }

  /** How the user takes back what the row says of a place. */
  private String undone(PathNode path, int table, int row) {
    List<String> cells = new ArrayList<>();
    if (!path.equals(plan.paths[table])) {
      addOpen(path, table, row, cells);
    }
    return cells.isEmpty()
        ? rows.undone(table, row)
        : "set " + String.join(" and ", cells) + " to NULL";
  }

  private void addOpen(PathNode path, int table, int row, List<String> names) {
    for (int i = 0; i < path.columns.length; i += 2) {
      if (rows.isOpen(table, row, path.columns[i])) {
        names.add(plan.mapping.tables().get(table).stored().get(path.columns[i]).name());
      }
    }
    for (int i = 0; i < path.placeCount(); i++) {
      addOpen(path.placeNode(i), table, row, names);
    }
    plan.named(path).values().forEach(next -> addOpen(next, table, row, names));
  }

  private int[] places(PathNode path, int table, int row, int[] like) throws JoinException {
    int size = parts(like[0]).length;
    List<int[]> all = Arrays.stream(likes.first(like)).mapToObj(this::parts).toList();
    List<int[]> others =
        Arrays.stream(likes.others(like))
            .mapToObj(this::parts)
            .filter(parts -> parts.length == size)
            .toList();
    int[] made = new int[size];
    for (int i = 0; i < size; i++) {
      int place = i;
      if (all.stream().anyMatch(parts -> parts.length != size)) {
        throw rows.refused(
            table,
            row,
            "is a tuple, and those there are not all of one length: " + undone(path, table, row));
      }
      int[] there = all.stream().mapToInt(parts -> parts[place]).toArray();
      PathNode next = null;
      for (int j = 0; j < path.placeCount(); j++) {
        int at = path.place(j);
        next = at == i || at + size == i ? path.placeNode(j) : next;
      }
      if (next != null) {
        int[] also = others.stream().mapToInt(parts -> parts[place]).toArray();
        int value = rows.value(next, table, row, joined(there, also));
        made[i] = value == BornRows.NOTHING ? editor.none() : value;
      } else if (agreed(likes.first(like), there, table, row) >= 0) {
        made[i] = agreed(likes.first(like), there, table, row);
      } else {
        throw rows.refused(
            table,
            row,
            "is a tuple whose place " + i + " has no column, and other members differ in it");
      }
    }
    return made;
  }

  /**
   * Names and values of the objects that a new one is made like.
   *
   * @param objects those that decide what it has
   * @param like what they have
   * @param others that may show what a value is like where those do not
   */
  private record Named(int[] objects, List<int[]> like, List<int[]> others) {
    static final Named NONE = new Named(new int[0], List.of(new int[0]), List.of());
  }

  private int agreed(int[] objects, int[] there, int table, int row) {
    return members.agreed(
        objects, there, rows.owner(table, row), object -> rows.ownerOf(table, object));
  }

  private Named named(int[] like, IntFunction<int[]> pairs) {
    return new Named(
        likes.first(like),
        Arrays.stream(likes.first(like)).mapToObj(pairs).toList(),
        Arrays.stream(likes.others(like))
            .filter(node -> form(node) == form(like[0]))
            .mapToObj(pairs)
            .toList());
  }

  /** How an object has its attributes; of what is none, none. */
  private Attributes.Form form(int node) {
    boolean isMade = graph.kind(node) == Kind.OBJECT || graph.kind(node) == Kind.CALL;
    return isMade ? meaning.attributes().form(node) : Attributes.Form.NONE;
  }

  private int[] dictOfSlots(int node) {
    int dict = meaning.items(meaning.attributes().state(node))[0];
    return graph.kind(dict) == Kind.DICT ? meaning.items(dict) : new int[0];
  }

  private static int[] joined(int[] some, int[] others) {
    return IntStream.concat(Arrays.stream(some), Arrays.stream(others)).toArray();
  }

  /**
   * Names and values.
   *
   * @param all those of the values that are there
   * @param elsewhere names that stand in another part of the object
   * @param isOpen whether a name that none of them has may stand here
   */
  private int[] attributes(
      PathNode path, int table, int row, Named all, Set<String> elsewhere, boolean isOpen)
      throws JoinException {
    Map<String, PathNode> named = plan.named(path);
    List<int[]> like = all.like();
    List<Integer> pairs = new ArrayList<>();
    Set<String> met = new HashSet<>(elsewhere);
    int[] first = like.get(0);
    for (int i = 0; i < first.length; i += 2) {
      String name = meaning.isText(first[i]) ? meaning.text(first[i]) : "";
      PathNode next = named.get(name);
      int[] there = values(like, name);
      int value;
      if (next == null && given.has(path, name)) {
        value = given.value(path, name);
      } else if (next == null) {
        value =
            there.length == like.size()
                ? agreed(all.objects(), there, table, row)
                : BornRows.NOTHING;
      } else {
        value = rows.value(next, table, row, joined(there, values(all.others(), name)));
        boolean isAlways = there.length == like.size();
        value = value == BornRows.NOTHING && isAlways ? nothing(there) : value;
      }
      met.add(name);
      if (value != BornRows.NOTHING) {
        pairs.add(first[i]);
        pairs.add(value);
      }
    }
    for (String name : given.names(path)) {
      // A slot may be one that the first of them does not have.
      if ((isOpen || values(like, name).length > 0) && met.add(name)) {
        pairs.add(editor.name(name));
        pairs.add(given.value(path, name));
      }
    }
    for (Map.Entry<String, PathNode> entry : named.entrySet()) {
      boolean isCurrent = isOpen && !met.contains(entry.getKey()) && isFirst(entry.getValue());
      if (isCurrent && rows.isThere(entry.getValue(), table, row)) {
        pairs.add(editor.name(entry.getKey()));
        int[] there = joined(values(like, entry.getKey()), values(all.others(), entry.getKey()));
        pairs.add(rows.value(entry.getValue(), table, row, there));
      }
    }
    return pairs.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * What no cell says anything of, where others always have something: the empty tuple or dict
   * where they have tuples or dicts, of which some are empty; else None.
   */
  private int nothing(int[] there) {
    Kind kind = there.length == 0 ? Kind.NONE : graph.kind(there[0]);
    boolean isContainer = kind == Kind.TUPLE || kind == Kind.DICT;
    boolean isOfOne = Arrays.stream(there).allMatch(node -> graph.kind(node) == kind);
    boolean isEmpty =
        isContainer
            && isOfOne
            && Arrays.stream(there).anyMatch(node -> meaning.items(node).length == 0);
    if (!isEmpty) {
      return editor.none();
    }
    return kind == Kind.TUPLE ? editor.tupleOf(new int[0]) : editor.dict(new int[0]);
  }

  /** Whether no column has the name as an older one of its own. */
  private static boolean isFirst(PathNode path) {
    for (int i = 1; i < path.columns.length; i += 2) {
      if (path.columns[i] > 1) {
        return false;
      }
    }
    return true;
  }

  private int[] values(List<int[]> like, String name) {
    List<Integer> found = new ArrayList<>();
    for (int[] pairs : like) {
      for (int i = 0; i < pairs.length; i += 2) {
        if (meaning.isText(pairs[i]) && meaning.text(pairs[i]).equals(name)) {
          found.add(pairs[i + 1]);
          break;
        }
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }
}
