package io.picklift.schema.draft;

import io.picklift.schema.tables.rows.ReservedWords;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes the names of tables and columns from those of classes and attributes. */
public final class NameMaker {
  /** MySQL takes 64; indexes are named after table and column, so names stay well below. */
  private static final int LONGEST = 48;

  private NameMaker() {}

  /** {@code ageYears} as {@code age_years}, {@code HTTPServer} as {@code http_server}. */
  static String snake(String original) {
    String name = plain(original);
    StringBuilder snake = new StringBuilder();
    for (int i = 0; i < name.length() && snake.length() < LONGEST; i++) {
      char c = name.charAt(i);
      boolean isUpper = c >= 'A' && c <= 'Z';
      if (isUpper && i > 0 && startsWord(name, i)) {
        underscore(snake);
      }
      if (isUpper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        snake.append(Character.toLowerCase(c));
      } else {
        underscore(snake);
      }
    }
    int end = snake.length();
    while (end > 0 && snake.charAt(end - 1) == '_') {
      end--;
    }
    snake.setLength(end);
    if (snake.isEmpty()) {
      return "value";
    }
    return Character.isDigit(snake.charAt(0)) ? "n" + snake : snake.toString();
  }

  /** Without accents: {@code größe} as {@code grosse}. */
  private static String plain(String name) {
    if (name.chars().allMatch(c -> c < 0x80)) {
      return name;
    }
    String apart = Normalizer.normalize(name.replace("ß", "ss"), Normalizer.Form.NFKD);
    return apart
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean startsWord(String name, int at) {
    char before = name.charAt(at - 1);
    boolean beforeIsUpper = before >= 'A' && before <= 'Z';
    return !beforeIsUpper || (at + 1 < name.length() && Character.isLowerCase(name.charAt(at + 1)));
  }

  private static void underscore(StringBuilder snake) {
    if (!snake.isEmpty() && snake.charAt(snake.length() - 1) != '_') {
      snake.append('_');
    }
  }

  /** A class's own name as a table's: {@code game.person.personClass} as {@code person}. */
  static String ofClass(String className) {
    int dot = className.lastIndexOf('.');
    String simple = className.substring(dot + 1);
    String holder =
        dot < 0 ? "" : className.substring(className.lastIndexOf('.', dot - 1) + 1, dot);
    if (simple.startsWith("_") && !holder.isEmpty() && Character.isUpperCase(holder.charAt(0))) {
      // A class's own function that makes its objects: zoneinfo.ZoneInfo._unpickle.
      simple = holder;
    }
    for (String suffix : new String[] {"Class", "Model", "Object", "Cls"}) {
      if (simple.endsWith(suffix) && simple.length() > suffix.length()) {
        return snake(simple.substring(0, simple.length() - suffix.length()));
      }
    }
    return snake(simple);
  }

  /**
   * The words that the names of several classes end with: {@code CronTrigger} and {@code
   * DateTrigger} as {@code trigger}; the first one's name where they have none in common.
   */
  static String ofClasses(List<String> classNames) {
    List<String> common = null;
    for (String className : classNames) {
      List<String> words = List.of(ofClass(className).split("_", -1));
      if (common == null) {
        common = words;
      }
      int same = 0;
      while (same < Math.min(common.size(), words.size())
          && common.get(common.size() - 1 - same).equals(words.get(words.size() - 1 - same))) {
        same++;
      }
      common = common.subList(common.size() - same, common.size());
    }
    return common == null || common.isEmpty()
        ? ofClass(classNames.get(0))
        : String.join("_", common);
  }

  /**
   * One of what a list is named after: {@code traits} as {@code trait}, {@code memories} as {@code
   * memory}.
   */
  static String singular(String snake) {
    if (snake.endsWith("ies") && snake.length() > 4) {
      return snake.substring(0, snake.length() - 3) + "y";
    }
    if (snake.endsWith("children")) {
      return snake.substring(0, snake.length() - 3);
    }
    if (snake.endsWith("sses")
        || snake.endsWith("xes")
        || snake.endsWith("ches")
        || snake.endsWith("shes")) {
      return snake.substring(0, snake.length() - 2);
    }
    boolean isPlural =
        snake.endsWith("s")
            && !snake.endsWith("ss")
            && !snake.endsWith("us")
            && !snake.endsWith("is")
            && snake.length() > 3;
    return isPlural ? snake.substring(0, snake.length() - 1) : snake;
  }

  /** A column's name: no word that needs backticks, and none that is in use. */
  static String column(String name, Set<String> used) {
    return unique(ReservedWords.contains(name) ? name + "_value" : name, used);
  }

  /** A table's name likewise: {@code order} as {@code orders}. */
  static String table(String name, Set<String> used) {
    String free = name;
    if (ReservedWords.contains(name)) {
      free = ReservedWords.contains(name + "s") ? name + "_row" : name + "s";
    }
    return unique(free, used);
  }

  /** The name, or the name with a number that is not in use; notes it as used, case apart. */
  private static String unique(String name, Set<String> used) {
    String cut = name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    String candidate = cut;
    for (int i = 2; !used.add(candidate.toLowerCase(Locale.ROOT)); i++) {
      candidate = cut + "_" + i;
    }
    return candidate;
  }
}
