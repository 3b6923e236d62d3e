package io.picklift.app.view;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a save is made of, for people: members of one list, and values of one dict, fall together; a
 * value that is met again counts where it was met first. Walks without recursion.
 */
public final class Outline {
  /** Dicts with more keys are tables of things, not things with names. */
  private static final int MOST_KEYS = 40;

  /** Deeper places count to the one above. */
  private static final int MOST_DEPTH = 24;

  /** A place in the save, with all values at it. */
  public static final class Place {
    private final String name;
    private final Map<String, Place> below = new LinkedHashMap<>();
    private final Map<String, Integer> types = new TreeMap<>();
    private final int depth;
    private long count;
    private long references;
    private long bytes;

    Place(String name, int depth) {
      this.name = name;
      this.depth = depth;
    }

    Place step(String step) {
      return depth >= MOST_DEPTH ? this : below.computeIfAbsent(step, s -> new Place(s, depth + 1));
    }

    public String name() {
      return name;
    }

    public Iterable<Place> below() {
      return below.values();
    }

    /** How many values stand here. */
    public long count() {
      return count;
    }

    /** How many references to values that stand elsewhere. */
    public long references() {
      return references;
    }

    /** What the values take in the pickle, about; without what is below. */
    public long bytes() {
      return bytes;
    }

    /** The same, with what is below. Recursion over places, whose depth is limited. */
    public long allBytes() {
      long all = bytes;
      for (Place place : below.values()) {
        all += place.allBytes();
      }
      return all;
    }

    /** Names of types, with how many values have them. */
    public Map<String, Integer> types() {
      return types;
    }
  }

  /** The objects of a class, and what they take without the objects in them. */
  public static final class Share {
    private int count;
    private long bytes;

    public int count() {
      return count;
    }

    public long bytes() {
      return bytes;
    }
  }

  /** A value that is to be looked at, and the class of the object that it belongs to. */
  private record Visit(int node, Place place, Share owner) {}

  private final SaveView view;
  private final ValueSizes sizes;
  private final LibraryValues libraries;
  private final Meaning meaning;
  private final boolean[] seen;
  private final Deque<Visit> stack = new ArrayDeque<>();
  private final Map<String, Share> classes = new HashMap<>();
  private final Share inNoObject = new Share();
  private final Place root = new Place("", 0);
  private long values;

  /** Walks a save. */
  public Outline(SaveView view) {
    this(view, view.meaning().root());
  }

  /** Walks what is at a node of a save. */
  public Outline(SaveView view, int from) {
    this.view = view;
    this.meaning = view.meaning();
    this.sizes = new ValueSizes(meaning);
    this.libraries = new LibraryValues(meaning);
    this.seen = new boolean[meaning.graph().size()];
    stack.push(new Visit(from, root, inNoObject));
    while (!stack.isEmpty()) {
      visit(stack.pop());
    }
  }

  public Place root() {
    return root;
  }

  /** How many values there are. */
  public long values() {
    return values;
  }

  /** Classes and callables: with {@link #inNoObject}, their bytes are those of the whole. */
  public Map<String, Share> classes() {
    return classes;
  }

  /** What lies in no object. */
  public Share inNoObject() {
    return inNoObject;
  }

  private Share share(String type) {
    Share share = classes.computeIfAbsent(type, it -> new Share());
    share.count++;
    return share;
  }

  private static void add(Place place, Share owner, long bytes) {
    place.bytes += bytes;
    owner.bytes += bytes;
  }

  private void visit(Visit visit) {
    int node = visit.node();
    Place place = visit.place();
    if (seen[node]) {
      place.references++;
      add(place, visit.owner(), sizes.reference(node));
      return;
    }
    seen[node] = true;
    values++;
    place.count++;
    String library = libraries.type(node);
    if (library != null) {
      place.types.merge(library, 1, Integer::sum);
      library(node, place, share(library));
      return;
    }
    String type = type(node);
    place.types.merge(type, 1, Integer::sum);
    Kind kind = meaning.kind(node);
    Share owner = kind == Kind.OBJECT || kind == Kind.CALL ? share(type) : visit.owner();
    add(place, owner, sizes.of(node));
    Deque<Visit> members = new ArrayDeque<>();
    int[] pairs = {0};
    view.members(
        node,
        new SaveView.Members() {
          @Override
          public void attribute(String name, int value) {
            add(place.step("." + name), owner, sizes.name(name));
            members.push(new Visit(value, place.step("." + name), owner));
          }

          @Override
          public void pair(int key, int value) {
            pairs[0]++;
            add(place, owner, keySize(key));
            boolean isName =
                meaning.isText(key) && pairs[0] <= MOST_KEYS && place.below.size() < MOST_KEYS;
            String step = isName ? "[" + PlainValue.quote(meaning.text(key)) + "]" : "[key]";
            members.push(new Visit(value, place.step(step), owner));
          }

          @Override
          public void item(int index, int value) {
            members.push(new Visit(value, place.step("[]"), owner));
          }
        });
    // Pushed twice, so that the first member is popped first.
    members.forEach(stack::push);
  }

  /** A value of numpy or pandas: what it is made of counts here, its columns are places below. */
  private void library(int node, Place place, Share owner) {
    libraries.columns(
        node,
        (label, type, count) -> {
          Place column = place.step("[]").step("." + label);
          column.count += count;
          column.types.merge(type, count, Integer::sum);
        },
        (label, cell) -> stack.push(new Visit(cell, place.step("[]").step("." + label), owner)));
    for (int part : libraries.parts(node)) {
      if (part == node || !seen[part]) {
        seen[part] = true;
        add(place, owner, sizes.of(part));
      }
    }
  }

  private long keySize(int key) {
    return meaning.isText(key) ? sizes.name(meaning.text(key)) : sizes.of(key);
  }

  private String type(int node) {
    WellKnown known = meaning.wellKnown(node);
    Kind kind = meaning.kind(node);
    if (kind == Kind.OBJECT || kind == Kind.CALL) {
      String byValue = meaning.byValue(node);
      if (byValue != null) {
        return byValue + " by value";
      }
      String named = meaning.className(meaning.callable(node));
      String name = named == null ? "an unnamed callable" : named;
      return kind == Kind.CALL && known == null ? name + "()" : name;
    }
    return kind.name().toLowerCase(Locale.ROOT).replace("py2_str", "str (Python 2)");
  }
}
