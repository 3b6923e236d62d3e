package io.picklift.schema.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a {@link Profile} as a walk meets them, and what it can use again for the next
 * save.
 */
final class ClassIndex {
  /** So many classes of one save are told that they were together. */
  private static final int COMPARED = 64;

  private final Profile profile;
  private final Map<String, Called> called = new HashMap<>();
  private final List<Met> here = new ArrayList<>();
  final LongSet values = new LongSet();

  ClassIndex(Profile profile) {
    this.profile = profile;
  }

  /** What objects are made by: a class or function by name. */
  static final class Called {
    final String name;

    final boolean isTime;

    private @Nullable Met met;

    Called(String name) {
      this.name = name;
      isTime = ScalarNotes.isTime(name);
    }
  }

  /** A class, and the order in which its last object had its attributes. */
  static final class Met {
    final ClassProfile profile;
    final String name;
    private @Nullable SaveFacts in;
    long objects;

    /** By position the node of the attribute's name, and its place. */
    private int[] keys = new int[16];

    private ValueProfile[] places = new ValueProfile[16];

    /** How many objects had it there. */
    private int[] mentions = new int[16];

    Met(ClassProfile profile, String name) {
      this.profile = profile;
      this.name = name;
    }

    /** Whether the attribute that last came at this position had this key. */
    boolean expects(int position, int key) {
      return position < keys.length && keys[position] == key;
    }

    void expect(int position, int key, ValueProfile place) {
      if (position >= keys.length) {
        int from = keys.length;
        keys = Arrays.copyOf(keys, Math.max(position + 1, from * 2));
        places = Arrays.copyOf(places, keys.length);
        mentions = Arrays.copyOf(mentions, keys.length);
        Arrays.fill(keys, from, keys.length, -1);
      }
      mention(position);
      keys[position] = key;
      places[position] = place;
    }

    /** The place of the attribute that was expected; notes that an object had it there. */
    ValueProfile place(int position) {
      mentions[position]++;
      return places[position];
    }

    private void mention(int position) {
      if (mentions[position] > 0) {
        places[position].mention(position, mentions[position]);
        mentions[position] = 0;
      }
    }

    private void end() {
      profile.objectsInSave(objects);
      for (int i = 0; i < mentions.length; i++) {
        mention(i);
      }
    }
  }

  ValueProfile beyond() {
    return profile.growth().beyond();
  }

  int mostPlaces() {
    return profile.limits().places();
  }

  void start() {
    values.clear();
    here.clear();
    if (called.size() > profile.limits().classes()) {
      called.clear();
    }
  }

  /** What goes by that name, mostly since saves before this one. */
  Called called(String name) {
    return called.computeIfAbsent(name, Called::new);
  }

  /** The class of that name in the save that is walked. */
  Met met(Called by, SaveFacts save) {
    Met met = by.met;
    if (met == null) {
      met = new Met(profile.classProfile(by.name), by.name);
      by.met = met;
    }
    if (!save.is(met.in)) {
      begin(met, save);
    }
    return met;
  }

  private boolean isFollowed(Met met) {
    return met.profile != profile.otherClasses();
  }

  private void begin(Met met, SaveFacts save) {
    met.in = save;
    met.objects = 0;
    Arrays.fill(met.keys, -1);
    here.add(met);
  }

  /** Notes how many objects the save had of each class, and which classes it had. */
  void end() {
    for (int i = 0; i < here.size(); i++) {
      Met one = here.get(i);
      one.end();
      for (int j = 0; j < i && i < COMPARED; j++) {
        Met other = here.get(j);
        // Of all classes beyond the limit, nobody asks for one by its name.
        if (isFollowed(one) && isFollowed(other)) {
          one.profile.together(other.name);
          other.profile.together(one.name);
        }
      }
    }
  }
}
