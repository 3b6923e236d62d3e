package io.picklift.codec.meaning;

import io.picklift.codec.text.IsoTime;

/**
 * A value of a type that JSON and tables show by value: an object that has exactly the form that
 * the type's own pickling gives it ({@code proto/JSON.md}). Numbers named {@code Node} are nodes,
 * -1 where there is none.
 */
public sealed interface WellKnown {
  /** A date and a time of day, by the bytes that it is pickled as. */
  final class DateTime implements WellKnown {
    private final byte[] state;
    private final int fold;
    private final int tzNode;

    public DateTime(byte[] state, int fold, int tzNode) {
      this.state = state;
      this.fold = fold;
      this.tzNode = tzNode;
    }

    /** Python's {@code isoformat()} without the time zone. */
    public String text() {
      return IsoTime.dateTime(state);
    }

    public int fold() {
      return fold;
    }

    public int tzNode() {
      return tzNode;
    }
  }

  /** A date, by the bytes that it is pickled as. */
  final class Date implements WellKnown {
    private final byte[] state;

    public Date(byte[] state) {
      this.state = state;
    }

    /** Python's {@code isoformat()}. */
    public String text() {
      return IsoTime.date(state);
    }
  }

  /** A time of day, by the bytes that it is pickled as. */
  final class Time implements WellKnown {
    private final byte[] state;
    private final int fold;
    private final int tzNode;

    public Time(byte[] state, int fold, int tzNode) {
      this.state = state;
      this.fold = fold;
      this.tzNode = tzNode;
    }

    /** Python's {@code isoformat()} without the time zone. */
    public String text() {
      return IsoTime.time(state);
    }

    public int fold() {
      return fold;
    }

    public int tzNode() {
      return tzNode;
    }
  }

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
