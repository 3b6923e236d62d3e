package io.picklift.schema.text;

/**
 * How the path of a place is written, everywhere in reports and messages: {@code player.home.city},
 * {@code settings["sound.volume"]}, {@code pos[0]}; {@code friends[*]} for all items, {@code
 * stats{*}} for all values of a map and {@code stats{key}} for its keys, {@code game.Player{}} for
 * what the objects of a class hold as containers.
 */
public final class PlacePath {
  private PlacePath() {}

  /** An attribute, or the value of a text key. */
  public static String member(String path, String name) {
    StringBuilder longer = new StringBuilder(path);
    appendMember(longer, name);
    return longer.toString();
  }

  /** The same behind what stands there. */
  public static void appendMember(StringBuilder path, String name) {
    if (isPlain(name)) {
      path.append(path.isEmpty() ? "" : ".").append(name);
    } else {
      path.append("[\"").append(name.replace("\\", "\\\\").replace("\"", "\\\"")).append("\"]");
    }
  }

  private static boolean isPlain(String name) {
    return !name.isEmpty()
        && name.chars().noneMatch(c -> c == '.' || c == '[' || c == ']' || c == '"' || c <= ' ');
  }

  /** The member at a place from 0. */
  public static String at(String path, int place) {
    return path + "[" + place + "]";
  }

  public static String items(String path) {
    return path + "[*]";
  }

  public static String values(String path) {
    return path + "{*}";
  }

  public static String keys(String path) {
    return path + "{key}";
  }

  public static String contents(String path) {
    return path + "{}";
  }
}
