package io.picklift.schema.draft;

import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.ValueWalk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which classes share a table, and what becomes of each. */
final class ClassGroups {
  /** An owned object of more values gets a row of its own. */
  private static final int MOST_INLINE = 24;

  private final Profile profile;
  private final ReferenceSites sites;
  private final ClassLikeness likeness;
  private final Map<String, ClassGroup> byClass = new TreeMap<>();
  private final List<ClassGroup> groups = new ArrayList<>();

  ClassGroups(Profile profile, ReferenceSites sites) {
    this.profile = profile;
    this.sites = sites;
    likeness = new ClassLikeness(profile);
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

  /**
   * Joins classes that stand in the same place and are related. What stands in the places of joined
   * classes is in one place then, so this goes on until nothing more is joined.
   */
  private Map<String, String> heads() {
    Map<String, String> heads = new TreeMap<>();
    boolean isChanged = true;
    while (isChanged) {
      isChanged = false;
      for (Set<String> here : places(heads).values()) {
        List<String> names = List.copyOf(here);
        for (int i = 1; i < names.size(); i++) {
          for (int j = 0; j < i; j++) {
            String one = head(heads, names.get(i));
            String other = head(heads, names.get(j));
            if (!one.equals(other) && areRelated(names.get(i), names.get(j), heads)) {
              heads.put(one, other);
              isChanged = true;
            }
          }
        }
      }
    }
    return heads;
  }

  /** The classes of objects by place, those of joined classes as one. */
  private Map<String, Set<String>> places(Map<String, String> heads) {
    Map<String, Set<String>> places = new TreeMap<>();
    for (ReferenceSites.Site site : sites.all()) {
      for (String name : site.place().classes().keySet()) {
        if (ReferenceSites.objects(site.place(), name) > 0 && profile.classes().containsKey(name)) {
          places.computeIfAbsent(key(site, heads), k -> new TreeSet<>()).add(name);
        }
      }
    }
    return places;
  }

  private static String key(ReferenceSites.Site site, Map<String, String> heads) {
    return head(heads, site.owner()) + '\n' + site.path();
  }

  /** Whether two classes that stand in one place share a table. */
  private boolean areRelated(String one, String other, Map<String, String> heads) {
    if (likeness.areAlike(one, other)) {
      return true;
    }
    // Those that stand nowhere else are a hierarchy, whatever little they have in common.
    Set<String> places = places(one, heads);
    Set<String> others = places(other, heads);
    if (places.equals(others)) {
      return likeness.fitTogether(one, other)
          && (likeness.haveCommon(one, other) || (isPart(one, heads) && isPart(other, heads)));
    }
    // So are relatives of which some stand elsewhere, too.
    boolean isBeside = places.containsAll(others) || others.containsAll(places);
    return isBeside && likeness.fitTogether(one, other) && likeness.areRelatives(one, other);
  }

  private Set<String> places(String name, Map<String, String> heads) {
    Set<String> places = new TreeSet<>();
    sites.of(name).forEach(site -> places.add(key(site, heads)));
    return places;
  }

  /** Whether objects of the class are parts of one other object's row, or of one container's. */
  private boolean isPart(String name, Map<String, String> heads) {
    ClassProfile of = profile.classes().get(name);
    List<ReferenceSites.Site> all = sites.of(name);
    return of != null
        && of.owned() == of.objects()
        && places(name, heads).size() == 1
        && !all.get(0).isKey()
        && !all.get(0).owner().isEmpty()
        && all.stream().noneMatch(site -> head(heads, site.owner()).equals(head(heads, name)));
  }

  private static String head(Map<String, String> heads, String name) {
    String at = name;
    for (String next = heads.get(at); next != null; next = heads.get(at)) {
      at = next;
    }
    return at;
  }

  private ClassGroup group(List<ClassProfile> together, Map<String, String> heads) {
    List<ClassProfile> newest = new ArrayList<>(together);
    newest.sort(
        Comparator.comparingLong(ClassGroups::lastSeen)
            .thenComparingLong(ClassProfile::objects)
            .reversed()
            .thenComparing(ClassProfile::name));
    List<String> names = newest.stream().map(ClassProfile::name).toList();
    List<String> older = new ArrayList<>();
    List<String> why = new ArrayList<>();
    for (int i = 1; i < names.size(); i++) {
      for (int j = 0; j < i; j++) {
        String evidence =
            older.contains(names.get(j)) ? "" : likeness.renamed(names.get(i), names.get(j));
        if (!evidence.isEmpty()) {
          older.add(names.get(i));
          why.add(
              names.get(i) + " is taken for an older name of " + names.get(j) + ": " + evidence);
          break;
        }
      }
    }
    ClassProfile all = newest.size() == 1 ? newest.get(0) : profile.together(newest);
    ValueProfile contents = contents(names, all);
    ClassGroup.Role role = contents == null ? role(names, all, heads) : ClassGroup.Role.TABLE;
    return new ClassGroup(names, older, why, all, role, contents);
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
    return profile.roots().stream()
        .map(root -> root.classes().get(name))
        .anyMatch(root -> root != null && root.held() > root.heldAlone());
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
    if ((only == null || !isOwned)
        && all.attributes().isEmpty()
        && ValueClasses.areValues(names)
        && leaves(all) <= MOST_INLINE) {
      return ClassGroup.Role.INLINE;
    }
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
