package io.picklift.schema.tables.edit;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.schema.tables.values.NeededParts;
import io.picklift.schema.tables.walk.ObjectPaths;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Calls that an edit has made such that Python cannot make them: {@code Fraction(1, 0)}, {@code
 * complex(1.5, None)}.
 */
public final class UnloadableCalls {
  /** What {@code Fraction} takes as a text, blanks apart. */
  private static final Pattern FRACTION =
      Pattern.compile(
          "[-+]?[0-9]+(/0*[1-9][0-9]*)?|[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?");

  private static final String FRACTION_CLASS = "fractions.Fraction";

  private final Meaning meaning;
  private final ObjectPaths paths;

  public UnloadableCalls(Meaning meaning, ObjectPaths paths) {
    this.meaning = meaning;
    this.paths = paths;
  }

  /** The first one; null where there is none. */
  public EqualMembers.@Nullable Wrong first() {
    for (int node = 0; node < meaning.graph().size(); node++) {
      boolean isCall = meaning.kind(node) == Kind.CALL && meaning.references(node) > 0;
      String why = isCall ? why(node) : null;
      if (why != null) {
        return new EqualMembers.Wrong(paths.value(node), why);
      }
    }
    return null;
  }

  private @Nullable String why(int call) {
    int callable = meaning.callable(call);
    String name = meaning.kind(callable) == Kind.GLOBAL ? meaning.globalName(callable) : "";
    String needed = NeededParts.why(name);
    if (needed == null) {
      return null;
    }
    int[] arguments = meaning.arguments(call);
    if (!name.equals(FRACTION_CLASS)) {
      boolean hasNone = Arrays.stream(arguments).anyMatch(node -> meaning.kind(node) == Kind.NONE);
      return hasNone ? needed : null;
    }
    if (arguments.length == 2 && !(isInt(arguments[0]) && isDivisor(arguments[1]))) {
      return needed;
    }
    return arguments.length == 1 && !isText(arguments[0])
        ? "the text is no Fraction, such as 3/4, that Python can make"
        : null;
  }

  private boolean isInt(int node) {
    return meaning.kind(node) == Kind.INT;
  }

  private boolean isDivisor(int node) {
    return isInt(node) && !(meaning.fitsLong(node) && meaning.longValue(node) == 0);
  }

  private boolean isText(int node) {
    return !meaning.isText(node) || FRACTION.matcher(meaning.text(node).strip()).matches();
  }
}
