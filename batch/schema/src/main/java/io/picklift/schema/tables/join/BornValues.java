package io.picklift.schema.tables.join;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.document.JsonDocuments;
import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.tables.document.LikeDocuments;
import io.picklift.schema.tables.edit.DocumentValues;
import io.picklift.schema.tables.edit.GraphEditor;
import io.picklift.schema.tables.values.ColumnCodec;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.WalkPlan;
import io.picklift.schema.zones.Zone;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Plain values of rows that are new, made like the values that stand in their place elsewhere. */
final class BornValues {
  static final int NO_FORM = -1;

  /** In a path, the members of an array. */
  static final String ANY = "\0";

  private final Meaning meaning;
  private final NodeValueReader values;
  private final GraphEditor editor;
  private final WalkPlan plan;
  private final ValueNotes notes;
  private final Scalar value = new Scalar();

  /** Most saves get no document. */
  private @Nullable JsonDocuments json;

  private @Nullable DocumentValues documents;

  /** Of values that new ones were made like. */
  private final Map<Like, Map<Scalar.Type, Integer>> types = new HashMap<>();

  private String why = "";
  private int former = MappingWalk.ABSENT;

  /**
   * @param meaning of the graph that has all that new values are made like
   */
  BornValues(
      WalkPlan plan,
      Meaning meaning,
      NodeValueReader values,
      ValueNotes notes,
      GraphEditor editor) {
    this.plan = plan;
    this.meaning = meaning;
    this.values = values;
    this.notes = notes;
    this.editor = editor;
  }

  /**
   * Says what the next value takes the place of, as where an object gets another class: a date
   * stays in its zone. Negative for nothing.
   */
  void former(int node) {
    former = node;
  }

  /** What a document had that gave {@link #NO_FORM}; empty where more is not known. */
  String why() {
    return why;
  }

  private JsonDocuments json() {
    JsonDocuments known = json;
    if (known == null) {
      MappingWalk walk = new MappingWalk(plan, meaning, plan.rootTable((String) null), notes);
      known = new JsonDocuments(walk, meaning, values);
      json = known;
    }
    return known;
  }

  /** A new document, or a new value in one, made like those that stand there elsewhere. */
  int document(Object given, Like like) throws DocumentValues.Refused {
    DocumentValues known = documents;
    if (known == null) {
      known =
          new DocumentValues(
              meaning, values, editor, json(), new LikeDocuments(meaning, values, json()));
      documents = known;
    }
    return known.beside(given, like.list());
  }

  /**
   * What stands at a path of documents.
   *
   * @param path names of keys, and {@link #ANY} for the members of an array
   */
  Like at(Like documents, List<String> path) {
    Like found = documents;
    for (String step : path) {
      found =
          found.part(
              List.of("at", step),
              nodes -> Arrays.stream(nodes).flatMap(node -> members(node, step)).toArray());
    }
    return found;
  }

  private IntStream members(int node, String step) {
    JsonDocuments.Held held = json().held(node);
    boolean isAny = step.equals(ANY);
    if (held == null || held.isKeyed() == isAny) {
      return IntStream.empty();
    }
    int start = MemberSpan.start(held.span());
    IntStream places = IntStream.range(start, start + MemberSpan.count(held.span()));
    return isAny
        ? places.map(meaning::member)
        : places
            .filter(i -> (i - start) % 2 == 0 && isKey(meaning.member(i), step))
            .map(i -> meaning.member(i + 1));
  }

  private boolean isKey(int key, String name) {
    return meaning.kind(key) == Kind.INT
        ? Long.toString(meaning.longValue(key)).equals(name)
        : meaning.isText(key) && meaning.text(key).equals(name);
  }

  /** What a value is that another one may be made like: of one form all are as good. */
  String form(int node) {
    return values.type(node) + " " + meaning.kind(node) + (isCall(node) ? " " + name(node) : "");
  }

  /** Whether any of these is not None. */
  boolean isAny(Like like) {
    return like.any("not None", node -> meaning.kind(node) != Kind.NONE);
  }

  /** Whether any of these is a plain value. */
  boolean isAnyPlain(Like like) {
    return !types(like).isEmpty();
  }

