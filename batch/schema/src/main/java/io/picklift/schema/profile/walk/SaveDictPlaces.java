package io.picklift.schema.profile.walk;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.schema.profile.DictPlaces;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.ValueProfile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The places of the members of one save's objects and records, found or made by their keys. */
final class SaveDictPlaces {
  /** What {@link Meaning#layout} gives of a dict that has none. */
  static final int NO_KEYS = -1;

  /** A power of two. */
  private static final int RECENT = 256;

  private final Meaning meaning;
  private final SaveFacts save;
  private final VisitedNodes met;
  private final KeyNames names;

  /** Those that were used a short while ago: a place may have many, one by one. */
  private final @Nullable DictPlaces[] recent = new DictPlaces[RECENT];

  private final List<DictPlaces> all = new ArrayList<>();

  SaveDictPlaces(Meaning meaning, SaveFacts save, VisitedNodes met, KeyNames names) {
    this.meaning = meaning;
    this.save = save;
    this.met = met;
    this.names = names;
  }

  /**
   * That of some attributes of a class; null where it was not made yet.
   *
   * @param keys the layout of the dict that has them, or {@link #NO_KEYS}
   * @param before how many of its members come before these
   */
  @Nullable DictPlaces find(ValueProfile of, int keys, int before) {
    if (keys == NO_KEYS) {
      return null;
    }
    int at = (of.id * 31 + keys) & (RECENT - 1);
    DictPlaces used = recent[at];
    if (used != null && used.is(of, keys, before)) {
      return used;
    }
    DictPlaces known = of.layout(keys, before, save);
    recent[at] = known;
    return known;
  }

  /** That of some attributes of a class, as {@link #find} has it. */
  DictPlaces attributes(ValueProfile of, long pairs, int keys, int before) {
    DictPlaces known = find(of, keys, before);
    if (known != null) {
      return known;
    }
    ValueProfile[] places = new ValueProfile[MemberSpan.count(pairs) / 2];
    for (int i = 0; i < places.length; i++) {
      places[i] = names.of(key(pairs, i)).in(of);
    }
    return make(of, pairs, keys, before, places);
  }

  /** That of a dict whose keys are names; null where it is a map, as its place is then. */
  @Nullable DictPlaces record(ValueProfile of, long pairs, int keys) {
    DictPlaces known = find(of, keys, 0);
    if (known != null) {
      return known;
    }
    ValueProfile[] places = new ValueProfile[MemberSpan.count(pairs) / 2];
    for (int i = 0; i < places.length && !of.isMap(); i++) {
      int key = key(pairs, i);
      places[i] = names.isName(key) ? names.of(key).in(of) : of.collapse();
    }
    return of.isMap() ? null : make(of, pairs, keys, 0, places);
  }

  private int key(long pairs, int index) {
    return meaning.member(MemberSpan.start(pairs) + 2 * index);
  }

  private DictPlaces make(
      ValueProfile of, long pairs, int keys, int before, ValueProfile[] places) {
    for (int i = 0; i < places.length; i++) {
      met.meet(key(pairs, i));
    }
    DictPlaces layout = new DictPlaces(of, keys, before, save, places);
    if (keys == NO_KEYS) {
      // It is of no use again.
      layout.count();
      layout.mention();
    } else {
      of.keep(layout);
      all.add(layout);
    }
    return layout;
  }

  /** Notes at each place how many owners had it. */
  void mention() {
    all.forEach(DictPlaces::mention);
  }
}
