package io.picklift.schema.tables.join;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.edit.GraphEditor;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Values that no column shows: what all members of a place agree on is what a new member gets, a
 * list, dict or object of its own.
 */
final class LikeMembers {
  /** What is deeper or larger than this agrees with nothing: it is no default. */
  private static final int MOST_STEPS = 2_000;

  private static final int DEEPEST = 50;

  private final Meaning meaning;
  private final SaveGraph graph;
  private final Likes likes;
  private final GraphEditor editor;
  private final NodeValueReader values;
  private int steps;

  LikeMembers(Meaning meaning, NodeValueReader values, Likes likes, GraphEditor editor) {
    this.values = values;
    this.meaning = meaning;
    graph = meaning.graph();
    this.likes = likes;
    this.editor = editor;
  }

  /** Whether all these values are equal: types, values and order. */
  boolean agree(int[] nodes) {
    for (int i = 1; i < nodes.length; i++) {
      steps = 0;
      if (!same(nodes[0], nodes[i], 0)) {
        return false;
      }
    }
    return nodes.length > 0 && likes.isDefault(nodes[0]);
  }

  /** Whether two lists of values are equal, member by member. */
  boolean agree(int[] ones, int[] others) {
    steps = 0;
    return same(ones, others, 0) && Arrays.stream(ones).allMatch(likes::isDefault);
  }

  private boolean same(int one, int other, int depth) {
    if (one == other) {
      return true;
    }
    if (graph.kind(one) != graph.kind(other) || depth > DEEPEST || ++steps > MOST_STEPS) {
      return false;
    }
    return switch (graph.kind(one)) {
      case NONE -> true;
      case BOOL -> meaning.isTrue(one) == meaning.isTrue(other);
      case INT -> meaning.bigInteger(one).equals(meaning.bigInteger(other));
      case FLOAT -> Double.compare(meaning.floatValue(one), meaning.floatValue(other)) == 0;
      case STR, PY2_STR, BYTES, BYTEARRAY ->
          Arrays.equals(meaning.bytes(one), meaning.bytes(other));
      case GLOBAL -> meaning.globalName(one).equals(meaning.globalName(other));
      case LIST, TUPLE, DICT, SET, FROZENSET ->
          same(meaning.items(one), meaning.items(other), depth);
      case OBJECT, CALL -> sameMade(one, other, depth);
      default -> false;
    };
  }

  private boolean sameMade(int one, int other, int depth) {
    // What has a row of its own is itself and no other.
    return !likes.hasRow(one)
        && !likes.hasRow(other)
        && graph.op(one) == graph.op(other)
        && same(meaning.callable(one), meaning.callable(other), depth + 1)
        && same(meaning.arguments(one), meaning.arguments(other), depth)
        && same(meaning.keywords(one), meaning.keywords(other), depth)
        && same(meaning.states(one), meaning.states(other), depth)
        && same(meaning.appended(one), meaning.appended(other), depth)
        && same(meaning.entries(one), meaning.entries(other), depth);
  }

  private boolean same(int[] ones, int[] others, int depth) {
    if (ones.length != others.length) {
      return false;
    }
    for (int i = 0; i < ones.length; i++) {
      if (!same(ones[i], others[i], depth + 1)) {
        return false;
      }
    }
    return true;
  }

  /** What is made as another object was, with arguments of its own. */
  int made(int node) {
    return made(node, new HashMap<>());
  }

  private int made(int node, Map<Integer, Integer> made) {
    return Op.isHolding(graph.op(node))
        ? editor.like(node)
        : editor.like(node, argument -> copy(argument, made));
  }

  private boolean isMutable(int node) {
    return switch (graph.kind(node)) {
      case LIST, DICT, SET, BYTEARRAY -> true;
      case OBJECT, CALL -> values.type(node) == Scalar.Type.OTHER;
      default -> false;
    };
  }

