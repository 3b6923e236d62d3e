package io.picklift.codec.meaning;

/**
 * A value of a type that JSON and tables show by value: an object that has exactly the form that
 * the type's own pickling gives it ({@code formats.md}, section 2). Numbers named {@code Node} are
 * nodes, -1 where there is none.
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

  /** {@code pairs} is a {@link Span} of keys and values. */
  record OrderedDict(long pairs) implements WellKnown {}

  /** {@code pairs} is a {@link Span} of keys and values. */
  record DefaultDict(long pairs, int factoryNode) implements WellKnown {}

  /** {@code items} is a {@link Span}; {@code maxlen} is -1 where there is none. */
  record Deque(long items, long maxlen) implements WellKnown {}
}