  /**
   * The value of a cell that is not NULL; {@link #NO_FORM} where the protocol has none for it.
   *
   * @param codec null of a JSON column
   * @param like values that stand in its place elsewhere in the save
   * @param isTold whether the row itself says of which kind it is
   */
  int value(@Nullable ColumnCodec codec, ColumnData cells, int row, Like like, boolean isTold) {
    if (codec == null) {
      try {
        return document(JsonReader.document(cells, row), like);
      } catch (DocumentValues.Refused e) {
        why = String.valueOf(e.getMessage());
        return NO_FORM;
      }
    }
    Map<Scalar.Type, Integer> known = types(like);
    Scalar.Type only = known.size() == 1 ? known.keySet().iterator().next() : Scalar.Type.NONE;
    codec.decode(cells, row, only, value);
    boolean isOther = !known.isEmpty() && !known.containsKey(value.type);
    if (isOther && !isTold && !isNumber(known)) {
      // As where a save has texts in place of dates: its application expects no date there.
      return NO_FORM;
    }
    int before = known.getOrDefault(value.type, MappingWalk.ABSENT);
    if (before != MappingWalk.ABSENT && isCall(before) && !areOfOneCall(before, like)) {
      if (areCalls(values.type(before), like)) {
        // Of which class it is nobody says, and a plain value never stood there.
        return NO_FORM;
      }
      before = MappingWalk.ABSENT;
    }
    if ((value.type == Scalar.Type.TEXT && areOfTwoKinds(like, Kind.STR, Kind.PY2_STR))
        || (value.type == Scalar.Type.BYTES && areOfTwoKinds(like, Kind.BYTES, Kind.BYTEARRAY))) {
      before = MappingWalk.ABSENT;
    }
    if (value.type == Scalar.Type.INSTANT) {
      boolean isKept = former >= 0 && values.type(former) == Scalar.Type.INSTANT;
      before = isKept ? former : before;
      Zone zone =
          before == MappingWalk.ABSENT ? new Zone.Fixed(0) : values.zones().of(values.zone(before));
      Zone.Wall wall = zone.at(value.number);
      if (wall.offset() == Zone.NONE) {
        return NO_FORM;
      }
      value.zone = wall.offset();
      value.fold = wall.fold();
    }
    return editor.value(value, before, values);
  }

  /** Whether the value is a number, and stands among numbers of other types. */
  private boolean isNumber(Map<Scalar.Type, Integer> known) {
    return isNumber(value.type) && known.keySet().stream().allMatch(BornValues::isNumber);
  }

  private static boolean isNumber(Scalar.Type type) {
    return switch (type) {
      case BOOL, INT, FLOAT, DECIMAL -> true;
      default -> false;
    };
  }

  /** Of each type the first value that has it. */
  private Map<Scalar.Type, Integer> types(Like like) {
    return types.computeIfAbsent(like, of -> typesOf(of.nodes()));
  }

  private Map<Scalar.Type, Integer> typesOf(int[] like) {
    Map<Scalar.Type, Integer> types = new EnumMap<>(Scalar.Type.class);
    for (int node : like) {
      Scalar.Type type = values.type(node);
      if (type != Scalar.Type.NONE && type != Scalar.Type.OTHER) {
        types.putIfAbsent(type, node);
      }
    }
    return types;
  }

  /** Whether there is text of Python 2 and such that all Pythons have. */
  private boolean areOfTwoKinds(Like like, Kind one, Kind other) {
    return like.any(one.name(), node -> meaning.kind(node) == one)
        && like.any(other.name(), node -> meaning.kind(node) == other);
  }

  private boolean isCall(int node) {
    Kind kind = meaning.kind(node);
    return kind == Kind.CALL || kind == Kind.OBJECT || values.isNamed(node);
  }

  private boolean areCalls(Scalar.Type type, Like like) {
    return like.all(List.of("calls", type), node -> values.type(node) != type || isCall(node));
  }

  /** Whether all values of the type are what one class, as that of an enum, makes. */
  private boolean areOfOneCall(int before, Like like) {
    Scalar.Type type = values.type(before);
    String name = name(before);
    return like.all(
        List.of("calls of", type, name),
        node -> values.type(node) != type || (isCall(node) && name(node).equals(name)));
  }

  /** The class, in whichever form its members are written: the first that is there is taken. */
  private String name(int node) {
    int callable = values.isNamed(node) ? values.namedClass(node) : meaning.callable(node);
    return meaning.kind(callable) == Kind.GLOBAL ? meaning.globalName(callable) : "";
  }
}
