package io.picklift.app.decode;

import io.picklift.app.encoding.Unpacked;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is to be known of saves that were decoded.
 *
 * @param stray what stands behind the pickles and is none
 * @param suspected how many saves have text that looks damaged and was read as it stands, by the
 *     name of the damage
 */
public record DecodeNotes(StrayBytes stray, Map<String, Long> suspected) {
  /** Nothing to tell. */
  public static final DecodeNotes NONE = new DecodeNotes(new StrayBytes(0, 0), Map.of());

  public DecodeNotes {
    suspected = new TreeMap<>(suspected);
  }

  /**
   * The damage that the ledger's {@code encodings} of a save say is suspected; empty for none. Its
   * name stands last, with a question mark.
   */
  public static String suspectedIn(String encodings) {
    return encodings.endsWith(Unpacked.MARK)
        ? encodings.substring(encodings.lastIndexOf('+') + 1, encodings.length() - 1)
        : "";
  }

  /** Lines for people; empty where there is nothing to tell. */
  public String lines() {
    return stray.line() + (suspected.isEmpty() ? "" : line());
  }

  private String line() {
    return String.format(
        Locale.ROOT,
        "%,10d  with text that looks damaged, kept unchanged: %s; to repair it, set repair: true"
            + " under source and migrate into a new target%n",
        saves(),
        names());
  }

  /** The saves with damaged text as a sentence; empty where there are none. */
  public String damageSentence() {
    return suspected.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "%,d saves have text that looks damaged, and is in the tables unchanged: %s; to repair"
                + " it, set repair: true under source and migrate into a new target.",
            saves(),
            names());
  }

  /** What is said of one file. */
  public static String ofFile(String damage) {
    return "its text looks damaged, and is left unchanged: "
        + damage
        + "; --repair (repair: true under source) repairs it";
  }

  private long saves() {
    return suspected.values().stream().mapToLong(Long::longValue).sum();
  }

  private String names() {
    return suspected.entrySet().stream()
        .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
