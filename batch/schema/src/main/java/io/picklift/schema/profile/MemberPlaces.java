package io.picklift.schema.profile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The places below a place, and how they are made: of the members of lists, of the keys and values
 * of maps, of records by name, of tuples by position.
 */
abstract class MemberPlaces extends ValueCounts {
  /** More names than these are not told apart. */
  public static final int MOST_LEFT_OUT = 5_000;

  /** What sort of place it is. */
  enum Place {
    /** All of a class: members are attributes, places are arguments. */
    BODY,
    PLAIN,
    /** Below the values of a map: which of them shared a save was not followed. */
    IN_MAP
  }

  final PlaceFactory growth;
  final Place place;
  private final int depth;
  public final int id;

  private @Nullable ValueProfile items;
  private @Nullable ValueProfile keys;
  private @Nullable ValueProfile values;
  private @Nullable HashMap<String, ValueProfile> members;
  private @Nullable DictPlaces layouts;
  private @Nullable MemberLayouts together;
  private final List<ValueProfile> places = new ArrayList<>();

  /** The places of lists as long as all are alike in what {@link ListFields} asks. */
  private ListFields fields = ListFields.UNSEEN;

  private boolean listFields;

  /** Members and classes that were not followed. */
  private long uncounted;

  /** Names of members that are not followed: so many that nobody asks for the exact number. */
  private @Nullable Set<String> leftOut;

  private long mentioned;
  private long positions;

  /** Whether it is a table of pandas or numpy in some save, or the rows of one. */
  private boolean hasFrames;

  MemberPlaces(PlaceFactory growth, int depth, Place place, int id) {
    this.growth = growth;
    this.depth = depth;
    this.place = place;
    this.id = id;
  }

  abstract ValueProfile self();

  /** Counts what is not followed because there are too many. */
  void leaveOut() {
    uncounted++;
  }

  /** How many owners have this member. */
  long mentioned() {
    return mentioned;
  }

  public ValueProfile makeItems() {
    if (isBeyond()) {
      return self();
    }
    if (items == null) {
      items = growth.child(self(), place);
    }
    return items;
  }

  public ValueProfile makeKeys() {
    if (isBeyond()) {
      return self();
    }
    if (keys == null) {
      keys = growth.child(self(), Place.IN_MAP);
    }
    return keys;
  }

  public ValueProfile makeValues() {
    if (isBeyond()) {
      return self();
    }
    if (values == null) {
      values = growth.child(self(), Place.IN_MAP);
    }
    return values;
  }

  /** Whether dicts here are known to be maps, not records. */
  public boolean isMap() {
    return values != null || isBeyond();
  }

  /** The profile of a key's value. A record of too many keys becomes a map. */
  public ValueProfile makeMember(String name) {
    if (values != null) {
      return values;
    }
    if (isBeyond()) {
      return self();
    }
    HashMap<String, ValueProfile> all = members;
    if (all == null) {
      all = new HashMap<>();
      members = all;
    }
    ValueProfile member = all.get(name);
    if (member != null) {
      return member;
    }
    boolean isBody = isBody() || hasFrames;
    if (all.size() >= (isBody ? growth.limits().attributes() : growth.limits().members())) {
      if (!isBody) {
        return collapse();
      }
      leaveOut();
      leaveOut(name);
      return growth.beyond();
    }
    member = growth.child(self(), place);
    all.put(name, member);
    return member;
  }

  /** The layout of these keys that is kept for the save; else null. */
  public @Nullable DictPlaces layout(int keys, int before, SaveFacts save) {
    return DictPlaces.find(layouts, self(), keys, before, save);
  }

  /** The layouts that are kept for the save. */
  @Nullable DictPlaces layouts(SaveFacts save) {
    return DictPlaces.of(layouts, save);
  }

  public void keep(DictPlaces layout) {
    layouts = layout;
  }

