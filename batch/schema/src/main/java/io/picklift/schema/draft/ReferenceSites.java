package io.picklift.schema.draft;

import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ReferenceCount;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.text.PlacePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From where objects of each class are referred to. */
public final class ReferenceSites {
  /**
   * One place.
   *
   * @param owner the class to which it belongs; empty for the save itself
   * @param path from there, for comparing
   * @param isMember whether it is of a container's members, not of an attribute itself
   * @param isKey whether it is of a dict's keys
   */
  record Site(String owner, String path, ValueProfile place, boolean isMember, boolean isKey) {}

  private record Step(String path, ValueProfile place, boolean isMember, boolean isKey) {}

  private final TreeMap<String, List<Site>> byClass = new TreeMap<>();
  private final List<Site> all = new ArrayList<>();
  private final TreeMap<String, List<ValueProfile>> holders = new TreeMap<>();

  public ReferenceSites(Profile profile) {
    profile.roots().forEach(place -> from("", place));
    for (ClassProfile of : profile.classes().values()) {
      from(of.name(), of.body());
      from(of.name(), of.contents());
    }
  }

  private void from(String owner, ValueProfile top) {
    Deque<Step> open = new ArrayDeque<>();
    open.push(new Step("", top, false, false));
    while (!open.isEmpty()) {
      Step step = open.pop();
      ValueProfile place = step.place();
      if (place.isBeyond()) {
        continue;
      }
      note(owner, step);
      push(open, step, PlacePath.items(step.path()), place.items(), true);
      push(open, step, PlacePath.values(step.path()), place.values(), true);
      push(open, step, PlacePath.keys(step.path()), place.keys(), true);
      place
          .members()
          .forEach(
              (name, m) ->
                  push(open, step, PlacePath.member(step.path(), name), m, step.isMember()));
      for (int i = 0; i < place.places().size(); i++) {
        push(open, step, PlacePath.at(step.path(), i), place.places().get(i), step.isMember());
      }
    }
  }

  private static void push(
      Deque<Step> open, Step from, String path, @Nullable ValueProfile place, boolean isMember) {
    if (place != null) {
      boolean isKey = from.isKey() || path.equals(PlacePath.keys(from.path()));
      open.push(new Step(path, place, isMember, isKey));
    }
  }

  private void note(String owner, Step step) {
    Site site = new Site(owner, step.path(), step.place(), step.isMember(), step.isKey());
    boolean hasObjects = false;
    for (Map.Entry<String, ReferenceCount> entry : step.place().classes().entrySet()) {
      if (entry.getValue().held() > 0) {
        holders.computeIfAbsent(entry.getKey(), n -> new ArrayList<>()).add(step.place());
      }
      if (entry.getValue().count() > entry.getValue().wrapped()) {
        byClass.computeIfAbsent(entry.getKey(), n -> new ArrayList<>()).add(site);
        hasObjects = true;
      }
    }
    if (hasObjects) {
      all.add(site);
    }
  }

  List<Site> of(String className) {
    return byClass.getOrDefault(className, List.of());
  }

  /** All places that have objects. */
  List<Site> all() {
    return all;
  }

  /** The classes of containers whose members are told with a place. */
  Set<String> heldClasses() {
    return holders.keySet();
  }

  /** The places that tell what containers of a class hold which stand there. */
  public List<ValueProfile> holders(String className) {
    return holders.getOrDefault(className, List.of());
  }

  /** How many objects, wrapped values apart, a place has of a class. */
  public static long objects(ValueProfile place, String className) {
    ReferenceCount referred = place.classes().get(className);
    return referred == null ? 0 : referred.count() - referred.wrapped();
  }
}
