package io.picklift.schema.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which members stand together in objects of one class or records of one place, and in which order:
 * as a rule, each version of an application has its own. Kept as long as there are few.
 */
public final class MemberLayouts {
  private static final int MOST = 128;

  /** Null once there were too many. */
  private @Nullable Map<Key, Layout> byKey = new HashMap<>();

  private @Nullable Layout recent;
  private ValueProfile @Nullable [] recentPlaces;

  MemberLayouts() {}

  /** Members, by the identity of their places and in their order. */
  private static final class Key {
    private final int[] ids;

    Key(ValueProfile[] places) {
      ids = new int[places.length];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = places[i].id;
      }
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && Arrays.equals(ids, key.ids);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(ids);
    }
  }

  private static final class Layout {
    final ValueProfile[] places;
    final SaveOccurrence seen = new SaveOccurrence();
    long times;

    Layout(ValueProfile[] places) {
      this.places = places;
    }
  }

  /** Notes owners that have these members. */
  void note(ValueProfile[] places, SaveFacts save, long owners) {
    Layout layout = find(places);
    if (layout != null) {
      layout.times += owners;
      layout.seen.note(save);
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same array again is the usual case
  private @Nullable Layout find(ValueProfile[] places) {
    Map<Key, Layout> all = byKey;
    if (all == null) {
      return null;
    }
    if (places == recentPlaces) {
      return recent;
    }
    // Each save has an array of its own, mostly of what the save before had.
    if (recent != null && areSame(recent.places, places)) {
      recentPlaces = places;
      return recent;
    }
    Key key = new Key(places);
    Layout layout = all.get(key);
    if (layout == null) {
      if (all.size() >= MOST) {
        close();
        return null;
      }
      layout = new Layout(places);
      all.put(key, layout);
    }
    recent = layout;
    recentPlaces = places;
    return layout;
  }

  private static boolean areSame(ValueProfile[] one, ValueProfile[] other) {
    boolean are = one.length == other.length;
    for (int i = 0; are && i < one.length; i++) {
      are = one[i].id == other[i].id;
    }
    return are;
  }

  private void close() {
    byKey = null;
    recent = null;
    recentPlaces = null;
  }

  /**
   * Takes over the layouts of another place.
   *
   * @param here by the places of the other one's members those of the same members here
   */
  void merge(MemberLayouts other, IdentityHashMap<ValueProfile, ValueProfile> here) {
    if (other.byKey == null) {
      close();
      return;
    }
    for (Layout from : List.copyOf(other.byKey.values())) {
      ValueProfile[] places = new ValueProfile[from.places.length];
      boolean isKnown = true;
      for (int i = 0; i < places.length; i++) {
        ValueProfile place = here.get(from.places[i]);
        isKnown &= place != null;
        places[i] = place == null ? from.places[i] : place;
      }
      Layout to = isKnown ? find(places) : null;
      if (to != null) {
        to.times += from.times;
        to.seen.merge(from.seen);
      }
    }
  }

  /**
   * One layout.
   *
   * @param names of the members, in their order
   * @param owners how many have them
   */
  public record Known(List<String> names, long owners, SaveOccurrence seen) {}

  /** The layouts by their members' names; empty where there were too many. */
  List<Known> known(Map<String, ValueProfile> members) {
    Map<Key, Layout> all = byKey;
    if (all == null) {
      return List.of();
    }
    IdentityHashMap<ValueProfile, String> names = new IdentityHashMap<>();
    members.forEach((name, place) -> names.put(place, name));
    List<Known> known = new ArrayList<>();
    for (Layout layout : all.values()) {
      List<String> of = new ArrayList<>();
      for (ValueProfile place : layout.places) {
        String name = names.get(place);
        if (name != null) {
          of.add(name);
        }
      }
      known.add(new Known(of, layout.times, layout.seen));
    }
    return known;
  }
}