  /** Notes which members owners have, in which order. */
  void noteLayout(ValueProfile[] places, SaveFacts save, long owners) {
    if (members == null || isBeyond()) {
      return;
    }
    if (together == null) {
      together = new MemberLayouts();
    }
    together.note(places, save, owners);
  }

  void mergeLayouts(MemberPlaces other) {
    Map<String, ValueProfile> theirs = other.members;
    Map<String, ValueProfile> ours = members;
    if (other.together == null || theirs == null || ours == null) {
      return;
    }
    if (together == null) {
      together = new MemberLayouts();
    }
    IdentityHashMap<ValueProfile, ValueProfile> here = new IdentityHashMap<>();
    theirs.forEach(
        (name, place) -> {
          ValueProfile own = ours.get(name);
          if (own != null) {
            here.put(place, own);
          }
        });
    together.merge(other.together, here);
  }

  /** Which members stand together; empty where there are too many such sets. */
  public List<MemberLayouts.Known> layouts() {
    return together == null || members == null ? List.of() : together.known(members);
  }

  /** Whether its members are the attributes of a class. */
  boolean isBody() {
    return place == Place.BODY;
  }

  /** Makes a map of what looked like a record. */
  public ValueProfile collapse() {
    if (isBeyond()) {
      return self();
    }
    DictPlaces.mentionAll(layouts);
    ValueProfile all = makeValues();
    SortedMap<String, ValueProfile> old = members();
    members = null;
    together = null;
    old.forEach(
        (name, member) -> {
          makeKeys().names(name, member);
          if (!member.isBeyond()) {
            all.merge(member, growth);
            member.forward = all;
          }
        });
    return all;
  }

  public ValueProfile makePlace(int at) {
    if (isBeyond()) {
      return self();
    }
    if (at >= growth.limits().places()) {
      leaveOut();
      return growth.beyond();
    }
    while (places.size() <= at) {
      places.add(growth.child(self(), place));
    }
    return places.get(at);
  }

  /** Whether lists here, so far, may be rows that were written as lists. */
  public boolean mayHaveFields() {
    return fields.isOpen();
  }

  /**
   * The place of a list's member where all lists here, so far, are of one length and have members
   * of several kinds, as a row that was written as a list; null where they are not.
   */
  public @Nullable ListFields fields(int length, boolean areOfOneKind) {
    if (fields.isOpen() && (areOfOneKind || items != null || !fields.mayBe(length))) {
      closeFields();
    } else if (fields.isUnseen() && !isBeyond()) {
      fields = ListFields.of(length, () -> growth.child(self(), place));
    }
    return fields.isOpen() && !fields.isUnseen() ? fields : null;
  }

  /** The members of the lists here are one place from now on. */
  void closeFields() {
    List<ValueProfile> all = fields.places();
    fields = ListFields.CLOSED;
    if (!all.isEmpty()) {
      ValueProfile to = makeItems();
      for (ValueProfile field : all) {
        if (!field.isBeyond()) {
          to.merge(field, growth);
          field.forward = to;
        }
      }
      // Which values of two places were equal was not looked at.
      ValueWalk.each(to, ValueProfile::duplicate);
    }
  }

  /**
   * Decides, once all saves are seen, whether lists here have places as tuples have. Few saves do
   * not tell that the next one will not be longer.
   */
  void finishFields() {
    if (fields.isUnseen() || !fields.isOpen()) {
      return;
    }
    if (seen().saves() >= ListFields.FEWEST_SAVES && places.isEmpty()) {
      places.addAll(fields.places());
      fields = ListFields.CLOSED;
      listFields = true;
    } else {
      closeFields();
    }
  }

  /** Whether {@link #places} are of lists that all have one length, too. */
  public boolean areListsFields() {
    return listFields;
  }

