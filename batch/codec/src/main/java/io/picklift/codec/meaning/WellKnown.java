package io.picklift.codec.meaning;

/**
 * A value of a type that JSON and tables show by value: an object that has exactly the form that
 * the type's own pickling gives it ({@code proto/JSON.md}). Numbers named {@code Node} are nodes,
 * -1 where there is none.
 */
public sealed interface WellKnown {
  /** {@code text} is Python's {@code isoformat()} without the time zone. */
  record DateTime(String text, int fold, int tzNode) implements WellKnown {}

  record Date(String text) implements WellKnown {}

  /** {@code text} is Python's {@code isoformat()} without the time zone. */
  record Time(String text, int fold, int tzNode) implements WellKnown {}

  record TimeDelta(int days, int seconds, int microseconds) implements WellKnown {}

  record Decimal(String text) implements WellKnown {}

  record Uuid(String text) implements WellKnown {}

  record Complex(double real, double imaginary) implements WellKnown {}

  /** A value that holds others. */
  sealed interface Container extends WellKnown {
    /** The {@link MemberSpan} of its members; of keys and values where {@link #isKeyed}. */
    long members();

    default boolean isKeyed() {
      return true;
    }

    /** Shows the members: the container is the value {@code node}. */
    default void visit(int node, MemberVisitor visitor) {
      if (isKeyed()) {
        visitor.pairs(node, members());
      } else {
        visitor.items(node, members());
      }
    }
  }

  record OrderedDict(@Override long members) implements Container {}

  record DefaultDict(@Override long members, int factoryNode) implements Container {}

  /** {@code maxlen} is -1 where there is none. */
  record Deque(@Override long members, long maxlen) implements Container {
    @Override
    public boolean isKeyed() {
      return false;
    }
  }
}
