package io.picklift.schema.profile.walk;

import io.picklift.schema.frames.FrameReader;
import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.ValueProfile;
import java.util.ArrayList;
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
  final RecentTexts texts = new RecentTexts();

  ClassIndex(Profile profile) {
    this.profile = profile;
  }

  /** What objects are made by: a class or function by name. */
  static final class Called {
    final String name;

    /** Whether it may make tables of pandas or numpy. */
    final boolean mayBeFrame;

    /** Whether it is of a library whose values are read by their layout, or not at all. */
    final boolean isOfLibrary;

    private @Nullable Met met;

    Called(String name) {
      this.name = name;
      mayBeFrame = FrameReader.isMaker(name);
      isOfLibrary = name.startsWith("numpy.") || name.startsWith("pandas.");
    }
  }

  /** A class, and how many objects of it the save has. */
  static final class Met {
    final ClassProfile profile;
    final String name;
    private @Nullable SaveFacts in;

    /** Which of the save's classes it is, from 0. */
    int number;

    long objects;

    Met(ClassProfile profile, String name) {
      this.profile = profile;
      this.name = name;
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
    texts.clear();
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

  /** The name of the class that has that {@link Met#number}. */
  String name(int number) {
    return here.get(number).name;
  }

  private boolean isFollowed(Met met) {
    return met.profile != profile.otherClasses();
  }

  private void begin(Met met, SaveFacts save) {
    met.in = save;
    met.objects = 0;
    met.number = here.size();
    here.add(met);
  }

  /** Notes how many objects the save had of each class, and which classes it had. */
  void end() {
    for (int i = 0; i < here.size(); i++) {
      Met one = here.get(i);
      one.profile.objectsInSave(one.objects);
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
