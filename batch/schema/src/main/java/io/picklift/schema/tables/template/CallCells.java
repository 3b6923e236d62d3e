package io.picklift.schema.tables.template;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.WalkPlan;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which columns show values that are calls of a class with one plain argument, as members of enums
 * are. Python has each member once: a save has no more objects of an enum than that has members,
 * however often it refers to them.
 */
public final class CallCells {
  /** Python's own, which are calls of any text or number. */
  private static final Set<String> LIBRARIES =
      Set.of(
          "__builtin__",
          "_codecs",
          "builtins",
          "collections",
          "datetime",
          "decimal",
          "fractions",
          "ipaddress",
          "pathlib",
          "re",
          "uuid");

  private final WalkPlan plan;
  private final Map<Column, Set<String>> columns = new LinkedHashMap<>();
  private final Map<String, Long> places = new HashMap<>();
  private final Map<String, Integer> most = new HashMap<>();
  private final Set<String> owned = new HashSet<>();

  /** A column of a table. */
  public record Column(String table, String column) {}

  CallCells(WalkPlan plan) {
    this.plan = plan;
  }

  /** The classes of the calls that each column shows. */
  public Map<Column, Set<String>> columns() {
    return columns;
  }

  /**
   * Whether a save shows calls of a class that the tables own: what its cells say may be an edit.
   */
  public boolean isOwned(String className) {
    return owned.contains(className);
  }

  /** How many cells of the saves that the source owns show a call of a class. */
  public long places(String className) {
    return places.getOrDefault(className, 0L);
  }

  /** The most objects that one of these saves has that are calls of a class. */
  public int mostObjects(String className) {
    return most.getOrDefault(className, 0);
  }

  static boolean isValue(StoredColumn column) {
    return column.role() == StoredColumn.Role.VALUE || column.role() == StoredColumn.Role.KEY;
  }

  /** Whether a value is the call of a class of an application with one text or whole number. */
  static boolean isCall(Meaning meaning, NodeValueReader values, int node) {
    if (node < 0 || meaning.graph().op(node) != Op.REDUCE) {
      return false;
    }
    Scalar.Type type = values.type(node);
    boolean isOne =
        (type == Scalar.Type.TEXT || type == Scalar.Type.INT)
            && values.isCallOf(node, type)
            && meaning.kind(meaning.callable(node)) == Kind.GLOBAL;
    String name = isOne ? meaning.className(meaning.callable(node)) : null;
    int dot = name == null ? -1 : name.indexOf('.');
    return name != null && dot > 0 && !LIBRARIES.contains(name.substring(0, dot));
  }

  /** A value as a column shows it, as text; null of what is neither text nor a whole number. */
  static @Nullable String text(Scalar value) {
    return switch (value.type) {
      case INT -> (value.isBig ? value.big : BigInteger.valueOf(value.number)).toString();
      case TEXT -> new String(value.bytes, value.offset, value.length, StandardCharsets.UTF_8);
      default -> null;
    };
  }

  /** The cells of one save. */
  final class OfSave {
    private final Meaning meaning;
    private final NodeValueReader values;
    private final boolean isOwned;
    private final Map<String, Set<Integer>> objects = new HashMap<>();

    /**
     * Looks at one.
     *
     * @param isOwned whether the tables own it
     */
    OfSave(Meaning meaning, NodeValueReader values, boolean isOwned) {
      this.meaning = meaning;
      this.values = values;
      this.isOwned = isOwned;
    }

    void row(int table, int[] nodes) {
      var of = plan.mapping.tables().get(table);
      for (int i = 0; i < of.stored().size(); i++) {
        String name =
            isValue(of.stored().get(i)) && isCall(meaning, values, nodes[i])
                ? meaning.className(meaning.callable(nodes[i]))
                : null;
        if (name != null) {
          columns
              .computeIfAbsent(
                  new Column(of.name(), of.stored().get(i).name()), k -> new TreeSet<>())
              .add(name);
          if (isOwned) {
            owned.add(name);
          } else {
            places.merge(name, 1L, Long::sum);
            objects.computeIfAbsent(name, k -> new HashSet<>()).add(nodes[i]);
          }
        }
      }
    }

    void end() {
      objects.forEach((name, nodes) -> most.merge(name, nodes.size(), Math::max));
    }
  }
}
