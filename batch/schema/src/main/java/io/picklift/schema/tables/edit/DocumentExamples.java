package io.picklift.schema.tables.edit;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.document.JsonDocuments;
import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.tables.document.LikeDocuments;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which values a new one in a document is made like, among those that it stands beside. */
final class DocumentExamples {
  private final Meaning meaning;
  private final SaveGraph graph;
  private final NodeValueReader values;
  private final JsonDocuments json;
  private final LikeDocuments likes;
  private final DocumentNodes made;

  /** What is known of values that new ones stand beside, by the list of them. */
  private final IdentityHashMap<List<Integer>, Beside> known = new IdentityHashMap<>();

  private final IdentityHashMap<List<Integer>, Map<String, List<Integer>>> fields =
      new IdentityHashMap<>();

  /** Values that new ones stand beside; what is asked of them for each new one is found once. */
  private final class Beside {
    final boolean isJson;
    final int text;
    final List<Integer> there;
    private final Map<Boolean, Examples> examples = new HashMap<>();

    Beside(List<Integer> nodes) {
      isJson = nodes.stream().allMatch(made::isJson);
      text = likes.text(nodes);
      there = nodes.stream().filter(node -> graph.kind(node) != Kind.NONE).toList();
    }

    Examples examples(boolean isKeyed) throws DocumentValues.Refused {
      Examples found = examples.get(isKeyed);
      if (found == null) {
        found = new Examples(there, isKeyed);
        examples.put(isKeyed, found);
      }
      return found;
    }
  }

  /** The objects, or arrays, among values: in classes, and by what a new one has in common. */
  private final class Examples {
    final Map<String, List<Integer>> ofClass = new LinkedHashMap<>();
    final Map<Object, Set<String>> classesOfShape = new HashMap<>();

    Examples(List<Integer> there, boolean isKeyed) throws DocumentValues.Refused {
      for (int other : there) {
        JsonDocuments.Held held = json.held(other);
        if (held == null
            && (values.type(other) == Scalar.Type.OTHER || values.array(other) != null)) {
          throw new DocumentValues.Refused(
              "a new object or array is beside what JSON has no type for");
        }
        if (held != null && held.isKeyed() == isKeyed) {
          String name = className(other);
          ofClass.computeIfAbsent(name, k -> new ArrayList<>()).add(other);
          if (isKeyed) {
            classesOfShape.computeIfAbsent(names(held), k -> new HashSet<>()).add(name);
          }
        }
      }
    }
  }

  DocumentExamples(
      Meaning meaning,
      NodeValueReader values,
      JsonDocuments json,
      LikeDocuments likes,
      DocumentNodes made) {
    this.meaning = meaning;
    graph = meaning.graph();
    this.values = values;
    this.json = json;
    this.likes = likes;
    this.made = made;
  }

  /** A text that new ones beside these are made like; negative for none. */
  int text(List<Integer> others) {
    return known.computeIfAbsent(others, Beside::new).text;
  }

  /**
   * Which of these a new value is made like, all of one class; none where it is as {@code
   * json.loads} has it.
   */
  List<Integer> of(Object given, List<Integer> others) throws DocumentValues.Refused {
    Beside beside = known.computeIfAbsent(others, Beside::new);
    if (given.equals(JsonReader.NULL) || beside.isJson) {
      return List.of();
    }
    List<Integer> there = beside.there;
    if (!(given instanceof Map) && !(given instanceof List)) {
      return likes.areAlike(there) || areDates(there)
          ? there.subList(0, 1)
          : ofOneEnum(given, there);
    }
    Examples examples = beside.examples(given instanceof Map);
    Set<String> classes = examples.ofClass.keySet();
    if (classes.size() > 1) {
      classes =
          given instanceof Map<?, ?> map
              ? examples.classesOfShape.getOrDefault(map.keySet(), Set.of())
              : Set.of();
      if (classes.size() != 1) {
        throw new DocumentValues.Refused(
            "a new object or array is beside those of several classes, and nothing tells of which"
                + " it is");
      }
    }
    List<Integer> found =
        classes.isEmpty()
            ? List.of()
            : examples.ofClass.getOrDefault(classes.iterator().next(), List.of());
    return found.stream().allMatch(made::isJson) ? List.of() : found;
  }

  /**
   * The first of these that is of the new value's type, where all are members of one class: some
   * saves have them by value, others by name. None where they are something else.
   */
  private List<Integer> ofOneEnum(Object given, List<Integer> there) {
    String name = memberClass(there.get(0));
    boolean isOne =
        !name.isEmpty() && there.stream().allMatch(node -> memberClass(node).equals(name));
    Scalar.Type type = given instanceof String ? Scalar.Type.TEXT : Scalar.Type.INT;
    return isOne
        ? there.stream().filter(node -> values.type(node) == type).limit(1).toList()
        : List.of();
  }

  /** The class of what it makes of one value, or has as an attribute; else nothing. */
  private String memberClass(int node) {
    boolean isCall = isMade(node) && values.isCallOf(node, values.type(node));
    int of = values.isNamed(node) ? values.namedClass(node) : isCall ? meaning.callable(node) : -1;
    return of >= 0 && graph.kind(of) == Kind.GLOBAL ? meaning.globalName(of) : "";
  }

  /** Whether all are of one type that JSON has as text. */
  boolean areDates(List<Integer> nodes) {
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

  /** The names of an object's keys. */
  private Set<String> names(JsonDocuments.Held held) {
    Set<String> names = new HashSet<>();
    int start = MemberSpan.start(held.span());
    for (int i = start; i < start + MemberSpan.count(held.span()); i += 2) {
      names.add(name(meaning.member(i)));
    }
    return names;
  }

  /** The name of a key in a document. */
  String name(int key) {
    return graph.kind(key) == Kind.INT ? Long.toString(meaning.longValue(key)) : meaning.text(key);
  }

  /** Whether a value is an object, or what a call made. */
  boolean isMade(int node) {
    return graph.kind(node) == Kind.OBJECT || graph.kind(node) == Kind.CALL;
  }

  /** By name what examples have. */
  Map<String, List<Integer>> fields(List<Integer> examples) {
    Map<String, List<Integer>> known = fields.get(examples);
    if (known != null) {
      return known;
    }
    Map<String, List<Integer>> of = new HashMap<>();
    for (int example : examples) {
      JsonDocuments.Held held = json.held(example);
      int start = held == null ? 0 : MemberSpan.start(held.span());
      int end = held == null ? 0 : start + MemberSpan.count(held.span());
      for (int i = start; i < end; i += 2) {
        of.computeIfAbsent(name(meaning.member(i)), k -> new ArrayList<>())
            .add(meaning.member(i + 1));
      }
    }
    fields.put(examples, of);
    return of;
  }
}
