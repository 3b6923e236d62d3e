package io.picklift.schema.tables.join;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.schema.tables.values.CellText;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.ObjectPaths;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sets whose members an edit has made equal, of which Python would keep one, and members that
 * cannot be in a set.
 */
final class EqualMembers {
  private final Meaning meaning;
  private final NodeValueReader values;
  private final ObjectPaths paths;
  private final Scalar value = new Scalar();

  EqualMembers(Meaning meaning, NodeValueReader values, ObjectPaths paths) {
    this.meaning = meaning;
    this.values = values;
    this.paths = paths;
  }

  void check() throws JoinException {
    for (int node = 0; node < meaning.graph().size(); node++) {
      Kind kind = meaning.kind(node);
      if ((kind == Kind.SET || kind == Kind.FROZENSET) && meaning.references(node) > 0) {
        check(node);
      }
    }
  }

  private void check(int set) throws JoinException {
    Set<String> met = new HashSet<>();
    for (int member : meaning.items(set)) {
      if (!isHashable(member)) {
        throw refused(set, "has a list, dict or set as a member, which Python cannot make");
      }
      if (!met.add(key(member))) {
        throw refused(set, "has two members that are equal now, of which Python keeps one");
      }
    }
  }

  private JoinException refused(int set, String why) {
    return new JoinException(JoinException.Reason.CELL, RowEdits.shown(paths.value(set)), why);
  }

  private boolean isHashable(int node) {
    return switch (meaning.kind(node)) {
      case LIST, DICT, SET, BYTEARRAY -> false;
      case TUPLE -> Arrays.stream(meaning.items(node)).allMatch(this::isHashable);
      default -> true;
    };
  }

  /** What members that are equal have in common; of other objects their own number. */
  private String key(int node) {
    if (meaning.kind(node) == Kind.TUPLE) {
      return Arrays.stream(meaning.items(node))
          .mapToObj(this::key)
          .map(key -> key.length() + ":" + key)
          .collect(Collectors.joining());
    }
    values.read(node, value);
    boolean isMade = meaning.kind(node) == Kind.OBJECT || meaning.kind(node) == Kind.CALL;
    String name = isMade && value.type != Scalar.Type.DECIMAL ? name(node) : "";
    return switch (value.type) {
      case NONE -> "None";
      case BOOL -> name + number(BigDecimal.valueOf(value.number));
      case INT ->
          name + number(value.isBig ? new BigDecimal(value.big) : BigDecimal.valueOf(value.number));
      case FLOAT ->
          Double.isFinite(value.real) ? name + number(new BigDecimal(value.real)) : "#" + node;
      case DECIMAL -> decimal(CellText.of(value), node);
      case TEXT, DATE, DATETIME, TIME, UUID -> {
        String kind = value.type == Scalar.Type.TEXT ? "text" : value.type.toString();
        yield name + " " + kind + " " + CellText.of(value);
      }
      default -> "#" + node;
    };
  }

  private static String decimal(String digits, int node) {
    try {
      return number(new BigDecimal(digits));
    } catch (NumberFormatException e) {
      return "#" + node;
    }
  }

  private static String number(BigDecimal number) {
    boolean isShort = Math.abs(number.scale()) < 400;
    return "number " + (isShort ? number.stripTrailingZeros().toString() : number.toString());
  }

  private String name(int node) {
    int callable = meaning.callable(node);
    return meaning.kind(callable) == Kind.GLOBAL ? meaning.globalName(callable) : "#" + node;
  }
}
