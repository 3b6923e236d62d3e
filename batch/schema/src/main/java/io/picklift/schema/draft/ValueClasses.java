package io.picklift.schema.draft;

import java.util.List;
import java.util.Map;

/**
 * Classes of Python's own whose objects are values, and nothing but the few arguments that they are
 * made with.
 */
final class ValueClasses {
  private static final List<String> RANGE = List.of("start", "stop", "step");

  private static final Map<String, List<String>> ARGUMENTS =
      Map.of(
          "fractions.Fraction",
          List.of("numerator", "denominator"),
          "builtins.range",
          RANGE,
          "builtins.slice",
          RANGE,
          "datetime.timezone",
          List.of("offset", "name"));

  private ValueClasses() {}

  /** Whether objects of the classes belong into the rows that hold them, wherever they stand. */
  static boolean areValues(List<String> classes) {
    return classes.stream()
        .allMatch(
            name ->
                ARGUMENTS.containsKey(name)
                    || (name.startsWith("pathlib.") && name.endsWith("Path")));
  }

  /** What an argument is called; its number where it has no name. */
  static String argument(List<String> classes, int count, int index) {
    List<String> names = classes.size() == 1 ? ARGUMENTS.get(classes.get(0)) : null;
    // A Fraction of an older Python has one argument, its text.
    boolean isText = names != null && names.contains("numerator") && count == 1;
    return names == null || isText || index >= names.size()
        ? Integer.toString(index)
        : names.get(index);
  }
}
