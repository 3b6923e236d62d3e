package io.picklift.schema.yaml;

import java.util.Collection;
import java.util.Locale;

/** The known name that a mistyped one most likely meant. */
public final class NearestName {
  private static final int MOST_LISTED = 12;

  private NearestName() {}

  /**
   * {@code "; did you mean x?"}; where nothing is near, {@code "; known are a, b"} or, of many, the
   * nearest; nothing where nothing is known.
   */
  public static String hint(String name, Collection<String> known) {
    String best = "";
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : known) {
      int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    if (!best.isEmpty() && bestDistance <= Math.max(2, name.length() / 3)) {
      return "; did you mean " + best + "?";
    }
    if (known.isEmpty()) {
      return "";
    }
    return known.size() > MOST_LISTED
        ? "; the nearest is " + best
        : "; known are " + String.join(", ", known.stream().sorted().toList());
  }

  /** Insertions, deletions, replacements and swaps of neighbours that make one of the other. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
