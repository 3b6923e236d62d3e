package io.picklift.schema.tables.join;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.edit.Containers;
import io.picklift.schema.tables.edit.GraphEditor;
import java.util.Arrays;
import java.util.stream.IntStream;

/** New containers, made like one that stands in their place. */
final class BornContainers {
  private final Meaning meaning;
  private final SaveGraph graph;
  private final GraphEditor editor;
  private final Likes likes;
  private final LikeMembers members;
  private final BornClasses classes;

  BornContainers(
      Meaning meaning, GraphEditor editor, Likes likes, LikeMembers members, BornClasses classes) {
    this.meaning = meaning;
    graph = meaning.graph();
    this.editor = editor;
    this.likes = likes;
    this.members = members;
    this.classes = classes;
  }

  /** The first value that is a container; -1 where there is none. */
  int firstContainer(Like like) {
    return like.number(
        "container",
        nodes -> Arrays.stream(nodes).filter(this::isContainer).findFirst().orElse(-1));
  }

  private boolean isContainer(int node) {
    return Containers.holder(meaning, node).node() >= 0;
  }

  /**
   * Whether all containers among these are as one is: of one kind, and of one class where they are
   * objects. Where the save has any of its own, those count alone.
   */
  boolean areOfOneForm(Like like, int container) {
    return like.holds("of one form", nodes -> areOfOneForm(nodes, container));
  }

  private boolean areOfOneForm(int[] like, int container) {
    boolean isMade = graph.kind(container) == Kind.OBJECT || graph.kind(container) == Kind.CALL;
    return Arrays.stream(like)
        .filter(node -> likes.isOwn(node) == likes.isOwn(container) && isContainer(node))
        .allMatch(
            node ->
                graph.kind(node) == graph.kind(container)
                    && (!isMade
                        || (classes.name(node).equals(classes.name(container))
                            && areGivenAlike(node, container))));
  }

  /** Whether two containers were given the same, but for their members: a maxlen, a factory. */
  private boolean areGivenAlike(int one, int other) {
    int[] ones = meaning.arguments(one);
    int[] others = meaning.arguments(other);
    return ones.length == others.length
        && IntStream.range(0, ones.length)
            .allMatch(
                i ->
                    graph.kind(ones[i]) == Kind.LIST
                        || graph.kind(ones[i]) == Kind.DICT
                        || members.agree(new int[] {ones[i], others[i]}));
  }

  /** A new container of the kind of one that is there; -1 where it has no such form. */
  int container(int like, Containers.Holder holder, boolean isKeyed, int[] members) {
    int op = graph.op(like);
    switch (graph.kind(like)) {
      case TUPLE -> {
        return editor.tupleOf(members);
      }
      case LIST, DICT -> {
        int made = editor.container(op);
        editor.fill(made, op, isKeyed, members);
        return made;
      }
      case SET, FROZENSET -> {
        return editor.set(like, members);
      }
      default -> {
        boolean isPlain =
            !Op.isHolding(op) && SaveGraph.isConstructed(op) && meaning.states(like).length == 0;
        if (isPlain && holder.node() != like) {
          return given(like, holder, members);
        }
        if (!isPlain || !isAddedTo(like)) {
          return -1;
        }
        int made = editor.like(like);
        editor.fill(made, op, isKeyed, members);
        return made;
      }
    }
  }

  /**
   * One that is called with a list or dict of its members, as a Counter is, and Python 2's deque;
   * -1 where another value holds them.
   */
  private int given(int like, Containers.Holder holder, int[] members) {
    int held =
        switch (graph.kind(holder.node())) {
          case LIST -> editor.list(holder.isListed() ? editor.listed(members) : members);
          case DICT -> editor.dict(members);
          default -> -1;
        };
    int[] arguments = meaning.arguments(like).clone();
    for (int i = 0; held >= 0 && i < arguments.length; i++) {
      if (arguments[i] == holder.node()) {
        arguments[i] = held;
        return editor.like(like, of -> editor.tupleOf(arguments));
      }
    }
    return -1;
  }

  /** A new dict of the library's of these keys and values; -1 where it has no such form. */
  int keyed(int like, int[] pairs) {
    return container(like, Containers.holder(meaning, like), true, pairs);
  }

  /**
   * Whether it is a dict of the library's, such as an OrderedDict or a Counter, and nothing
   * besides.
   */
  boolean isKeyed(int node) {
    Containers.Holder holder = Containers.holder(meaning, node);
    boolean isMade = graph.kind(node) == Kind.OBJECT || graph.kind(node) == Kind.CALL;
    boolean isKnown = meaning.wellKnown(node) instanceof WellKnown.Container;
    return isMade
        && holder.isKeyed()
        && (isKnown || graph.kind(holder.node()) == Kind.DICT)
        && meaning.states(node).length == 0
        && !Op.isHolding(graph.op(node))
        && (holder.node() != node || isAddedTo(node));
  }

  /**
   * Whether it is called with a dict of its members, as a Counter is, in which None has no place.
   */
  boolean isCounter(int node) {
    return isKeyed(node) && Containers.holder(meaning, node).node() != node;
  }

  /** Its keys and values. */
  int[] pairs(int node) {
    if (meaning.wellKnown(node) instanceof WellKnown.Container container) {
      return meaning.toArray(container.members());
    }
    int holder = Containers.holder(meaning, node).node();
    return holder >= 0 && graph.kind(holder) == Kind.DICT ? meaning.items(holder) : new int[0];
  }

  /** Whether nothing that it was given stands for members: those are added. */
  boolean isAddedTo(int node) {
    return Arrays.stream(meaning.arguments(node))
        .noneMatch(
            argument ->
                switch (graph.kind(argument)) {
                  case LIST, DICT -> meaning.items(argument).length > 0;
                  default -> false;
                });
  }
}
