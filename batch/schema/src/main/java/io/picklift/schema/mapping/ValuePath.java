package io.picklift.schema.mapping;

import io.picklift.schema.text.PlacePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a value is, seen from a row's object: {@code home.city}, {@code pos[0]}, {@code
 * settings["sound.volume"]}.
 */
public record ValuePath(List<Step> steps) {
  /** One step of a path. */
  public sealed interface Step {}

  /** An attribute of an object, or a key of a dict. */
  public record Name(String name) implements Step {}

  /** A place from 0 in a list, tuple or deque, or an integer key of a dict. */
  public record Place(int place) implements Step {}

  public static final ValuePath SELF = new ValuePath(List.of());

  /** The key that a row of a dict has in it. */
  public static final ValuePath KEY = of("$key");

  /** Ahead of a value of the column that the source is split by: for its rows alone. */
  public static final String SPLIT = "$split";

  public ValuePath {
    steps = List.copyOf(steps);
  }

  /** The path of one name, whatever characters it has. */
  public static ValuePath of(String name) {
    return new ValuePath(List.of(new Name(name)));
  }

  /** Whether it begins at the row's key, and not at its value. */
  public boolean isOfKey() {
    return !steps.isEmpty() && steps.get(0).equals(KEY.steps().get(0));
  }

  /** The steps from where the path begins, be it the row's value or its key. */
  public List<Step> following() {
    return isOfKey() ? steps.subList(1, steps.size()) : steps;
  }

  /**
   * The value of the source's column that the path is for, where it begins with {@link #SPLIT};
   * else null.
   */
  public @Nullable String splitValue() {
    return steps.size() > 1
            && steps.get(0).equals(new Name(SPLIT))
            && steps.get(1) instanceof Name value
        ? value.name()
        : null;
  }

  /** The steps that lead through the save: without the two that say for which rows they are. */
  public List<Step> inSave() {
    return splitValue() == null ? steps : steps.subList(2, steps.size());
  }

  public ValuePath then(Step step) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step);
    return new ValuePath(longer);
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException with a message for people, where the text is no path
   */
  public static ValuePath parse(String text) {
    if (text.equals(".")) {
      return SELF;
    }
    List<Step> steps = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '[') {
        at = bracket(text, at + 1, steps);
      } else {
        if (c == '.') {
          if (at == 0) {
            throw bad(text, "a name is missing before the first dot");
          }
          at++;
        } else if (at > 0) {
          throw bad(text, "a dot is missing after a bracket");
        }
        int end = at;
        while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
          end++;
        }
        if (end == at) {
          throw bad(text, "a name is missing");
        }
        steps.add(new Name(text.substring(at, end)));
        at = end;
      }
    }
    if (steps.isEmpty()) {
      throw bad(text, "it is empty; the value itself is \".\"");
    }
    return new ValuePath(steps);
  }

  private static int bracket(String text, int start, List<Step> steps) {
    int at = start;
    if (at < text.length() && text.charAt(at) == '"') {
      StringBuilder name = new StringBuilder();
      at++;
      while (at < text.length() && text.charAt(at) != '"') {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        name.append(text.charAt(at++));
      }
      if (!text.startsWith("\"]", at)) {
        throw bad(text, "a quote or bracket is not closed");
      }
      steps.add(new Name(name.toString()));
      return at + 2;
    }
    int end = text.indexOf(']', at);
    if (end < 0) {
      throw bad(text, "a bracket is not closed");
    }
    try {
      steps.add(new Place(Integer.parseInt(text.substring(at, end))));
    } catch (NumberFormatException e) {
      throw bad(text, "between brackets stands a whole number or a name in double quotes");
    }
    return end + 1;
  }

  private static IllegalArgumentException bad(String text, String why) {
    return new IllegalArgumentException("\"" + text + "\" is no path: " + why);
  }

  @Override
  public String toString() {
    if (steps.isEmpty()) {
      return ".";
    }
    StringBuilder text = new StringBuilder();
    for (Step step : steps) {
      append(text, step);
    }
    return text.toString();
  }

  /** Adds a step as a path writes it. */
  public static void append(StringBuilder path, Step step) {
    if (step instanceof Place place) {
      path.append('[').append(place.place()).append(']');
    } else if (step instanceof Name name) {
      PlacePath.appendMember(path, name.name());
    }
  }
}