  /** Takes over the places of lists elsewhere, with which {@link ListFields#canJoin} held. */
  void joinFields(ListFields other) {
    if (!other.isUnseen() && other.isOpen()) {
      if (fields.isUnseen()) {
        fields = ListFields.of(other.places().size(), () -> growth.child(self(), place));
      }
      for (int i = 0; i < other.places().size(); i++) {
        fields.places().get(i).merge(other.places().get(i), growth);
      }
    } else if (!other.isOpen()) {
      fields = ListFields.CLOSED;
    }
  }

  Children children() {
    return new Children(items, keys, values, members(), places, fields);
  }

  /** How many containers deep this place is below its attribute. */
  int depth() {
    return depth;
  }

  /** Whether this place is below the values of a map. */
  public boolean isInMap() {
    return place == Place.IN_MAP;
  }

  /** Members of lists, tuples, sets; null where there were none. */
  public @Nullable ValueProfile items() {
    return items;
  }

  /** Keys of the dicts that are maps; null where there were none. */
  public @Nullable ValueProfile keys() {
    return keys;
  }

  /** Values of the dicts that are maps; null where there were none. */
  public @Nullable ValueProfile values() {
    return values;
  }

  /** Members of the dicts that are records, by name. */
  public SortedMap<String, ValueProfile> members() {
    return members == null
        ? Collections.emptySortedMap()
        : Collections.unmodifiableSortedMap(new TreeMap<>(members));
  }

  /** The members, in the order in which most owners have them. */
  public List<String> memberNames() {
    List<String> names = new ArrayList<>(members().keySet());
    names.sort(
        Comparator.comparingDouble((String name) -> position(name)).thenComparing(name -> name));
    return names;
  }

  private double position(String name) {
    ValueProfile member = members == null ? null : members.get(name);
    return member == null ? 0 : member.position();
  }

  /** Whether this stands for all that was not followed. */
  public boolean isBeyond() {
    return id < 0;
  }

  /** Members of tuples by place, as far as they were told apart. */
  public List<ValueProfile> places() {
    return Collections.unmodifiableList(places);
  }

  /** Members of lists by place, as long as it is open whether they are one place. */
  List<ValueProfile> fieldPlaces() {
    return fields.places();
  }

  private void leaveOut(String name) {
    Set<String> names = leftOut;
    if (names == null) {
      names = new HashSet<>();
      leftOut = names;
    }
    if (names.size() < MOST_LEFT_OUT) {
      names.add(name);
    }
  }

  /** How many members are not followed by name; at most {@link #MOST_LEFT_OUT}. */
  public int membersLeftOut() {
    return leftOut == null ? 0 : leftOut.size();
  }

  /** Members and classes that were not followed because there are too many. */
  public long notFollowed() {
    return uncounted;
  }

  /** Notes that owners have this member, and where; it is seen when the walk comes to it. */
  public void mention(int position, long times) {
    mentioned += times;
    positions += position * times;
  }

  /** Notes a table of pandas or numpy here, or that the dicts here are the rows of one. */
  public void markFrames() {
    hasFrames |= !isBeyond();
  }

  public boolean hasFrames() {
    return hasFrames;
  }

  double position() {
    return (double) positions / Math.max(1, mentioned);
  }

  /** Has lists told alike here and there, before values are merged. */
  void beginMerge(MemberPlaces other) {
    if (!fields.canJoin(other.fields, items != null, other.items != null)) {
      closeFields();
      other.closeFields();
    }
  }

  /** Takes over all but the places, which {@link PlaceFactory#join} merges. */
  void mergeCounts(MemberPlaces other) {
    uncounted += other.uncounted;
    if (other.leftOut != null) {
      other.leftOut.forEach(this::leaveOut);
    }
    hasFrames |= other.hasFrames;
    mentioned += other.mentioned;
    positions += other.positions;
  }

  /** The children, for whoever merges them. */
  record Children(
      @Nullable ValueProfile items,
      @Nullable ValueProfile keys,
      @Nullable ValueProfile values,
      Map<String, ValueProfile> members,
      List<ValueProfile> places,
      ListFields fields) {}
}
