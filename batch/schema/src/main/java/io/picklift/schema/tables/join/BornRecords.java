package io.picklift.schema.tables.join;

import io.picklift.codec.meaning.Attributes;
import io.picklift.codec.meaning.Contents;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.edit.GraphEditor;
import io.picklift.schema.tables.walk.PathNode;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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

  /** Of what has no attributes. */
  private final LikeAttributes none;

  /** By objects, and which of their attributes. */
  private final Map<List<Object>, LikeAttributes> named = new HashMap<>();

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
    none = new LikeAttributes(meaning, Like.none(), Like.none(), node -> new int[0]);
  }

  boolean isNoneKnown(Like like) {
    return like.any("None", node -> graph.kind(node) == Kind.NONE);
  }

  /** Whether what stands there has attributes beside its members. */
  boolean isRecord(PathNode path, Like like) {
    return !path.isEnd()
        && like.any(
            "record",
            node ->
                classes.isParted(node)
                    && graph.kind(node) != Kind.DICT
                    && graph.kind(node) != Kind.TUPLE
                    && meaning.attributes().form(node) != Attributes.Form.NONE);
  }

  /** Begins an object of a class table; {@link #state} ends it. */
  int object(int table, int row, Like like) throws JoinException {
    PathNode path = plan.paths[table];
    return begin(path, table, row, classes.ofClass(path, table, row, like));
  }

  private int begin(PathNode path, int table, int row, Like like) throws JoinException {
    int first = like.first();
    boolean areAlike =
        likes
            .first(like)
            .all(
                "made alike",
                node ->
                    graph.op(node) == graph.op(first)
                        && meaning.attributes().form(node) == meaning.attributes().form(first)
                        && members.agree(meaning.arguments(first), meaning.arguments(node))
                        && members.agree(meaning.keywords(first), meaning.keywords(node)));
    if (!areAlike) {
      throw rows.refused(
          table,
          row,
          isOfClass(path, table, first)
              + ", whose objects were called with different arguments, so that no new one can be"
              + " made: leave its cells NULL, or let the old application make it");
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
          isOfClass(path, table, first)
              + ", whose objects keep their state in another form than attributes by name, as frozen"
              + " dataclasses with slots do: let the old application make it");
    }
    return members.made(first);
  }

  private String isOfClass(PathNode path, int table, int node) {
    boolean isWhole = path.equals(plan.paths[table]);
    return (isWhole ? "is of class " : "has in it an object of class ") + classes.name(node);
  }

  /** Gives an object that was begun its members and attributes. */
  void state(PathNode path, int table, int row, Like like, int object) throws JoinException {
    Like found = classes.ofClass(path, table, row, like);
    int first = found.first();
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
        int[] pairs = attributes(path, table, row, none, Set.of(), true);
        if (pairs.length > 0) {
          editor.build(object, editor.dict(pairs));
        }
      }
    }
  }

  private int dict(PathNode path, int table, int row, Like like) throws JoinException {
    LikeAttributes pairs =
        named(like, "dict", node -> meaning.toArray(meaning.attributes().dictPairs(node)));
    return editor.dict(attributes(path, table, row, pairs, Set.of(), true));
  }

  /** A pair of a dict, or None, and the slots. */
  private int slots(PathNode path, int table, int row, Like like) throws JoinException {
    LikeAttributes pairs = named(like, "dict of slots", this::dictOfSlots);
    LikeAttributes slots =
        named(like, "slots", node -> meaning.toArray(meaning.attributes().slotPairs(node)));
    int first = meaning.items(meaning.attributes().state(like.first()))[0];
    boolean hasDict = graph.kind(first) == Kind.DICT;
    int[] slot = attributes(path, table, row, slots, Set.of(), !hasDict);
    int dict = editor.none();
    if (hasDict) {
      dict = editor.dict(attributes(path, table, row, pairs, slots.names(), true));
    }
    return editor.tupleOf(new int[] {dict, editor.dict(slot)});
  }

  /** What a row says of an object, record or tuple in a place. */
  int record(PathNode path, int table, int row, Like like) throws JoinException {
    Like found = classes.ofClass(path, table, row, like);
    int first = found.first();
    if (graph.kind(first) == Kind.DICT) {
      LikeAttributes pairs = named(found, "items", meaning::items);
      int dict = editor.container(graph.op(first));
      checkNames(found, table, row);
      int[] made = attributes(path, table, row, pairs, Set.of(), true);
      editor.fill(dict, graph.op(first), true, made);
      return dict;
    }
    if (containers.isKeyed(first)) {
      LikeAttributes pairs = named(found, "entries", containers::pairs);
      return containers.keyed(first, attributes(path, table, row, pairs, Set.of(), true));
    }
    if (graph.kind(first) == Kind.TUPLE) {
      return editor.tupleOf(places(path, table, row, found));
    }
    if (graph.kind(first) == Kind.LIST) {
      return editor.list(places(path, table, row, found));
    }
    boolean isNamedTuple =
        path.placeCount() > 0 && meaning.contents().places(first) != Contents.NO_PLACES;
    if (isNamedTuple && graph.op(first) == Op.NEWOBJ) {
      int arguments = editor.tupleOf(places(path, table, row, found));
      return editor.made(Op.NEWOBJ, meaning.callable(first), arguments);
    }
    if (isNamedTuple && graph.op(first) == Op.REDUCE_BASE_OBJECT) {
      // Protocols 0 and 1: copyreg._reconstructor(cls, tuple, a tuple).
      int tuple = editor.tupleOf(places(path, table, row, found));
      return editor.like(first, of -> withLast(of, tuple));
    }
    if (path.placeCount() > 0 && isCallOfParts(first)) {
      int arguments = editor.tupleOf(places(path, table, row, found));
      return editor.like(first, of -> arguments);
    }
    int object = begin(path, table, row, found);
    state(path, table, row, found, object);
    return object;
  }

  private int withLast(int tuple, int last) {
    int[] items = meaning.items(tuple).clone();
    items[items.length - 1] = last;
    return editor.tupleOf(items);
  }

  /** Whether it is a call of plain values and nothing besides, as a complex number is. */
  private boolean isCallOfParts(int node) {
    return graph.op(node) == Op.REDUCE
        && meaning.arguments(node).length > 0
        && meaning.states(node).length == 0
        && meaning.entries(node).length == 0
        && meaning.appended(node).length == 0
        && meaning.contents().places(node) == Contents.NO_PLACES;
  }

  /** What a row says of a dict is by names. */
  private void checkNames(Like dicts, int table, int row) throws JoinException {
    if (!dicts.all("keyed by names", this::isKeyedByNames)) {
      throw rows.refused(table, row, "is a dict, and those there have keys that are no texts");
    }
  }

  private boolean isKeyedByNames(int dict) {
    int[] pairs = meaning.items(dict);
    return IntStream.range(0, pairs.length / 2).allMatch(i -> meaning.isText(pairs[2 * i]));
  }

  private int[] parts(int node) {
    if (graph.kind(node) == Kind.TUPLE || graph.kind(node) == Kind.LIST) {
      return meaning.items(node);
    }
    return isCallOfParts(node)
        ? meaning.arguments(node)
        : meaning.toArray(meaning.contents().places(node));
  }

  private int[] places(PathNode path, int table, int row, Like like) throws JoinException {
    int size = parts(like.first()).length;
    Like first = likes.first(like);
    Like others = likes.others(like).those("as long", node -> parts(node).length == size);
    if (size > 0 && !first.all("as long", node -> parts(node).length == size)) {
      throw rows.refused(
          table,
          row,
          "is a "
              + classes.name(like.first())
              + ", and those there are not all of one length: "
              + new OpenCells(plan, rows).undone(path, table, row));
    }
    int[] made = new int[size];
    for (int i = 0; i < size; i++) {
      Like there = place(first, i);
      Like also = place(others, i);
      PathNode next = null;
      for (int j = 0; j < path.placeCount(); j++) {
        int at = path.place(j);
        next = at == i || at + size == i ? path.placeNode(j) : next;
      }
      if (next != null) {
        Like all =
            also.isEmpty() ? there : like.part(List.of("places", i), nodes -> joined(there, also));
        int value = rows.value(next, table, row, all);
        made[i] = value == BornRows.NOTHING ? editor.none() : value;
      } else {
        made[i] = agreed(first, there, table, row);
      }
      if (made[i] < 0) {
        throw rows.refused(
            table,
            row,
            "is a "
                + classes.name(like.first())
                + " whose place "
                + i
                + " has no column, and others differ in it");
      }
    }
    return made;
  }

  private Like place(Like tuples, int place) {
    return tuples.part(
        List.of("place", place),
        nodes -> Arrays.stream(nodes).map(node -> parts(node)[place]).toArray());
  }

  private int agreed(Like objects, Like there, int table, int row) {
    return members.agreed(
        objects, there, table, rows.owner(table, row), object -> rows.ownerOf(table, object));
  }

  /**
   * What objects have.
   *
   * @param what names it
   */
  private LikeAttributes named(Like like, String what, IntFunction<int[]> pairs) {
    return named.computeIfAbsent(
        List.of(like, what),
        k ->
            new LikeAttributes(
                meaning,
                likes.first(like),
                likes.others(like).those("of one form", node -> form(node) == form(like.first())),
                pairs));
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

  private static int[] joined(Like some, Like others) {
    return IntStream.concat(Arrays.stream(some.nodes()), Arrays.stream(others.nodes())).toArray();
  }

  /**
   * Names and values.
   *
   * @param all those of the values that are there
   * @param elsewhere names that stand in another part of the object
   * @param isOpen whether a name that none of them has may stand here
   */
  private int[] attributes(
      PathNode path, int table, int row, LikeAttributes all, Set<String> elsewhere, boolean isOpen)
      throws JoinException {
    Map<String, PathNode> named = plan.named(path);
    List<Integer> pairs = new ArrayList<>();
    Set<String> met = new HashSet<>(elsewhere);
    boolean isCounter = !all.objects().isEmpty() && containers.isCounter(all.objects().first());
    int[] first = all.first();
    for (int i = 0; i < first.length; i += 2) {
      String name = meaning.isText(first[i]) ? meaning.text(first[i]) : "";
      PathNode next = named.get(name);
      Like there = all.there(name);
      int value;
      if (next == null && given.has(path, name)) {
        value = given.value(path, name);
      } else if (next == null) {
        value = all.isAlways(name) ? agreed(all.objects(), there, table, row) : BornRows.NOTHING;
      } else {
        value = rows.value(next, table, row, all.all(name));
        boolean isNone = value == BornRows.NOTHING && all.isAlways(name) && !isCounter;
        value = isNone ? nothing(there) : value;
      }
      met.add(name);
      if (value != BornRows.NOTHING) {
        pairs.add(first[i]);
        pairs.add(value);
      }
    }
    for (String name : given.names(path)) {
      // A slot may be one that the first of them does not have.
      if ((isOpen || all.names().contains(name)) && met.add(name)) {
        pairs.add(editor.name(name));
        pairs.add(given.value(path, name));
      }
    }
    for (Map.Entry<String, PathNode> entry : named.entrySet()) {
      boolean isCurrent = isOpen && !met.contains(entry.getKey()) && isFirst(entry.getValue());
      if (isCurrent && rows.isThere(entry.getValue(), table, row)) {
        pairs.add(editor.name(entry.getKey()));
        pairs.add(rows.value(entry.getValue(), table, row, all.all(entry.getKey())));
      }
    }
    return pairs.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * What no cell says anything of, where others always have something: the empty tuple or dict
   * where they have tuples or dicts, of which some are empty; else None.
   */
  private int nothing(Like there) {
    Kind kind = there.isEmpty() ? Kind.NONE : graph.kind(there.first());
    boolean isEmpty =
        (kind == Kind.TUPLE || kind == Kind.DICT)
            && there.all("of one kind", node -> graph.kind(node) == kind)
            && there.any("empty", node -> meaning.items(node).length == 0);
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
}
