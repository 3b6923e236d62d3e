package io.picklift.schema.tables.walk;

import io.picklift.codec.meaning.Contents;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;

/**
 * Members of what cannot change: a tuple, a frozenset, a named tuple, a time zone. Where a save has
 * one of them in several places, Python would make another one for the place that is edited.
 */
public final class FixedMembers {
  private FixedMembers() {}

  /**
   * A value's members if they are fixed. An object that is a row of its own is edited as itself,
   * wherever it stands.
   *
   * @return a {@link MemberSpan}; {@link Contents#NO_PLACES} for any other value
   */
  public static long of(Meaning meaning, MappingWalk walk, int node) {
    return switch (meaning.kind(node)) {
      case TUPLE, FROZENSET -> meaning.itemSpan(node);
      case OBJECT, CALL -> {
        long places = walk.table(node) >= 0 ? Contents.NO_PLACES : meaning.contents().places(node);
        yield places == Contents.NO_PLACES && isFixedCall(meaning, node)
            ? meaning.argumentSpan(node)
            : places;
      }
      default -> Contents.NO_PLACES;
    };
  }

  /** Whether Python calls a class of its own whose objects cannot change. */
  private static boolean isFixedCall(Meaning meaning, int node) {
    int callable = meaning.kind(node) == Kind.CALL ? meaning.callable(node) : -1;
    if (callable < 0 || meaning.kind(callable) != Kind.GLOBAL) {
      return false;
    }
    return switch (meaning.globalName(callable)) {
      case "datetime.timezone",
          "fractions.Fraction",
          "builtins.complex",
          "builtins.range",
          "builtins.slice",
          "__builtin__.complex",
          "__builtin__.slice",
          "__builtin__.xrange" ->
          true;
      default -> false;
    };
  }
}
