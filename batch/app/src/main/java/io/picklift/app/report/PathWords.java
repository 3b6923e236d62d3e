package io.picklift.app.report;

import java.util.regex.Pattern;

/** Writes paths as they are written in Python, without the internal names that comparisons use. */
final class PathWords {
  private static final Pattern ITEMS = Pattern.compile("\\.?\\$items(?=\\[)");
  private static final Pattern ENTRY = Pattern.compile("\\.?\\$entries\\[(\\d+)\\]");
  private static final Pattern STATE = Pattern.compile("\\.?\\$(states\\[\\d+\\]|states?)");
  private static final Pattern CLASS = Pattern.compile("\\$(class|call)\\b");
  private static final Pattern OTHER =
      Pattern.compile("\\$(args|kwargs|items|entries|keys|persid)");

  private static final Pattern INDEX = Pattern.compile("\\[(?:-?\\d+|int -?\\d+)\\]");
  private static final Pattern KEY = Pattern.compile("\\[\"((?:[^\"\\\\]|\\\\.)*)\"[^\\]]*\\]");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]{1,40}");

  private PathWords() {}

  /** {@code orders.$items[0].total} is {@code orders[0].total}, {@code $args} is {@code args}. */
  static String of(String path) {
    if (path.indexOf('$') < 0) {
      return path;
    }
    String words = ITEMS.matcher(path).replaceAll("");
    words = ENTRY.matcher(words).replaceAll(found -> entry(Integer.parseInt(found.group(1))));
    words = STATE.matcher(words).replaceAll("");
    words = CLASS.matcher(words).replaceAll("__class__");
    words = OTHER.matcher(words).replaceAll("$1");
    return words.startsWith(".") ? words.substring(1) : words;
  }

  /** Keys and values of a dict that is more than a dict stand in one list. */
  private static String entry(int place) {
    return ".items()[" + place / 2 + "][" + place % 2 + "]";
  }

  /**
   * The place in any save of its kind: {@code orders[*].total}. Keys that look like names of
   * attributes stay, others are data.
   */
  static String place(String path) {
    String place = INDEX.matcher(path).replaceAll("[*]");
    return KEY.matcher(place)
        .replaceAll(
            found ->
                NAME.matcher(found.group(1)).matches() ? "[\"" + found.group(1) + "\"]" : "[*]");
  }
}
