package io.picklift.schema.draft;

import io.picklift.codec.meaning.Attributes;
import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ReferenceCount;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.ValueWalk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which classes share a table, and what becomes of each. */
final class ClassGroups {
  /**
   * Classes with this share of their attributes in common are versions or relatives of each other.
   */
  private static final double ALIKE = 0.5;

  /** An owned object of more values gets a row of its own. */
  private static final int MOST_INLINE = 24;

  private final Profile profile;
  private final ReferenceSites sites;
  private final Map<String, ClassGroup> byClass = new TreeMap<>();
  private final List<ClassGroup> groups = new ArrayList<>();

  ClassGroups(Profile profile, ReferenceSites sites) {
    this.profile = profile;
    this.sites = sites;
    Map<String, String> heads = heads();
    Map<String, List<ClassProfile>> members = new TreeMap<>();
    for (ClassProfile of : profile.classes().values()) {
      members.computeIfAbsent(head(heads, of.name()), n -> new ArrayList<>()).add(of);
    }
    for (List<ClassProfile> together : members.values()) {
      ClassGroup group = group(together, heads);
      groups.add(group);
      group.classes().forEach(name -> byClass.put(name, group));
    }
  }

  List<ClassGroup> all() {
    return groups;
  }

  /** Whether some objects of these classes are containers. */
  boolean areContainers(ClassGroup group) {
    return group.classes().stream().anyMatch(name -> !sites.holders(name).isEmpty());
  }

  /** The group of a class; null for a class that was not followed. */
  @Nullable ClassGroup of(String className) {
    return byClass.get(className);
  }

  /** Joins classes that stand in the same place and have much the same attributes. */
  private Map<String, String> heads() {
    Map<String, String> heads = new TreeMap<>();
    for (ReferenceSites.Site site : sites.all()) {
      List<String> here =
          site.place().classes().keySet().stream()
              .filter(name -> ReferenceSites.objects(site.place(), name) > 0)
              .filter(name -> profile.classes().containsKey(name))
              .toList();
      for (int i = 1; i < here.size(); i++) {
        for (int j = 0; j < i; j++) {
          if (areAlike(here.get(i), here.get(j))) {
            String one = head(heads, here.get(i));
            String other = head(heads, here.get(j));
            if (!one.equals(other)) {
              heads.put(one, other);
            }
          }
        }
      }
    }
    return heads;
  }

  private static String head(Map<String, String> heads, String name) {
    String at = name;
    for (String next = heads.get(at); next != null; next = heads.get(at)) {
      at = next;
    }
    return at;
  }

  private boolean areAlike(String one, String other) {
    Set<String> left = attributes(one);
    Set<String> right = attributes(other);
    if (left.isEmpty() || right.isEmpty()) {
      return false;
    }
    Set<String> both = new HashSet<>(left);
    both.retainAll(right);
    Set<String> either = new HashSet<>(left);
    either.addAll(right);
    return both.size() >= ALIKE * either.size();
  }

  private Set<String> attributes(String name) {
    ClassProfile of = profile.classes().get(name);
    if (of == null) {
      return Set.of();
    }
    // That objects have a state which is no dict makes them no relatives.
    Set<String> names = new HashSet<>(of.attributes().keySet());
    names.remove(Attributes.STATE_NAME);
    return names;
  }

  private ClassGroup group(List<ClassProfile> together, Map<String, String> heads) {
    List<ClassProfile> newest = new ArrayList<>(together);
    newest.sort(
        Comparator.comparingLong(ClassGroups::lastSeen)
            .thenComparingLong(ClassProfile::objects)
            .reversed()
            .thenComparing(ClassProfile::name));
    List<String> names = newest.stream().map(ClassProfile::name).toList();
    boolean oneAtATime =
        newest.stream()
            .noneMatch(one -> names.stream().anyMatch(name -> one.together().contains(name)));
    ClassProfile all = newest.size() == 1 ? newest.get(0) : profile.together(newest);
    ValueProfile contents = contents(names, all);
    ClassGroup.Role role = contents == null ? role(names, all, heads) : ClassGroup.Role.TABLE;
    return new ClassGroup(names, oneAtATime, all, role, contents);
  }

  /**
   * What containers of the classes hold, if it is told by class: where some stand within others of
   * their own, or are the save itself and have attributes.
   */
  private @Nullable ValueProfile contents(List<String> names, ClassProfile all) {
    boolean isByClass = all.contents().count() > 0 || names.stream().anyMatch(this::isRoot);
    if (!isByClass) {
      return null;
    }
    List<ValueProfile> places = new ArrayList<>();
    places.add(all.contents());
    names.forEach(name -> places.addAll(sites.holders(name)));
    return profile.joined(places);
  }

  private boolean isRoot(String name) {
    ReferenceCount root = profile.root().classes().get(name);
    return root != null && root.held() > root.heldAlone();
  }

  private static long lastSeen(ClassProfile of) {
    SaveFacts last = of.seen().last();
    return last == null ? -1 : last.order();
  }

  private ClassGroup.Role role(List<String> names, ClassProfile all, Map<String, String> heads) {
    if (names.stream().allMatch(name -> sites.of(name).isEmpty())
        || (all.attributes().isEmpty() && all.arguments().isEmpty())) {
      return ClassGroup.Role.NONE;
    }
    ReferenceSites.Site only = onlySite(names, heads);
    boolean isOwned = all.owned() == all.objects();
    if (only == null || !isOwned || names.contains(only.owner()) || only.owner().isEmpty()) {
      return ClassGroup.Role.TABLE;
    }
    if (only.isMember()) {
      return only.isKey() ? ClassGroup.Role.TABLE : ClassGroup.Role.MEMBER;
    }
    return leaves(all) <= MOST_INLINE ? ClassGroup.Role.INLINE : ClassGroup.Role.TABLE;
  }

  private ReferenceSites.@Nullable Site onlySite(List<String> names, Map<String, String> heads) {
    ReferenceSites.Site only = null;
    for (String name : names) {
      for (ReferenceSites.Site site : sites.of(name)) {
        if (only != null
            && !(only.path().equals(site.path())
                && head(heads, only.owner()).equals(head(heads, site.owner())))) {
          return null;
        }
        only = site;
      }
    }
    return only;
  }

  private static int leaves(ClassProfile of) {
    int[] count = new int[1];
    ValueWalk.each(of.body(), value -> count[0]++);
    return count[0];
  }
}
