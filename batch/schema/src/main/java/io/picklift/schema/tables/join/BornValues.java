package io.picklift.schema.tables.join;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.tables.edit.GraphEditor;
import io.picklift.schema.tables.values.ColumnCodec;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.zones.Zone;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Plain values of rows that are new, made like the values that stand in their place elsewhere. */
final class BornValues {
  static final int NO_FORM = -1;

  private final Meaning meaning;
  private final NodeValueReader values;
  private final GraphEditor editor;
  private final Scalar value = new Scalar();

  BornValues(Meaning meaning, NodeValueReader values, GraphEditor editor) {
    this.meaning = meaning;
    this.values = values;
    this.editor = editor;
  }

  /** What a value is that another one may be made like: of one form all are as good. */
  String form(int node) {
    return values.type(node) + " " + meaning.kind(node) + (isCall(node) ? " " + name(node) : "");
  }

  /** Whether any of these is not None. */
  boolean isAny(int[] like) {
    return Arrays.stream(like).anyMatch(node -> meaning.kind(node) != Kind.NONE);
  }

  /** Whether any of these is a plain value. */
  boolean isAnyPlain(int[] like) {
    return !types(like).isEmpty();
  }

  /**
   * The value of a cell that is not NULL; {@link #NO_FORM} where the protocol has none for it.
   *
   * @param codec null of a JSON column
   * @param like values that stand in its place elsewhere in the save
   */
  int value(@Nullable ColumnCodec codec, ColumnData cells, int row, int[] like) {
    if (codec == null) {
      Object document = JsonReader.document(cells, row);
      boolean isNew =
          !hasForm(document) && !isTooLong(document) && Arrays.stream(like).allMatch(this::isJson);
      return isNew ? json(document, -1) : NO_FORM;
    }
    Map<Scalar.Type, Integer> known = types(like);
    Scalar.Type only = known.size() == 1 ? known.keySet().iterator().next() : Scalar.Type.NONE;
    codec.decode(cells, row, only, value);
    if (!known.isEmpty() && !known.containsKey(value.type) && !isNumber(known)) {
      // As where a save has texts in place of dates: its application expects no date there.
      return NO_FORM;
    }
    int before = known.getOrDefault(value.type, MappingWalk.ABSENT);
    if (before != MappingWalk.ABSENT && isCall(before) && !areOfOneCall(before, like)) {
      before = MappingWalk.ABSENT;
    }
    if (value.type == Scalar.Type.TEXT && areOfTwoKinds(like)) {
      before = MappingWalk.ABSENT;
    }
    if (value.type == Scalar.Type.INSTANT) {
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
  private Map<Scalar.Type, Integer> types(int[] like) {
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
  private boolean areOfTwoKinds(int[] like) {
    return Arrays.stream(like).anyMatch(node -> meaning.kind(node) == Kind.STR)
        && Arrays.stream(like).anyMatch(node -> meaning.kind(node) == Kind.PY2_STR);
  }

  private boolean isCall(int node) {
    Kind kind = meaning.kind(node);
    return kind == Kind.CALL || kind == Kind.OBJECT;
  }

  /** Whether all values of the type are what one class, as that of an enum, makes. */
  private boolean areOfOneCall(int before, int[] like) {
    Scalar.Type type = values.type(before);
    String name = name(before);
    for (int node : like) {
      if (values.type(node) == type && !(isCall(node) && name(node).equals(name))) {
        return false;
      }
    }
    return true;
  }

  private String name(int node) {
    int callable = meaning.callable(node);
    return meaning.kind(callable) == Kind.GLOBAL ? meaning.globalName(callable) : "";
  }

  /**
   * Names in the order of their bytes: servers give the keys of a document in orders of their own.
   */
  static List<String> sorted(Collection<?> names) {
    return names.stream()
        .map(String::valueOf)
        .sorted(
            (one, other) ->
                Arrays.compareUnsigned(
                    one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  /** Whether a document has an object that stands for what JSON has no type for. */
  static boolean hasForm(Object document) {
    if (document instanceof Map<?, ?> map) {
      return JsonReader.isForm(map) || map.values().stream().anyMatch(BornValues::hasForm);
    }
    return document instanceof List<?> list && list.stream().anyMatch(BornValues::hasForm);
  }

  /** Whether a document has a number that another one would not give back. */
  static boolean isTooLong(Object document) {
    if (document instanceof Map<?, ?> map) {
      return map.values().stream().anyMatch(BornValues::isTooLong);
    }
    return document instanceof BigInteger
        || (document instanceof List<?> list && list.stream().anyMatch(BornValues::isTooLong));
  }

  /** Whether a value is one that a document gives. */
  boolean isJson(int node) {
    return switch (meaning.kind(node)) {
      case NONE, BOOL, INT, FLOAT, STR, PY2_STR -> true;
      case LIST -> Arrays.stream(meaning.items(node)).allMatch(this::isJson);
      case DICT -> {
        int[] pairs = meaning.items(node);
        boolean isJson = true;
        for (int i = 0; i < pairs.length; i += 2) {
          isJson &= meaning.isText(pairs[i]) && isJson(pairs[i + 1]);
        }
        yield isJson;
      }
      default -> false;
    };
  }

  /**
   * What a document says, as {@code json.loads} gives it.
   *
   * @param like a text that texts are made like; negative for none
   */
  int json(Object document, int like) {
    if (document instanceof Map<?, ?> map) {
      int[] pairs = new int[2 * map.size()];
      int at = 0;
      for (String name : sorted(map.keySet())) {
        pairs[at++] = like < 0 ? editor.name(name) : text(name, like);
        pairs[at++] = json(Objects.requireNonNull(map.get(name)), like);
      }
      return editor.dict(pairs);
    }
    if (document instanceof List<?> list) {
      return editor.list(list.stream().mapToInt(member -> json(member, like)).toArray());
    }
    if (document instanceof String text) {
      return text(text, like);
    } else if (document instanceof Boolean bool) {
      value.number(Scalar.Type.BOOL, bool ? 1 : 0);
    } else if (document instanceof Long number) {
      value.number(Scalar.Type.INT, number);
    } else if (document instanceof BigInteger number) {
      value.big(number);
    } else if (document instanceof Double number) {
      value.real(number);
    } else {
      value.none();
    }
    return editor.value(value);
  }

  private int text(String text, int like) {
    value.bytes(Scalar.Type.TEXT, text.getBytes(StandardCharsets.UTF_8));
    return like < 0 ? editor.value(value) : editor.value(value, like, values);
  }
}
