package io.picklift.schema.tables.edit;

import io.picklift.codec.meaning.Attributes;
import io.picklift.codec.meaning.Contents;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.document.JsonDocuments;
import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.tables.document.LikeDocuments;
import io.picklift.schema.tables.values.CellText;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.zones.Zone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * New values of documents: in the place of others, or beside others, and then made like one of
 * them.
 */
public final class DocumentValues {
  /** What a document cannot say; carried out of the recursion. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    public Refused(String why) {
      super(why, null, false, false);
    }
  }

  private final Meaning meaning;
  private final SaveGraph graph;
  private final NodeValueReader values;
  private final DocumentNodes made;
  private final GraphEditor editor;
  private final JsonDocuments json;
  private final LikeDocuments likes;
  private final Scalar value = new Scalar();

  public DocumentValues(
      Meaning meaning,
      NodeValueReader values,
      GraphEditor editor,
      JsonDocuments json,
      LikeDocuments likes) {
    this.meaning = meaning;
    graph = meaning.graph();
    this.values = values;
    this.editor = editor;
    this.json = json;
    this.likes = likes;
    made = new DocumentNodes(meaning, values, editor);
  }

  /** What a document has for a key that may be null. */
  public static Object at(Map<?, ?> document, String key) {
    Object value = document.get(key);
    return value == null ? JsonReader.NULL : value;
  }

  /** The values that a container holds, without their keys. */
  public List<Integer> members(JsonDocuments.Held held) {
    List<Integer> members = new ArrayList<>();
    int start = MemberSpan.start(held.span());
    int step = held.isKeyed() ? 2 : 1;
    for (int i = step - 1; i < MemberSpan.count(held.span()); i += step) {
      members.add(meaning.member(start + i));
    }
    return members;
  }

  /** Whether the keys of a dict are whole numbers. */
  public boolean hasWholeKeys(JsonDocuments.Held held) {
    int first = MemberSpan.start(held.span());
    return MemberSpan.count(held.span()) > 0 && graph.kind(meaning.member(first)) == Kind.INT;
  }

  /** The name of a key in a document. */
  public String name(int key) {
    return graph.kind(key) == Kind.INT ? Long.toString(meaning.longValue(key)) : meaning.text(key);
  }

  /** Whether a dict holds an object's attributes. */
  public boolean isState(int node, int holder) {
    return isMade(node)
        && meaning.attributes().form(node) == Attributes.Form.DICT
        && meaning.attributes().state(node) == holder;
  }

  private boolean isMade(int node) {
    return graph.kind(node) == Kind.OBJECT || graph.kind(node) == Kind.CALL;
  }

  /** The keys and values that a container gets, those that are new in the order of their bytes. */
  public List<Integer> added(int node, JsonDocuments.Held held, Map<?, ?> given, Set<?> known)
      throws Refused {
    List<Integer> added = new ArrayList<>();
    List<Integer> others = members(held);
    boolean isWhole = hasWholeKeys(held);
    for (String name : JsonReader.sorted(given.keySet())) {
      if (!known.contains(name)) {
        Object of = at(given, name);
        added.add(isWhole ? wholeKey(name) : editor.name(name));
        added.add(isState(node, held.holder()) ? made(of, likes.text(others)) : beside(of, others));
      }
    }
    return added;
  }

  private int wholeKey(String name) throws Refused {
    try {
      value.number(Scalar.Type.INT, Long.parseLong(name));
    } catch (NumberFormatException e) {
      throw new Refused("the keys of a dict are whole numbers, and \"" + name + "\" is none");
    }
    return editor.value(value);
  }

  /** A new value beside others. */
  public int beside(Object given, List<Integer> others) throws Refused {
    int example = given.equals(JsonReader.NULL) ? -1 : example(given, others);
    return example < 0 ? made(given, likes.text(others)) : like(example, given);
  }

  /** Which of these a new value is made like; negative where it is as {@code json.loads} has it. */
  private int example(Object given, List<Integer> others) throws Refused {
    if (others.stream().allMatch(made::isJson)) {
      return -1;
    }
    List<Integer> there = others.stream().filter(node -> graph.kind(node) != Kind.NONE).toList();
    boolean isMap = given instanceof Map;
    if (!isMap && !(given instanceof List)) {
      return likes.areAlike(there) || areDates(there) ? there.get(0) : -1;
    }
    List<Integer> shapes = new ArrayList<>();
    Set<String> classes = new HashSet<>();
    for (int other : there) {
      JsonDocuments.Held held = json.held(other);
      if (held == null && values.type(other) == Scalar.Type.OTHER) {
        throw new Refused("a new object or array is beside what JSON has no type for");
      }
      if (held != null && held.isKeyed() == isMap) {
        shapes.add(other);
        classes.add(className(other));
      }
    }
    List<Integer> same = shapes.stream().filter(other -> isOfShape(other, given)).toList();
    if (classes.size() > 1) {
      long count = same.stream().map(this::className).distinct().count();
      if (count != 1) {
        throw new Refused(
            "a new object or array is beside those of several classes, and nothing tells of which"
                + " it is");
      }
    }
    List<Integer> best = same.isEmpty() ? shapes : same;
    return best.isEmpty() || best.stream().allMatch(made::isJson) ? -1 : best.get(0);
  }

