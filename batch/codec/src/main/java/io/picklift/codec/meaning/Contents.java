package io.picklift.codec.meaning;

import io.picklift.codec.model.Kind;

/**
 * What values hold as containers, attributes apart: one dispatch for all that walk a graph. An
 * object or call holds what was set on it, else what was appended to it; where there is neither,
 * the members of the container that is its only argument, as a {@code Counter} or a subclass of
 * {@code set} has them.
 */
public final class Contents {
  private static final int NONE = -1;

  private final Meaning meaning;

  Contents(Meaning meaning) {
    this.meaning = meaning;
  }

  /** Shows the members of a value; nothing where it is no container. */
  public void visit(int node, MemberVisitor visitor) {
    switch (meaning.kind(node)) {
      case LIST, TUPLE, SET, FROZENSET -> visitor.items(node, meaning.itemSpan(node));
      case DICT -> visitor.pairs(node, meaning.itemSpan(node));
      case OBJECT, CALL -> made(node, visitor);
      default -> {}
    }
  }

  private void made(int node, MemberVisitor visitor) {
    WellKnown known = meaning.wellKnown(node);
    if (known instanceof WellKnown.Container container) {
      container.visit(node, visitor);
    } else if (known == null) {
      int argument = argument(node);
      if (argument >= 0) {
        visit(argument, visitor);
      } else {
        given(node, visitor);
      }
    }
  }

  private void given(int node, MemberVisitor visitor) {
    long entries = meaning.entrySpan(node);
    if (Span.count(entries) > 0) {
      visitor.pairs(node, entries);
    } else {
      visitor.items(node, meaning.appendedSpan(node));
    }
  }

  /**
   * The container that an object or call was given as its only argument; -1 where there is none, or
   * where it was given members besides.
   */
  public int argument(int node) {
    long arguments = meaning.argumentSpan(node);
    if (Span.count(arguments) != 1
        || Span.count(meaning.entrySpan(node)) > 0
        || Span.count(meaning.appendedSpan(node)) > 0) {
      return NONE;
    }
    int argument = meaning.member(Span.start(arguments));
    return isContainer(meaning.kind(argument)) ? argument : NONE;
  }

  private static boolean isContainer(Kind kind) {
    return switch (kind) {
      case DICT, LIST, TUPLE, SET, FROZENSET -> true;
      default -> false;
    };
  }
}
