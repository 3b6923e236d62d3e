package io.picklift.schema.tables.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows a document that is given beside the one that a graph shows, value by value. Members of an
 * array are found by what is noted of them, else by place; all else by key.
 */
public abstract class GivenDocument implements JsonDocuments.Leaves {
  /**
   * An open container of the given document, and where the members that the graph has are in it.
   */
  private record Open(@Nullable Object container, int @Nullable [] places) {}

  private final JsonDocuments json;
  private Object given;
  private final List<Open> open = new ArrayList<>();

  /**
   * @param json where the graph's document is being written
   */
  protected GivenDocument(JsonDocuments json, Object given) {
    this.json = json;
    this.given = given;
  }

  /** What the given document has for a value that the graph shows; null where it has nothing. */
  protected abstract void leaf(int node, @Nullable Object found);

  /** What is noted of the members of a value; null where nothing is. */
  protected long @Nullable [] checks(int node) {
    return null;
  }

  /** A value with members; {@code found} may be something else, or null. */
  protected void found(int node, @Nullable Object found) {}

  @Override
  public final void leaf(int node, boolean exact) {
    leaf(node, found());
  }

  @Override
  public final void container(int node) {
    Object found = found();
    found(node, found);
    long[] checks = checks(node);
    int[] places = null;
    if (checks != null && found instanceof List<?> list) {
      int[] matched = MemberChecks.matched(checks, list);
      places = new int[checks.length];
      Arrays.fill(places, MemberChecks.NONE);
      for (int i = 0; i < matched.length; i++) {
        if (matched[i] != MemberChecks.NONE) {
          places[matched[i]] = i;
        }
      }
    }
    while (open.size() > json.depth()) {
      open.remove(open.size() - 1);
    }
    open.add(new Open(found, places));
  }

  private @Nullable Object found() {
    if (json.depth() == 0) {
      return given;
    }
    Open in = open.get(json.depth() - 1);
    Object step = json.step();
    if (step instanceof String key) {
      return in.container() instanceof Map<?, ?> map ? map.get(key) : null;
    }
    int place = place(in, (Integer) step);
    return in.container() instanceof List<?> list && place >= 0 && place < list.size()
        ? list.get(place)
        : null;
  }

  private static int place(Open in, int step) {
    int[] places = in.places();
    if (places == null) {
      return step;
    }
    return step < places.length ? places[step] : MemberChecks.NONE;
  }

  /** The given document, with what took the place of parts of it. */
  protected final Object given() {
    return given;
  }

  /** Puts something else in the place of what {@link #leaf(int, Object)} has just found. */
  @SuppressWarnings("unchecked")
  protected final void replace(Object with) {
    if (json.depth() == 0) {
      given = with;
      return;
    }
    Open in = open.get(json.depth() - 1);
    if (json.step() instanceof String key) {
      ((Map<String, Object>) Objects.requireNonNull(in.container())).put(key, with);
    } else {
      int place = place(in, (Integer) json.step());
      ((List<Object>) Objects.requireNonNull(in.container())).set(place, with);
    }
  }
}
