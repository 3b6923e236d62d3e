package io.picklift.schema.renames;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How alike two names are to a reader: the same words, abbreviated, in another style. */
final class NameLikeness {
  /** Words that names have without meaning much by them. */
  private static final Set<String> WEAK =
      Set.of("is", "has", "was", "the", "of", "at", "on", "in", "id", "num", "total", "value");

  private static final double WEAK_WEIGHT = 0.4;
  private static final int FEWEST_FOR_TYPO = 5;

  private NameLikeness() {}

  /** From 0, nothing in common, to 1, the same words. */
  static double of(String one, String other) {
    List<String> left = words(one);
    List<String> right = words(other);
    if (isInitials(left, right) || isInitials(right, left)) {
      return 0.9;
    }
    double all = weight(left) + weight(right);
    double common = 0;
    List<String> open = new ArrayList<>(right);
    for (String word : left) {
      for (String candidate : open) {
        double alike = alike(word, candidate);
        if (alike > 0) {
          common += alike * (weight(word) + weight(candidate));
          open.remove(candidate);
          break;
        }
      }
    }
    return all == 0 ? 0 : common / all;
  }

  private static double weight(List<String> words) {
    return words.stream().mapToDouble(NameLikeness::weight).sum();
  }

  private static double weight(String word) {
    return WEAK.contains(word) ? WEAK_WEIGHT : 1;
  }

  /** The words of {@code firstName}, {@code first_name} and {@code HTTPPort}, in lower case. */
  static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    for (String part :
        name.split("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", -1)) {
      if (!part.isEmpty()) {
        String word = part.toLowerCase(Locale.ROOT);
        boolean isPlural = word.length() > 3 && word.endsWith("s") && !word.endsWith("ss");
        words.add(isPlural ? word.substring(0, word.length() - 1) : word);
      }
    }
    return words;
  }

  /** {@code hp} of {@code hit_points}. */
  private static boolean isInitials(List<String> one, List<String> other) {
    if (one.size() != 1 || other.size() < 2 || one.get(0).length() != other.size()) {
      return false;
    }
    for (int i = 0; i < other.size(); i++) {
      if (one.get(0).charAt(i) != other.get(i).charAt(0)) {
        return false;
      }
    }
    return true;
  }

  private static double alike(String one, String other) {
    if (one.equals(other)) {
      return 1;
    }
    String brief = one.length() <= other.length() ? one : other;
    String full = one.length() <= other.length() ? other : one;
    if (brief.length() >= 2 && full.startsWith(brief)) {
      return brief.length() >= 3 ? 0.9 : 0.7;
    }
    if (brief.length() >= 4 && full.endsWith(brief)) {
      return 0.7;
    }
    if (brief.length() >= 2 && isAbbreviation(brief, full)) {
      return 0.8;
    }
    return brief.length() >= FEWEST_FOR_TYPO && isTypo(brief, full) ? 0.9 : 0;
  }

  /** {@code qty} of {@code quantity}: the first letter, and the others in their order. */
  private static boolean isAbbreviation(String brief, String full) {
    if (brief.charAt(0) != full.charAt(0) || brief.length() * 4 > full.length() * 3) {
      return false;
    }
    int at = 0;
    for (int i = 0; i < full.length() && at < brief.length(); i++) {
      at += full.charAt(i) == brief.charAt(at) ? 1 : 0;
    }
    // Vowels are what abbreviations leave out.
    return at == brief.length()
        && brief.substring(1).chars().noneMatch(c -> "aeio".indexOf(c) >= 0);
  }

  /** One letter more, less, or other; or two that changed places. */
  private static boolean isTypo(String brief, String full) {
    if (full.length() - brief.length() > 1) {
      return false;
    }
    int start = 0;
    while (start < brief.length() && brief.charAt(start) == full.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < brief.length() - start
        && brief.charAt(brief.length() - 1 - end) == full.charAt(full.length() - 1 - end)) {
      end++;
    }
    int left = full.length() - start - end;
    return left <= 1
        || (left == 2
            && brief.length() == full.length()
            && brief.charAt(start) == full.charAt(start + 1)
            && brief.charAt(start + 1) == full.charAt(start));
  }
}
