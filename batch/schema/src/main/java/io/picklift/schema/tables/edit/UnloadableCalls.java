package io.picklift.schema.tables.edit;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.schema.tables.walk.ObjectPaths;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fractions that an edit has made such that Python cannot make them: {@code Fraction(1, 0)}. */
public final class UnloadableCalls {
  /** What {@code Fraction} takes as a text, blanks apart. */
  private static final Pattern FRACTION =
      Pattern.compile(
          "[-+]?[0-9]+(/0*[1-9][0-9]*)?|[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?");

  private final Meaning meaning;
  private final ObjectPaths paths;

  public UnloadableCalls(Meaning meaning, ObjectPaths paths) {
    this.meaning = meaning;
    this.paths = paths;
  }

  /** The first one; null where there is none. */
  public EqualMembers.@Nullable Wrong first() {
    for (int node = 0; node < meaning.graph().size(); node++) {
      if (meaning.kind(node) == Kind.CALL && meaning.references(node) > 0 && isFraction(node)) {
        int[] arguments = meaning.arguments(node);
        if (arguments.length == 2 && !(isInt(arguments[0]) && isDivisor(arguments[1]))) {
          return new EqualMembers.Wrong(
              paths.value(node), "a Fraction has two whole numbers, and the second is not 0");
        }
        if (arguments.length == 1 && !isText(arguments[0])) {
          return new EqualMembers.Wrong(
              paths.value(node), "the text is no Fraction, such as 3/4, that Python can make");
        }
      }
    }
    return null;
  }

  private boolean isFraction(int node) {
    int callable = meaning.callable(node);
    return meaning.kind(callable) == Kind.GLOBAL
        && meaning.globalName(callable).equals("fractions.Fraction");
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