  /** Whether all are of one type that JSON has as text. */
  private boolean areDates(List<Integer> nodes) {
    Scalar.Type type = values.type(nodes.get(0));
    boolean isDate =
        switch (type) {
          case DATE, DATETIME, INSTANT, TIME, DECIMAL, UUID -> true;
          default -> false;
        };
    return isDate && nodes.stream().allMatch(node -> values.type(node) == type);
  }

  private String className(int node) {
    int callable = isMade(node) ? meaning.callable(node) : -1;
    return graph.kind(node)
        + (callable < 0
            ? ""
            : graph.kind(callable) == Kind.GLOBAL ? meaning.globalName(callable) : "#" + callable);
  }

  /** Whether a value has the same keys, or as many members. */
  private boolean isOfShape(int node, Object given) {
    JsonDocuments.Held held = json.held(node);
    if (held == null) {
      return false;
    }
    int start = MemberSpan.start(held.span());
    int count = MemberSpan.count(held.span());
    if (!(given instanceof Map<?, ?> map)) {
      return given instanceof List<?> list && list.size() == count;
    }
    Set<String> names = new HashSet<>();
    for (int i = start; i < start + count; i += 2) {
      names.add(name(meaning.member(i)));
    }
    return names.equals(map.keySet());
  }

  /** A new value that is made as another one was. */
  private int like(int example, Object given) throws Refused {
    JsonDocuments.Held held = json.held(example);
    if (held != null && !JsonReader.isForm(given)) {
      if (held.isKeyed() && given instanceof Map<?, ?> map) {
        return keyed(example, held, map);
      }
      if (!held.isKeyed() && given instanceof List<?> list) {
        return listed(example, held, list);
      }
    }
    Scalar.Type type = values.type(example);
    return switch (type) {
      case DATE, DATETIME, INSTANT, TIME, DECIMAL, UUID -> {
        if (given instanceof String text) {
          yield read(example, type, text);
        }
        throw new Refused("a new value is beside those of type " + type + ", and is none");
      }
      case BOOL, INT, FLOAT, TEXT -> replaced(example, false, given);
      case NONE -> made(given, -1);
      default -> {
        if (held == null) {
          throw new Refused("a new value is beside those of a kind that JSON does not show");
        }
        yield made(given, -1);
      }
    };
  }

  private int keyed(int example, JsonDocuments.Held held, Map<?, ?> given) throws Refused {
    List<Integer> pairs = new ArrayList<>();
    Set<String> known = new HashSet<>();
    int start = MemberSpan.start(held.span());
    for (int i = start; i < start + MemberSpan.count(held.span()); i += 2) {
      String name = name(meaning.member(i));
      known.add(name);
      if (given.containsKey(name)) {
        pairs.add(meaning.member(i));
        pairs.add(nested(meaning.member(i + 1), at(given, name)));
      }
    }
    pairs.addAll(added(example, held, given, known));
    int[] members = pairs.stream().mapToInt(Integer::intValue).toArray();
    if (graph.kind(example) == Kind.DICT) {
      return editor.dict(members);
    }
    if (isState(example, held.holder())) {
      checkMadeOf(example, meaning.states(example), held);
      int object = editor.like(example);
      editor.build(object, editor.dict(members));
      return object;
    }
    return filled(example, held, true, members);
  }

  private int listed(int example, JsonDocuments.Held held, List<?> given) throws Refused {
    List<Integer> others = members(held);
    boolean isOfPlaces = meaning.contents().places(example) != Contents.NO_PLACES;
    boolean isByPlace = isOfPlaces || graph.kind(example) == Kind.TUPLE;
    if (isByPlace && given.size() != others.size() && (isOfPlaces || !likes.areAlike(others))) {
      throw new Refused(
          "a new array has " + given.size() + " members, and others " + others.size());
    }
    int[] members = new int[given.size()];
    for (int i = 0; i < members.length; i++) {
      members[i] =
          isByPlace && i < others.size()
              ? nested(others.get(i), given.get(i))
              : beside(given.get(i), others);
    }
    switch (graph.kind(example)) {
      case LIST -> {
        return editor.list(members);
      }
      case TUPLE -> {
        return editor.tupleOf(members);
      }
      default -> {
        if (isOfPlaces) {
          return ofPlaces(example, others, members);
        }
        return filled(example, held, false, members);
      }
    }
  }

  private int nested(int example, Object given) throws Refused {
    return given.equals(JsonReader.NULL) ? made(given, -1) : like(example, given);
  }

