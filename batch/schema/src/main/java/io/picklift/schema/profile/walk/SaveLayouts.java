package io.picklift.schema.profile.walk;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.Span;
import io.picklift.schema.profile.Layout;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.ValueProfile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The places of the members of one save's objects and records, found or made by their keys. */
final class SaveLayouts {
  /** What {@link Meaning#layout} gives of a dict that has none. */
  static final int NO_KEYS = -1;

  /** A power of two. */
  private static final int RECENT = 256;

  private final Meaning meaning;
  private final SaveFacts save;
  private final NodesMet met;
  private final KeyNames names;

  /** Those that were used a short while ago: a place may have many, one by one. */
  private final @Nullable Layout[] recent = new Layout[RECENT];

  private final List<Layout> all = new ArrayList<>();

  SaveLayouts(Meaning meaning, SaveFacts save, NodesMet met, KeyNames names) {
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
  @Nullable Layout find(ValueProfile of, int keys, int before) {
    int at = (of.id * 31 + keys) & (RECENT - 1);
    Layout used = recent[at];
    if (used != null && used.is(of, keys, before)) {
      return used;
    }
    Layout known = of.layout(keys, before, save);
    recent[at] = known;
    return known;
  }

  /** That of some attributes of a class, as {@link #find} has it. */
  Layout attributes(ValueProfile of, long pairs, int keys, int before) {
    Layout known = find(of, keys, before);
    if (known != null) {
      return known;
    }
    ValueProfile[] places = new ValueProfile[Span.count(pairs) / 2];
    for (int i = 0; i < places.length; i++) {
      places[i] = names.of(key(pairs, i)).in(of);
    }
    return make(of, pairs, keys, before, places);
  }

  /** That of a dict whose keys are names; null where it is a map, as its place is then. */
  @Nullable Layout record(ValueProfile of, long pairs, int keys) {
    Layout known = find(of, keys, 0);
    if (known != null) {
      return known;
    }
    ValueProfile[] places = new ValueProfile[Span.count(pairs) / 2];
    for (int i = 0; i < places.length && !of.isMap(); i++) {
      int key = key(pairs, i);
      places[i] = names.isName(key) ? names.of(key).in(of) : of.collapse();
    }
    return of.isMap() ? null : make(of, pairs, keys, 0, places);
  }

  private int key(long pairs, int index) {
    return meaning.member(Span.start(pairs) + 2 * index);
  }

  private Layout make(ValueProfile of, long pairs, int keys, int before, ValueProfile[] places) {
    for (int i = 0; i < places.length; i++) {
      met.meet(key(pairs, i));
    }
    Layout layout = new Layout(of, keys, before, save, places);
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
    all.forEach(Layout::mention);
  }
}
