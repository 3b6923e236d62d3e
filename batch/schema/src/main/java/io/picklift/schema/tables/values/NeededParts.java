package io.picklift.schema.tables.values;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls none of whose arguments can be None, since Python could not load them: complex numbers,
 * fractions, ranges.
 */
public final class NeededParts {
  private final Meaning meaning;

  /** By the place of an argument its call. Found when it is asked for first. */
  private @Nullable Map<Integer, Integer> calls;

  private final Map<Integer, Boolean> callables = new HashMap<>();

  public NeededParts(Meaning meaning) {
    this.meaning = meaning;
  }

  /**
   * What to tell whose call has not all of its arguments.
   *
   * @param name what is called, {@code module.name}
   * @return null of what may be called with None
   */
  public static @Nullable String why(String name) {
    return switch (name) {
      case "builtins.complex", "__builtin__.complex" -> "a complex number has both of its parts";
      case "fractions.Fraction" -> "a Fraction has two whole numbers, and the second is not 0";
      case "builtins.range", "__builtin__.xrange" -> "a range has all of its numbers";
      default -> null;
    };
  }

  /**
   * The call that a value is an argument of; -1 where it may be None.
   *
   * @param place of the value, as {@link Meaning#member} takes it; or -1
   */
  public int call(int place) {
    Map<Integer, Integer> known = calls;
    if (known == null) {
      known = find();
      calls = known;
    }
    return place < 0 ? -1 : known.getOrDefault(place, -1);
  }

  /** What to tell whose call has not all of its arguments. */
  public String why(int call) {
    return String.valueOf(why(meaning.globalName(meaning.callable(call))));
  }

  /** How many arguments a call has. */
  public int count(int call) {
    return MemberSpan.count(meaning.argumentSpan(call));
  }

  /** Whether a value is such a call. */
  public boolean isOne(int node) {
    return meaning.kind(node) == Kind.CALL
        && callables.computeIfAbsent(
            meaning.callable(node),
            of -> meaning.kind(of) == Kind.GLOBAL && why(meaning.globalName(of)) != null)
        && meaning.references(node) > 0
        && count(node) > 0;
  }

  private Map<Integer, Integer> find() {
    Map<Integer, Integer> found = new HashMap<>();
    for (int node = 0; node < meaning.graph().size(); node++) {
      if (isOne(node)) {
        int start = MemberSpan.start(meaning.argumentSpan(node));
        for (int i = start; i < start + count(node); i++) {
          found.put(i, node);
        }
      }
    }
    return found;
  }
}
