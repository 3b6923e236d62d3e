package io.picklift.schema.tables.edit;

import io.picklift.codec.error.LimitException;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private static final String TOO_LARGE =
      "a whole number is not from -9223372036854775808 to 9223372036854775807";

  private final Meaning meaning;
  private final SaveGraph graph;
  private final NodeValueReader values;
  private final DocumentNodes made;
  private final GraphEditor editor;
  private final JsonDocuments json;
  private final LikeDocuments likes;
  private final DocumentExamples examples;
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
    examples = new DocumentExamples(meaning, values, json, likes, made);
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
    return examples.name(key);
  }

  /** Whether a dict holds an object's attributes. */
  public boolean isState(int node, int holder) {
    return examples.isMade(node)
        && meaning.attributes().form(node) == Attributes.Form.DICT
        && meaning.attributes().state(node) == holder;
  }

  /**
   * What a new key's value is made like that others have at the same key.
   *
   * @param <E> what it throws where that is not known yet
   */
  @FunctionalInterface
  public interface AtKey<E extends Exception> {
    /** The value; negative where no other has the key. */
    int made(String name, Object given) throws Refused, E, LimitException;
  }

  /** The keys and values that a container gets, those that are new in the order of their bytes. */
  public <E extends Exception> List<Integer> added(
      int node, JsonDocuments.Held held, Map<?, ?> given, Set<?> known, AtKey<E> elsewhere)
      throws Refused, E, LimitException {
    List<Integer> added = new ArrayList<>();
    List<Integer> others = members(held);
    boolean isWhole = hasWholeKeys(held);
    for (String name : JsonReader.sorted(given.keySet())) {
      if (!known.contains(name)) {
        Object of = at(given, name);
        added.add(isWhole ? wholeKey(name) : editor.name(name));
        int made = elsewhere.made(name, of);
        if (made < 0) {
          made = isState(node, held.holder()) ? made(of, likes.text(others)) : beside(of, others);
        }
        added.add(made);
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
    List<Integer> like = examples.of(given, others);
    return like.isEmpty() ? made(given, examples.text(others)) : like(like, given);
  }

  /** A new value that is made as others of one class were. */
  private int like(List<Integer> others, Object given) throws Refused {
    int example = others.get(0);
    JsonDocuments.Held held = json.held(example);
    if (held != null && !JsonReader.isForm(given)) {
      if (held.isKeyed() && given instanceof Map<?, ?> map) {
        return keyed(others, held, map);
      }
      if (!held.isKeyed() && given instanceof List<?> list) {
        return listed(others, held, list);
      }
    }
    Scalar.Type type = values.type(example);
    return switch (type) {
      case DATE, DATETIME, INSTANT, TIME, DECIMAL, UUID -> {
        if (given instanceof String text) {
          yield read(example, type, text);
        }
        if (type == Scalar.Type.DECIMAL && given instanceof Number) {
          yield read(example, type, CellText.decimal(given));
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

  /** A value in what is made like others, which have these in its place. */
  private int nested(List<Integer> there, Object given) throws Refused {
    List<Integer> others = there.stream().filter(node -> graph.kind(node) != Kind.NONE).toList();
    if (given.equals(JsonReader.NULL) || others.isEmpty()) {
      return made(given, -1);
    }
    int shared = shared(there, given);
    if (shared >= 0) {
      return shared;
    }
    Scalar.Type type = values.type(others.get(0));
    boolean isContainer = given instanceof Map || given instanceof List;
    boolean isOneType =
        !isContainer
            && type != Scalar.Type.OTHER
            && others.stream().allMatch(node -> values.type(node) == type)
            && (likes.areAlike(others)
                || examples.areDates(others)
                || others.stream().allMatch(made::isJson));
    if (isOneType) {
      return like(others.subList(0, 1), given);
    }
    if (!isContainer && others.stream().anyMatch(node -> values.type(node) == Scalar.Type.OTHER)) {
      throw new Refused("a new value is beside those of a kind that JSON does not show");
    }
    return beside(given, others);
  }

  /**
   * The object that all others have in a place, if it is the very same and the new one shows it;
   * negative where there is none.
   */
  private int shared(List<Integer> there, Object given) throws Refused {
    if (!(given instanceof Map) && !(given instanceof List)) {
      return -1;
    }
    for (int node : there) {
      boolean isFixed = graph.kind(node) == Kind.TUPLE || graph.kind(node) == Kind.FROZENSET;
      if (!isFixed && json.held(node) != null && meaning.references(node) > 1) {
        byte[] document = json.document(node, (leaf, exact) -> {});
        boolean isShown =
            document != null
                && JsonReader.same(JsonReader.parse(document, 0, document.length), given);
        if (isShown && there.stream().allMatch(other -> other == node)) {
          return node;
        }
        if (isShown) {
          throw new Refused(
              "a new object has in it what stands in several places, and nothing tells whether it"
                  + " is the very same");
        }
      }
    }
    return -1;
  }

  private List<List<Integer>> members(List<Integer> others) {
    return others.stream()
        .map(
            example -> {
              JsonDocuments.Held held = json.held(example);
              return held == null ? List.<Integer>of() : members(held);
            })
        .toList();
  }

  private int keyed(List<Integer> others, JsonDocuments.Held held, Map<?, ?> given) throws Refused {
    int example = others.get(0);
    List<Integer> pairs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Map<String, List<Integer>> of = examples.fields(others);
    int start = MemberSpan.start(held.span());
    for (int i = start; i < start + MemberSpan.count(held.span()); i += 2) {
      String name = examples.name(meaning.member(i));
      names.add(name);
      if (given.containsKey(name)) {
        pairs.add(meaning.member(i));
        pairs.add(nested(Objects.requireNonNull(of.get(name)), at(given, name)));
      }
    }
    boolean isState = isState(example, held.holder());
    boolean isMore = !names.containsAll(given.keySet());
    boolean isWhole =
        isMore && others.stream().map(json::held).anyMatch(h -> h != null && hasWholeKeys(h));
    List<Integer> all =
        isMore ? members(others).stream().flatMap(List::stream).toList() : List.of();
    for (String name : JsonReader.sorted(given.keySet())) {
      if (!names.contains(name)) {
        pairs.add(isWhole ? wholeKey(name) : editor.name(name));
        List<Integer> there = of.get(name);
        Object at = at(given, name);
        pairs.add(
            there != null
                ? nested(there, at)
                : isState ? made(at, likes.text(all)) : beside(at, all));
      }
    }
    int[] members = pairs.stream().mapToInt(Integer::intValue).toArray();
    if (graph.kind(example) == Kind.DICT) {
      return editor.dict(members);
    }
    if (isState) {
      checkMadeOf(example, meaning.states(example), held);
      int object = editor.like(example);
      editor.build(object, editor.dict(members));
      return object;
    }
    return filled(example, held, true, members);
  }

  private int listed(List<Integer> like, JsonDocuments.Held held, List<?> given) throws Refused {
    int example = like.get(0);
    List<Integer> others = members(held);
    boolean isOfPlaces = meaning.contents().places(example) != Contents.NO_PLACES;
    boolean isByPlace = isOfPlaces || graph.kind(example) == Kind.TUPLE;
    List<List<Integer>> each = members(like);
    List<Integer> all = each.stream().flatMap(List::stream).toList();
    boolean isSize = each.stream().anyMatch(of -> of.size() == given.size());
    if (isByPlace && !isSize && (isOfPlaces || !likes.areAlike(all))) {
      throw new Refused(
          "a new array has " + given.size() + " members, and others " + others.size());
    }
    int[] members = new int[given.size()];
    for (int i = 0; i < members.length; i++) {
      int at = i;
      List<Integer> there =
          !isByPlace
              ? List.of()
              : each.stream().filter(of -> of.size() > at).map(of -> of.get(at)).toList();
      members[i] = there.isEmpty() ? beside(given.get(i), all) : nested(there, given.get(i));
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
    int[] arguments = examples.isMade(example) ? meaning.arguments(example) : new int[0];
    boolean isGiven = arguments.length == 1 && arguments[0] == held.holder();
    if (isOfOldClass(example)) {
      throw notLike();
    }
    if (graph.kind(example) == Kind.SET || graph.kind(example) == Kind.FROZENSET) {
      return editor.set(example, members);
    }
    if (!examples.isMade(example)) {
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
    if (given instanceof List && values.array(node) != null) {
      throw new Refused("an array of numpy cannot have other elements");
    }
    if (isOpen || given instanceof Map || given instanceof List || given.equals(JsonReader.NULL)) {
      return made(given, -1);
    }
    Scalar.Type type = values.type(node);
    switch (type) {
      case DATE, DATETIME, INSTANT, TIME, DECIMAL, UUID -> {
        if (given instanceof String text) {
          return read(node, type, text);
        }
        if (type == Scalar.Type.DECIMAL && given instanceof Number) {
          return read(node, type, CellText.decimal(given));
        }
        return made(given, -1);
      }
      case NONE, BOOL, INT, FLOAT, TEXT -> {
        if (JsonReader.isTooLong(given)) {
          throw new Refused(TOO_LARGE);
        }
        JsonReader.value(given, type, value);
        // Python cannot load a member of an enum by a value of another type.
        if ((examples.isMade(node) || values.isNamed(node)) && value.type != type) {
          throw new Refused(
              "another kind of value is in the place of what a class makes of a " + type);
        }
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

  /** What a document shows of a value of a type that JSON has as text. */
  private String shown(int node) {
    values.read(node, value);
    return CellText.of(value);
  }

  private int read(int node, Scalar.Type type, String text) throws Refused {
    boolean isRead = values.readText(node, text, value);
    int with = !isRead || values.isUntoldDate(node, value) ? -1 : editor.value(value, node, values);
    if (with < 0) {
      throw new Refused(
          "\""
              + text
              + "\" is in the place of a "
              + type
              + ", which is written like "
              + shown(node));
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
      throw new Refused(TOO_LARGE);
    }
    return made.node(given, text);
  }
}
