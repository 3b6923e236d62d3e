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
        return set(like, op, members);
      }
      default -> {
        boolean isFull =
            meaning.wellKnown(like) instanceof WellKnown.Deque deque
                && deque.maxlen() >= 0
                && members.length > deque.maxlen();
        boolean isPlain =
            holder.node() == like
                && !Op.isHolding(op)
                && SaveGraph.isConstructed(op)
                && meaning.states(like).length == 0
                && isAddedTo(like);
        if (isFull || !isPlain) {
          return -1;
        }
        int made = editor.like(like);
        editor.fill(made, op, isKeyed, members);
        return made;
      }
    }
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

  private int set(int like, int op, int[] members) {
    if (op == Op.FROZENSET) {
      return editor.members(op, members);
    }
    if (op == Op.EMPTY_SET) {
      int made = editor.container(op);
      editor.fill(made, op, false, members);
      return made;
    }
    int arguments = editor.tupleOf(new int[] {editor.list(members)});
    return editor.made(op, graph.edge(graph.a(like)), arguments, members.length);
  }
}
