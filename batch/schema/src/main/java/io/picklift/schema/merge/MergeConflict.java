package io.picklift.schema.merge;

/**
 * What both sides changed, and not alike; or what cannot be found on the other side.
 *
 * @param path in the save, like {@code friends[2].level}
 * @param source what the source has there
 * @param target what the target's rows have there
 */
public record MergeConflict(String path, String source, String target) {
  private static final int LONGEST = 60;

  /** Of what is the same on both sides, so much is shown before what is not. */
  private static final int BEFORE = 20;

  /** Long values are shown from shortly before the first difference on. */
  @Override
  public String toString() {
    int same = 0;
    int most = Math.min(source.length(), target.length());
    while (same < most && source.charAt(same) == target.charAt(same)) {
      same++;
    }
    int start = same > LONGEST - BEFORE ? same - BEFORE : 0;
    return (path.isEmpty() ? "." : path)
        + " is "
        + shown(source, start)
        + " in the source and "
        + shown(target, start)
        + " in the target";
  }

  private static String shown(String text, int start) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int from = text.offsetByCodePoints(0, text.codePointCount(0, start));
    int to = Math.min(text.length(), from + LONGEST);
    return (from > 0 ? "..." : "") + text.substring(from, to) + (to < text.length() ? "..." : "");
  }
}
