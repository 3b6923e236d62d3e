package io.picklift.app.restore;

import io.picklift.app.source.SaveKey;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of the file that a save is restored into. Two keys never share a name, also on disks
 * that do not distinguish upper from lower case. {@code batch/COMMANDS.md} states the rule.
 */
final class FileName {
  /** A key that is its own name: nothing in it that a disk or a shell takes for something else. */
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9_-][a-z0-9_.-]{0,199}");

  private static final Pattern OTHER = Pattern.compile("[^A-Za-z0-9_.-]+|^\\.");
  private static final int LONGEST = 100;

  private FileName() {}

  static String of(SaveKey key) {
    String text = key.text();
    if (PLAIN.matcher(text).matches()) {
      return text + ".pkl";
    }
    String readable = OTHER.matcher(String.join("_", key.parts())).replaceAll("_");
    String start = readable.substring(0, Math.min(LONGEST, readable.length()));
    return start + "~" + HexFormat.of().formatHex(key.sha256(), 0, 8) + ".pkl";
  }
}