  /**
   * What a new object has where no column shows what others of its kind have: the value on which
   * they agree, as its own. What they all have is one, such as the save itself, is no copy.
   *
   * @param examples the other objects
   * @param there their values
   * @param table of the new one's row
   * @param owner the object that owns the new one's row; negative where that is new as well, or
   *     none
   * @param ownerOf the same of an example
   * @return negative where they do not agree
   */
  int agreed(Like examples, Like there, int table, int owner, IntUnaryOperator ownerOf) {
    if (there.isEmpty() || there.size() != examples.size()) {
      return BornRows.NOTHING;
    }
    int first = there.first();
    if (isMutable(first)) {
      boolean isOne = there.all("one", node -> node == first);
      int[] of = examples.nodes();
      if (there.holds("themselves", nodes -> anyPlace(nodes, i -> nodes[i] == of[i]))) {
        return BornRows.NOTHING;
      }
      if (isOne && first == likes.root()) {
        return first;
      }
      if (!there.holds(
          List.of("others than owners", table),
          nodes -> anyPlace(nodes, i -> ownerOf.applyAsInt(of[i]) != nodes[i]))) {
        return owner < 0 ? BornRows.NOTHING : owner;
      }
      // What another save has is not this one's.
      if (isOne && likes.isOwn(first) && (there.size() > 1 || likes.hasRow(first))) {
        return first;
      }
    }
    return there.any("leading back", this::isLeadingBack) || !there.holds("agree", this::agree)
        ? BornRows.NOTHING
        : copy(first);
  }

  private static boolean anyPlace(int[] nodes, IntPredicate is) {
    return IntStream.range(0, nodes.length).anyMatch(is);
  }

  /** Whether a value leads to the save itself, or to a member of a container that rows show. */
  private boolean isLeadingBack(int node) {
    steps = 0;
    return isLeadingBack(node, 0);
  }

  private boolean isLeadingBack(int node, int depth) {
    if (likes.hasRow(node)) {
      return false;
    }
    if ((isMutable(node) && likes.isMember(node)) || depth > DEEPEST || ++steps > MOST_STEPS) {
      return true;
    }
    IntStream members =
        switch (graph.kind(node)) {
          case LIST, TUPLE, DICT, SET, FROZENSET -> Arrays.stream(meaning.items(node));
          case OBJECT, CALL ->
              Stream.of(
                      meaning.arguments(node),
                      meaning.keywords(node),
                      meaning.states(node),
                      meaning.appended(node),
                      meaning.entries(node))
                  .flatMapToInt(Arrays::stream);
          default -> IntStream.empty();
        };
    return members.anyMatch(member -> isLeadingBack(member, depth + 1));
  }

  /** A value of its own: what can be changed is made anew, all else is shared. */
  int copy(int node) {
    return copy(node, new HashMap<>());
  }

  private int copy(int node, Map<Integer, Integer> made) {
    Integer known = made.get(node);
    if (known != null) {
      return known;
    }
    switch (graph.kind(node)) {
      case TUPLE -> {
        int[] members = meaning.items(node);
        int[] copies = Arrays.stream(members).map(member -> copy(member, made)).toArray();
        return Arrays.equals(members, copies) ? node : editor.tupleOf(copies);
      }
      case LIST, DICT, SET -> {
        if (graph.op(node) == Op.REDUCE_SET) {
          return made(node, made);
        }
        int copy = editor.container(graph.op(node));
        made.put(node, copy);
        boolean isPairs = graph.kind(node) == Kind.DICT;
        fill(copy, graph.op(node), isPairs, meaning.items(node), made);
        return copy;
      }
      case BYTEARRAY -> {
        return editor.bytesLike(node, meaning.bytes(node));
      }
      case OBJECT, CALL -> {
        if (!isMutable(node) || likes.hasRow(node)) {
          return node;
        }
        int copy = made(node, made);
        made.put(node, copy);
        if (!Op.isHolding(graph.op(node))) {
          fill(copy, graph.op(node), false, meaning.appended(node), made);
          fill(copy, graph.op(node), true, meaning.entries(node), made);
        }
        for (int state : meaning.states(node)) {
          editor.build(copy, copy(state, made));
        }
        return copy;
      }
      default -> {
        return node;
      }
    }
  }

  private void fill(int copy, int op, boolean isPairs, int[] nodes, Map<Integer, Integer> made) {
    int[] copies = Arrays.stream(nodes).map(member -> copy(member, made)).toArray();
    editor.fill(copy, op, isPairs, copies);
  }
}
