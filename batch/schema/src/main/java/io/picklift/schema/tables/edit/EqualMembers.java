package io.picklift.schema.tables.edit;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.schema.tables.values.CellText;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.ObjectPaths;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sets whose members, and dicts whose keys, an edit has made equal, of which Python would keep one;
 * and members that cannot be in a set.
 */
public final class EqualMembers {
  private final Meaning meaning;
  private final NodeValueReader values;
  private final ObjectPaths paths;
  private final KeyTexts keys;
  private final Scalar value = new Scalar();

  public EqualMembers(Meaning meaning, NodeValueReader values, ObjectPaths paths) {
    this.meaning = meaning;
    this.values = values;
    this.paths = paths;
    keys = new KeyTexts(meaning, values);
  }

  /** The first set or dict that Python could not have; null where there is none. */
  public @Nullable Wrong first() {
    for (int node = 0; node < meaning.graph().size(); node++) {
      String why =
          meaning.references(node) > 0 || node == meaning.graph().root() ? why(node) : null;
      if (why != null) {
        return new Wrong(paths.value(node), why);
      }
    }
    return null;
  }

  private @Nullable String why(int node) {
    return switch (meaning.kind(node)) {
      case SET, FROZENSET -> whyNoSet(node);
      case DICT -> whyNoDict(meaning.pairs(node));
      case OBJECT, CALL ->
          meaning.wellKnown(node) instanceof WellKnown.Container container && container.isKeyed()
              ? whyNoDict(meaning.toArray(container.members()))
              : null;
      default -> null;
    };
  }

  /** Of keys that are plain values none are equal any more. */
  private @Nullable String whyNoDict(int[] pairs) {
    Set<String> met = new HashSet<>();
    for (int i = 0; i < pairs.length; i += 2) {
      boolean isPlain =
          switch (meaning.kind(pairs[i])) {
            case OBJECT, CALL, TUPLE, FROZENSET, GLOBAL -> false;
            default -> true;
          };
      if (!isPlain && !met.add(keys.of(pairs[i]))) {
        return "has two keys that are equal"
            + shown(pairs[i])
            + ", of which Python keeps one: change or delete one of their rows";
      }
    }
    return null;
  }

  private String shown(int key) {
    values.read(key, value);
    return switch (value.type) {
      case TEXT, DATE, DATETIME, TIME, UUID, DECIMAL -> ", " + CellText.of(value);
      case INT -> value.isBig ? "" : ", " + value.number;
      default -> "";
    };
  }

  /** What is wrong, and where. */
  public record Wrong(String path, String why) {}

  private @Nullable String whyNoSet(int set) {
    Set<String> met = new HashSet<>();
    for (int member : meaning.items(set)) {
      if (!isHashable(member)) {
        return "has a list, dict or set as a member, which Python cannot make";
      }
      if (!met.add(keys.of(member))) {
        return "has two members that are equal"
            + shown(member)
            + ", of which Python keeps one: change or delete one";
      }
    }
    return null;
  }

  private boolean isHashable(int node) {
    return switch (meaning.kind(node)) {
      case LIST, DICT, SET, BYTEARRAY -> false;
      case TUPLE -> Arrays.stream(meaning.items(node)).allMatch(this::isHashable);
      default -> true;
    };
  }
}
