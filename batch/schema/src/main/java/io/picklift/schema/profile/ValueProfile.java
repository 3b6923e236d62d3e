package io.picklift.schema.profile;

import io.picklift.schema.profile.scalar.ScalarProfile;
import io.picklift.schema.profile.scalar.SizeRange;
import java.nio.charset.StandardCharsets;
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
 * What stands in one place of all saves: an attribute, the members of a list, the values of a dict.
 * Containers have profiles of their members below.
 */
public final class ValueProfile extends ValueCounts {
  private static final ValueKind[] KINDS = ValueKind.values();

  /** More names than these are not told apart. */
  public static final int MOST_LEFT_OUT = 5_000;

  private final PlaceFactory growth;
  private final int depth;
  private final Place place;
  public final int id;

  private @Nullable TreeMap<String, ReferenceCount> classes;
  private @Nullable String lastClass;
  private @Nullable ReferenceCount lastReferred;

  private final SizeRange sizes = new SizeRange();
  private long again;
  private @Nullable Backlinks backlinks;

  private @Nullable ValueProfile items;
  private @Nullable ValueProfile keys;
  private @Nullable ValueProfile values;
  private @Nullable HashMap<String, ValueProfile> members;
  private @Nullable DictPlaces layouts;
  private @Nullable MemberLayouts together;
  private @Nullable NearNumbers near;
  private final List<ValueProfile> places = new ArrayList<>();

  /** The places of lists as long as all are alike in what {@link ListFields} asks. */
  private ListFields fields = ListFields.UNSEEN;

  private boolean listFields;
  private long uncounted;

  /** Names of members that are not followed: so many that nobody asks for the exact number. */
  private @Nullable Set<String> leftOut;

  /** Containers of a class that have attributes, which are no values of their kind. */
  private long heldDicts;

  private long heldTuples;
  private long heldLists;
  private long mentioned;
  private long positions;

  /** Whether it is a table of pandas or numpy in some save, or the rows of one. */
  private boolean hasFrames;

  private @Nullable String unread;

  /** What sort of place it is. */
  enum Place {
    /** All of a class: members are attributes, places are arguments. */
    BODY,
    PLAIN,
    /** Below the values of a map: which of them shared a save was not followed. */
    IN_MAP
  }

  ValueProfile(PlaceFactory growth, int depth, Place place, int id) {
    this.growth = growth;
    this.depth = depth;
    this.place = place;
    this.id = id;
  }

  public ScalarProfile scalar() {
    if (scalars == null) {
      scalars = new ScalarProfile();
    }
    return scalars;
  }

  /** Mostly it is the class that it was before, and its very name. */
  @SuppressWarnings("ReferenceEquality")
  public ReferenceCount referred(String className) {
    ReferenceCount last = lastReferred;
    if (last != null && (className == lastClass || className.equals(lastClass))) {
      return last;
    }
    if (classes == null) {
      classes = new TreeMap<>();
    }
    ReferenceCount referred = classes.get(className);
    if (referred == null) {
      referred = new ReferenceCount();
      if (classes.size() >= growth.limits().attributes()) {
        uncounted++;
        return referred;
      }
      classes.put(className, referred);
    }
    lastClass = className;
    lastReferred = referred;
    return referred;
  }

  @Override
  public void duplicate() {
    super.duplicate();
    near = null;
  }

  /** The whole numbers of the save that is walked; as long as {@link #mayBeUnique}. */
  public NearNumbers near() {
    if (near == null) {
      near = new NearNumbers();
    }
    return near;
  }

  /** Whether it is still open if values are unique within each save. */
  public boolean mayBeUnique() {
    return !hasDuplicates() && place != Place.IN_MAP;
  }

  public void container(int size) {
    sizes.add(size);
  }

  /** Notes an object that is a container too, whose members are told here. */
  public void hold(ValueKind kind) {
    switch (kind) {
      case DICT -> heldDicts++;
      case TUPLE -> heldTuples++;
      default -> heldLists++;
    }
  }

  /** Notes a table of pandas or numpy here, or that the dicts here are the rows of one. */
  public void markFrames() {
    hasFrames |= !isBeyond();
  }

  public boolean hasFrames() {
    return hasFrames;
  }

  /**
   * Notes something of numpy or pandas that is of no layout that is known.
   *
   * @param what for people; of several the first of the alphabet is kept
   */
  public void markUnread(String what) {
    if (!isBeyond() && (unread == null || what.compareTo(unread) < 0)) {
      unread = what;
    }
  }

  /** What of numpy or pandas is not read here; null where there is nothing. */
  public @Nullable String unread() {
    return unread;
  }

  public void metAgain() {
    again++;
  }

  /** What is known of members of the lists here that refer back to the object that has the list. */
  public Backlinks backlinks() {
    Backlinks known = backlinks;
    if (known == null) {
      known = new Backlinks(growth.limits().members());
      backlinks = known;
    }
    return known;
  }

  public ValueProfile makeItems() {
    if (isBeyond()) {
      return this;
    }
    if (items == null) {
      items = growth.child(this, place);
    }
    return items;
  }

  public ValueProfile makeKeys() {
    if (isBeyond()) {
      return this;
    }
    if (keys == null) {
      keys = growth.child(this, Place.IN_MAP);
    }
    return keys;
  }

  public ValueProfile makeValues() {
    if (isBeyond()) {
      return this;
    }
    if (values == null) {
      values = growth.child(this, Place.IN_MAP);
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
      return this;
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
      uncounted++;
      leaveOut(name);
      return growth.beyond();
    }
    member = growth.child(this, place);
    all.put(name, member);
    return member;
  }

