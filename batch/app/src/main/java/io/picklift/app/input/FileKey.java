package io.picklift.app.input;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which files are saves, and what their keys are. */
public final class FileKey {
  private static final String PICKLE = ".pkl";
  private static final List<String> ENDINGS = List.of(PICKLE, ".pickle", ".save");

  private FileKey() {}

  /** Whether a name says that the file is a save, whatever it holds. */
  static boolean isSave(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(lower::endsWith);
  }

  /**
   * The key of a file: its path inside the folder or archive, with {@code /} whatever the system
   * has, without empty parts and a final {@code .pkl}.
   */
  public static String of(String path) {
    StringBuilder key = new StringBuilder();
    for (String part : path.replace('\\', '/').split("/", -1)) {
      if (!part.isEmpty() && !part.equals(".")) {
        key.append(key.isEmpty() ? "" : "/").append(part);
      }
    }
    int end = key.length() - PICKLE.length();
    boolean isNamed = end > 0 && key.toString().endsWith(PICKLE) && key.charAt(end - 1) != '/';
    return isNamed ? key.substring(0, end) : key.toString();
  }

  /**
   * What the key {@code ./x.pkl} of older versions is called now; null for a key of today. A member
   * of an archive had its name there as its key.
   */
  public static @Nullable String old(String key) {
    String fresh = of(key);
    return fresh.isEmpty() || fresh.equals(key) ? null : fresh;
  }

  /** The last part of a path. */
  static String name(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }
}
