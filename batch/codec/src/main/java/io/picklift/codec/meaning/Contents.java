package io.picklift.codec.meaning;

import io.picklift.codec.model.Kind;

/**
 * What values hold as containers, attributes apart: one dispatch for all that walk a graph. An
 * object or call holds what was set on it, else what was appended to it; where there is neither,
 * the members of a container that it was given ({@link #argument}, {@link #stateSet}).
 */
public final class Contents {
  /** No span. */
  public static final long NO_PLACES = -1;

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
      int held = stateSet(node);
      if (held < 0) {
        held = argument(node);
      }
      if (held < 0) {
        given(node, visitor);
      } else {
        Long pairs = meaning.pairsOfList(node);
        if (pairs == null) {
          visit(held, visitor);
        } else {
          visitor.pairs(held, pairs);
        }
      }
    }
  }

  private void given(int node, MemberVisitor visitor) {
    long entries = meaning.entrySpan(node);
    if (MemberSpan.count(entries) > 0) {
      visitor.pairs(node, entries);
    } else {
      visitor.items(node, meaning.appendedSpan(node));
    }
  }

  /**
   * The container that an object or call was given as its only argument, as a {@code Counter} and a
   * subclass of {@code set} are, or before a length or None, as Python 2 gives a subclass of {@code
   * deque} its members; -1 where there is none, or where it was given members besides.
   */
  public int argument(int node) {
    long arguments = meaning.argumentSpan(node);
    int count = MemberSpan.count(arguments);
    if (count == 0 || count > 2 || hasMembers(node)) {
      return NONE;
    }
    int argument = meaning.member(MemberSpan.start(arguments));
    Kind kind = meaning.kind(argument);
    if (count == 2) {
      Kind length = meaning.kind(meaning.member(MemberSpan.start(arguments) + 1));
      boolean isDeque =
          kind == Kind.LIST
              && meaning.kind(node) == Kind.CALL
              && (length == Kind.NONE || length == Kind.INT);
      return isDeque ? argument : NONE;
    }
    return isContainer(kind) ? argument : NONE;
  }

  private boolean hasMembers(int node) {
    return MemberSpan.count(meaning.entrySpan(node)) > 0
        || MemberSpan.count(meaning.appendedSpan(node)) > 0;
  }

  private static boolean isContainer(Kind kind) {
    return switch (kind) {
      case DICT, LIST, TUPLE, SET, FROZENSET -> true;
      default -> false;
    };
  }

  /**
   * The dict whose keys are the members of a set that was written as its state, as Ren'Py does it:
   * {@code ({member: True, ...},)}; -1 for any other object.
   */
  public int stateSet(int node) {
    int state = meaning.attributes().state(node);
    if (state < 0 || meaning.kind(state) != Kind.TUPLE || hasMembers(node)) {
      return NONE;
    }
    long parts = meaning.itemSpan(state);
    int dict = MemberSpan.count(parts) == 1 ? meaning.member(MemberSpan.start(parts)) : NONE;
    if (dict < 0 || meaning.kind(dict) != Kind.DICT) {
      return NONE;
    }
    long pairs = meaning.itemSpan(dict);
    for (int i = MemberSpan.start(pairs) + 1;
        i < MemberSpan.start(pairs) + MemberSpan.count(pairs);
        i += 2) {
      if (meaning.kind(meaning.member(i)) != Kind.BOOL) {
        return NONE;
      }
    }
    return dict;
  }

  /**
   * The members by place of a named tuple, or of an object or call that was given a tuple alone:
   * protocols 0 and 1 give a named tuple its members in a tuple, later ones as arguments.
   *
   * @return a {@link MemberSpan}; {@link #NO_PLACES} for any other value
   */
  public long places(int node) {
    Kind kind = meaning.kind(node);
    if ((kind != Kind.OBJECT && kind != Kind.CALL)
        || MemberSpan.count(meaning.keywordSpan(node)) > 0) {
      return NO_PLACES;
    }
    int argument = argument(node);
    if (argument >= 0) {
      return meaning.kind(argument) == Kind.TUPLE ? meaning.itemSpan(argument) : NO_PLACES;
    }
    boolean isNamedTuple =
        kind == Kind.OBJECT
            && MemberSpan.count(meaning.argumentSpan(node)) > 1
            && MemberSpan.count(meaning.stateSpan(node)) == 0
            && !hasMembers(node);
    return isNamedTuple ? meaning.argumentSpan(node) : NO_PLACES;
  }
}