  /** The layout of these keys that is kept for the save; else null. */
  public @Nullable DictPlaces layout(int keys, int before, SaveFacts save) {
    return DictPlaces.find(layouts, this, keys, before, save);
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

  void mergeLayouts(ValueProfile other) {
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
      return this;
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

  /** Counts, as a profile of keys, a key that was a record's. */
  private void names(String name, ValueProfile member) {
    seeTexts(member.mentioned, member.seen());
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    scalar().text(utf8, 0, utf8.length, member.mentioned);
  }

  /** Notes that owners have this member, and where; it is seen when the walk comes to it. */
  public void mention(int position, long times) {
    mentioned += times;
    positions += position * times;
  }

  /** This place, or what it became a part of. */
  public ValueProfile resolved() {
    ValueProfile at = this;
    while (at.forward != null) {
      at = at.forward;
    }
    return at;
  }

  public ValueProfile makePlace(int at) {
    if (isBeyond()) {
      return this;
    }
    if (at >= growth.limits().places()) {
      uncounted++;
      return growth.beyond();
    }
    while (places.size() <= at) {
      places.add(growth.child(this, place));
    }
    return places.get(at);
  }

  /**
   * The place of a list's member where all lists here, so far, are of one length and have members
   * of several kinds, as a row that was written as a list; null where they are not.
   */
  public @Nullable ListFields fields(int length, boolean areOfOneKind) {
    if (fields.isOpen() && (areOfOneKind || items != null || !fields.mayBe(length))) {
      closeFields();
    } else if (fields.isUnseen() && !isBeyond()) {
      fields = ListFields.of(length, () -> growth.child(this, place));
    }
    return fields.isOpen() && !fields.isUnseen() ? fields : null;
  }

  /** The members of the lists here are one place from now on. */
  private void closeFields() {
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

  void merge(ValueProfile other, PlaceFactory into) {
    if (!fields.canJoin(other.fields, items != null, other.items != null)) {
      closeFields();
      other.closeFields();
    }
    seeAll(other);
    if (other.scalars != null) {
      scalar().merge(other.scalars);
    }
    if (other.classes != null) {
      other.classes.forEach((name, referred) -> referred(name).merge(referred));
    }
    sizes.merge(other.sizes);
    again += other.again;
    if (other.backlinks != null) {
      backlinks().merge(other.backlinks);
    }
    uncounted += other.uncounted;
    if (other.leftOut != null) {
      other.leftOut.forEach(this::leaveOut);
    }
    heldDicts += other.heldDicts;
    heldTuples += other.heldTuples;
    heldLists += other.heldLists;
    hasFrames |= other.hasFrames;
    if (other.unread != null) {
      markUnread(other.unread);
    }
    mentioned += other.mentioned;
    positions += other.positions;
    into.join(this, other);
  }

  /** The children, for whoever merges them. */
  record Children(
      @Nullable ValueProfile items,
      @Nullable ValueProfile keys,
      @Nullable ValueProfile values,
      Map<String, ValueProfile> members,
      List<ValueProfile> places,
      ListFields fields) {}

  Children children() {
    return new Children(items, keys, values, members(), places, fields);
  }

  /** Takes over the places of lists elsewhere, with which {@link ListFields#canJoin} held. */
  void joinFields(ListFields other) {
    if (!other.isUnseen() && other.isOpen()) {
      if (fields.isUnseen()) {
        fields = ListFields.of(other.places().size(), () -> growth.child(this, place));
      }
      for (int i = 0; i < other.places().size(); i++) {
        fields.places().get(i).merge(other.places().get(i), growth);
      }
    } else if (!other.isOpen()) {
      fields = ListFields.CLOSED;
    }
  }

  /** How many containers deep this place is below its attribute. */
  int depth() {
    return depth;
  }

  /** Whether this place is below the values of a map. */
  public boolean isInMap() {
    return place == Place.IN_MAP;
  }

  /** Particulars of scalar values; null where there were none. */
  public @Nullable ScalarProfile scalars() {
    return scalars;
  }

  /** Classes of the objects here, wrapped values included. */
  public SortedMap<String, ReferenceCount> classes() {
    return classes == null
        ? Collections.emptySortedMap()
        : Collections.unmodifiableSortedMap(classes);
  }

  /** Whether no two values of one save were equal, None apart, and some save had several. */
  public boolean isUnique() {
    long compared = count(ValueKind.NONE);
    for (ValueKind kind : KINDS) {
      compared += kind.isCompared() ? count(kind) : 0;
    }
    return mayBeUnique()
        && compared == count()
        && mostInSave() > 1
        && count(ValueKind.NONE) < count();
  }

  /** Dicts here, those among them that are objects with attributes too. */
  public long dicts() {
    return count(ValueKind.DICT) + heldDicts;
  }

  /** The same of tuples. */
  public long tuples() {
    return count(ValueKind.TUPLE) + heldTuples;
  }

  /** The same of lists, sets, deques and tuples. */
  public long sequences() {
    return count(ValueKind.LIST)
        + count(ValueKind.SET)
        + count(ValueKind.DEQUE)
        + heldLists
        + tuples();
  }

  /** Sizes of the containers here. */
  public SizeRange sizes() {
    return sizes;
  }

  /**
   * Containers that had been met before, here or elsewhere: their members were not followed again.
   */
  public long again() {
    return again;
  }

  /**
   * The attribute by which all members of the lists here that were looked at refer back to the
   * object that has the list; null where there is none.
   */
  public @Nullable String backlink() {
    return backlinks == null ? null : backlinks.attribute();
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
    return member == null ? 0 : (double) member.positions / Math.max(1, member.mentioned);
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
}
