package io.picklift.schema.profile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What many saves show. Grows with the number of classes and attributes, within {@link
 * ProfileLimits}, and not with the number of saves. Not for more than one thread: give each its own
 * and {@link #merge} them.
 */
public final class Profile {
  /** Of values that the source is split by: each is a table. */
  private static final int MOST_SPLITS = 200;

  private final ProfileLimits limits;
  private final PlaceFactory growth;
  private final SaveStatistics saves = new SaveStatistics();
  private final TreeMap<String, ClassProfile> classes = new TreeMap<>();
  private final ValueProfile root;
  private final TreeMap<String, ValueProfile> splits = new TreeMap<>();
  private final ClassProfile otherClasses;
  private List<OuterColumn> outer = List.of();
  private @Nullable String exactCollation;
  private boolean isInGroups;

  public Profile(ProfileLimits limits) {
    this.limits = limits;
    growth = new PlaceFactory(limits);
    root = growth.top(MemberPlaces.Place.PLAIN);
    otherClasses = new ClassProfile("", growth);
  }

  /** Counts a save that a walk takes its part of the profile from. */
  public void addSave(SaveFacts facts, int protocol, int nodes) {
    saves.save(facts, protocol, nodes);
  }

  /** Counts a save that could not be read. */
  public void addRefused(String reason) {
    saves.refused(reason);
  }

  /** Says what columns there are beside the saves. */
  public void setOuter(List<OuterColumn> columns) {
    outer = List.copyOf(columns);
  }

  /** Columns beside the saves: the key's first. */
  public List<OuterColumn> outer() {
    return outer;
  }

  /** Says that the values that the source is split by are groups of columns, and no tables. */
  public void groupSplits() {
    isInGroups = true;
  }

  /** Whether the values that the source is split by are groups of columns of one table. */
  public boolean isInGroups() {
    return isInGroups && !splits.isEmpty();
  }

  /** Says by which collation the server compares texts as Python does; null if none is known. */
  public void setExactCollation(@Nullable String collation) {
    exactCollation = collation;
  }

  /** The collation that takes two texts for one where Python does, and nowhere else. */
  public @Nullable String exactCollation() {
    return exactCollation;
  }

  /** Says that the source has more saves than those that are added. */
  public void markSample() {
    saves.sample();
  }

  /** Takes over what another profile saw of other saves. The other is of no use after that. */
  public void merge(Profile other) {
    saves.merge(other.saves);
    root.merge(other.root, growth);
    other.splits.forEach((value, place) -> root(value).merge(place, growth));
    other.classes.forEach((name, found) -> classProfile(name).merge(found, growth));
    otherClasses.merge(other.otherClasses, growth);
  }

  /**
   * Ends the adding: dicts whose keys turned out to be data, now that all are seen, count as maps.
   * Call it once, on what everything was merged into.
   */
  public Profile finish() {
    roots().forEach(place -> ValueWalk.each(place, Profile::finish));
    for (ClassProfile of : classes.values()) {
      ValueWalk.each(of.body(), Profile::finish);
      ValueWalk.each(of.contents(), Profile::finish);
    }
    return this;
  }

  private static void finish(ValueProfile value) {
    if (MapLikeness.isMap(value)) {
      value.collapse();
    }
    value.finishFields();
  }

  /** Several classes as if they were one, under the first one's name. */
  public ClassProfile together(List<ClassProfile> some) {
    ClassProfile all = new ClassProfile(some.get(0).name(), growth);
    some.forEach(one -> all.merge(one, growth));
    return all;
  }

  /** Several places as if they were one. */
  public ValueProfile joined(List<ValueProfile> some) {
    ValueProfile all = growth.top(MemberPlaces.Place.IN_MAP);
    some.forEach(one -> all.merge(one, growth));
    return all;
  }

  /**
   * The class of that name, made where there is none; {@link #otherClasses} where it is one too
   * many.
   */
  public ClassProfile classProfile(String name) {
    ClassProfile known = classes.get(name);
    if (known != null) {
      return known;
    }
    if (classes.size() >= limits.classes()) {
      return otherClasses;
    }
    ClassProfile made = new ClassProfile(name, growth);
    classes.put(name, made);
    return made;
  }

  public PlaceFactory growth() {
    return growth;
  }

  public ProfileLimits limits() {
    return limits;
  }

  public SaveStatistics saves() {
    return saves;
  }

  /** The saves' own values, those apart that {@link #splits} has. */
  public ValueProfile root() {
    return root;
  }

  /**
   * Where the own values belong of saves whose row has this value in the column that the source is
   * split by: a place of their own, or with all others where it is one value too many.
   */
  public ValueProfile root(@Nullable String value) {
    // A mapping names no table for an empty value.
    if (value == null
        || value.isEmpty()
        || (splits.size() >= MOST_SPLITS && !splits.containsKey(value))) {
      return root;
    }
    return splits.computeIfAbsent(value, any -> growth.top(MemberPlaces.Place.PLAIN));
  }

  /** The saves' own values by the value of the column that the source is split by. */
  public SortedMap<String, ValueProfile> splits() {
    return Collections.unmodifiableSortedMap(splits);
  }

  /** All places of the saves' own values. */
  public List<ValueProfile> roots() {
    List<ValueProfile> all = new ArrayList<>(splits.values());
    all.add(0, root);
    return all;
  }

  /** Classes by name, those of enum members and the like apart. */
  public SortedMap<String, ClassProfile> classes() {
    return Collections.unmodifiableSortedMap(classes);
  }

  /** All classes beyond the limit, as one. */
  public ClassProfile otherClasses() {
    return otherClasses;
  }
}