  /** A named tuple. */
  private int ofPlaces(int example, List<Integer> others, int[] members) throws Refused {
    int[] arguments = meaning.arguments(example);
    boolean isElse =
        meaning.states(example).length > 0
            || meaning.keywords(example).length > 0
            || isOfOldClass(example);
    if (isElse) {
      throw notLike();
    }
    if (Arrays.equals(arguments, others.stream().mapToInt(Integer::intValue).toArray())) {
      return editor.like(example, of -> editor.tupleOf(members));
    }
    if (arguments.length == 1 && graph.kind(arguments[0]) == Kind.TUPLE) {
      return editor.like(example, of -> editor.tupleOf(new int[] {editor.tupleOf(members)}));
    }
    throw notLike();
  }

  /** A container that is made by a call, or that members are added to. */
  private int filled(int example, JsonDocuments.Held held, boolean isPairs, int[] members)
      throws Refused {
    int op = graph.op(example);
    int[] arguments = isMade(example) ? meaning.arguments(example) : new int[0];
    boolean isGiven = arguments.length == 1 && arguments[0] == held.holder();
    if (op == Op.REDUCE_SET || op == Op.REDUCE_FROZENSET || isOfOldClass(example)) {
      throw notLike();
    }
    if (!isMade(example)) {
      if (op == Op.FROZENSET) {
        return editor.members(op, members);
      }
      int container = editor.container(op);
      editor.fill(container, op, isPairs, members);
      return container;
    }
    if (isGiven && isPlainContainer(held.holder())) {
      int holder = isPairs ? editor.dict(members) : editor.list(members);
      return editor.like(example, of -> editor.tupleOf(new int[] {holder}));
    }
    if (held.holder() != example) {
      throw notLike();
    }
    checkMadeOf(example, new int[0], held);
    int object = editor.like(example);
    editor.fill(object, op, isPairs, members);
    return object;
  }

  /** An instance of a class of Python 2 that is none of {@code object}'s. */
  private boolean isOfOldClass(int node) {
    return graph.op(node) == Op.OBJ || graph.op(node) == Op.INST;
  }

  private boolean isPlainContainer(int node) {
    return graph.kind(node) == Kind.LIST || graph.kind(node) == Kind.DICT;
  }

  /** That nothing else is known of an object than what a document shows, but for its class. */
  private void checkMadeOf(int example, int[] states, JsonDocuments.Held held) throws Refused {
    boolean isStateShown = states.length == 1 && states[0] == held.holder();
    boolean isElse =
        Op.isHolding(graph.op(example))
            || held.isHiding()
            || meaning.keywords(example).length > 0
            || meaning.states(example).length > (isStateShown ? 1 : 0)
            || Arrays.stream(meaning.arguments(example))
                .anyMatch(argument -> graph.kind(argument) != Kind.GLOBAL)
            || (held.holder() != example
                && (meaning.appended(example).length > 0 || meaning.entries(example).length > 0));
    if (isElse) {
      throw notLike();
    }
  }

  private static Refused notLike() {
    return new Refused(
        "a new object or array is beside one that a document does not show whole, so that nothing"
            + " tells how it is made");
  }

  /**
   * A value in the place of another one.
   *
   * @param isOpen whether the document shows members of that
   */
  public int replaced(int node, boolean isOpen, Object given) throws Refused {
    if (isOpen || given instanceof Map || given instanceof List || given.equals(JsonReader.NULL)) {
      return made(given, -1);
    }
    Scalar.Type type = values.type(node);
    switch (type) {
      case DATE, DATETIME, INSTANT, TIME, DECIMAL, UUID -> {
        if (given instanceof String text) {
          return read(node, type, text);
        }
        return made(given, -1);
      }
      case NONE, BOOL, INT, FLOAT, TEXT -> {
        JsonReader.value(given, type, value);
        int with = editor.value(value, node, values);
        if (with < 0) {
          throw new Refused("a value has no form at this protocol");
        }
        return with;
      }
      default -> {
        if (given instanceof String) {
          throw new Refused("another text is in the place of a value that JSON has no type for");
        }
        return made(given, -1);
      }
    }
  }

  private int read(int node, Scalar.Type type, String text) throws Refused {
    boolean isRead = CellText.read(text, type, value);
    if (isRead && type == Scalar.Type.INSTANT) {
      Zone.Wall wall = values.zones().of(values.zone(node)).at(value.number);
      value.zone = wall.offset();
      value.fold = wall.fold();
      isRead = wall.offset() != Zone.NONE && CellText.of(value).equals(text);
    }
    int with = !isRead || values.isUntoldDate(node, value) ? -1 : editor.value(value, node, values);
    if (with < 0) {
      throw new Refused(
          "\"" + text + "\" is in the place of a " + type + ", which is written in another way");
    }
    return with;
  }

  /**
   * A new value as {@code json.loads} has it.
   *
   * @param text one that texts are made like; negative for none
   */
  private int made(Object given, int text) throws Refused {
    if (JsonReader.hasForm(given)) {
      throw new Refused(
          "an object has a new key that begins with $, which stands for what JSON has no type for");
    }
    if (JsonReader.isTooLong(given)) {
      throw new Refused("a new whole number is longer than 64 bits");
    }
    return made.node(given, text);
  }
}
