package io.picklift.schema.profile;

import org.jspecify.annotations.Nullable;

/**
 * The places of the values of dicts that are alike in one save: of the attributes of most objects
 * of one class, or of the members of records. They are looked for once.
 */
public final class DictPlaces {
  /** What has these members. */
  private final ValueProfile of;

  /** The number that {@code Meaning.layout} gives the keys. */
  private final int keys;

  /** How many members come before these. */
  private final int before;

  private final SaveFacts save;
  private final ValueProfile[] places;

  /** Whether the record may become a map while its members are visited. */
  private final boolean mayCollapse;

  /** Another one of what these are members of. */
  private final @Nullable DictPlaces other;

  private long times;

  /**
   * The next one of {@code of}.
   *
   * @param places the members of {@code of} that these are
   */
  public DictPlaces(ValueProfile of, int keys, int before, SaveFacts save, ValueProfile[] places) {
    this.of = of;
    this.keys = keys;
    this.before = before;
    this.save = save;
    this.places = places;
    mayCollapse = !of.isBody();
    other = of.layouts(save);
  }

  /** That of these keys among this one and the others. */
  static @Nullable DictPlaces find(
      @Nullable DictPlaces first, ValueProfile of, int keys, int before, SaveFacts save) {
    DictPlaces at = of(first, save);
    while (at != null && !at.is(of, keys, before)) {
      at = at.other;
    }
    return at;
  }

  /** Whether it is the one of these keys in that place; of one save there is no other. */
  public boolean is(ValueProfile of, int keys, int before) {
    return this.of.id == of.id && this.keys == keys && this.before == before;
  }

  /** Nothing where they are those of a save before. */
  static @Nullable DictPlaces of(@Nullable DictPlaces first, SaveFacts save) {
    return first != null && save.is(first.save) ? first : null;
  }

  public ValueProfile[] places() {
    return places;
  }

  public boolean mayCollapse() {
    return mayCollapse;
  }

  public void count() {
    times++;
  }

  /** Notes at each place how many had it since this was done last. */
  public void mention() {
    for (int i = 0; i < places.length; i++) {
      places[i].mention(before + i, times);
    }
    if (times > 0) {
      of.noteLayout(places, save, times);
    }
    times = 0;
  }

  /** {@link #mention} of a layout and all others. */
  static void mentionAll(@Nullable DictPlaces first) {
    for (DictPlaces at = first; at != null; at = at.other) {
      at.mention();
    }
  }
}
