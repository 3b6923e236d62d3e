package io.picklift.schema.profile;

import io.picklift.schema.profile.scalar.ScalarProfile;
import io.picklift.schema.profile.scalar.SizeRange;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands in one place of all saves: an attribute, the members of a list, the values of a dict.
 * Containers have profiles of their members below.
 */
public final class ValueProfile extends MemberPlaces {
  private static final ValueKind[] KINDS = ValueKind.values();

  private @Nullable TreeMap<String, ReferenceCount> classes;
  private @Nullable String lastClass;
  private @Nullable ReferenceCount lastReferred;

  private final SizeRange sizes = new SizeRange();
  private long again;
  private @Nullable Backlinks backlinks;

  private @Nullable NearNumbers near;

  /** Containers of a class that have attributes, which are no values of their kind. */
  private long heldDicts;

  private long heldTuples;
  private long heldLists;

  private @Nullable String unread;

  ValueProfile(PlaceFactory growth, int depth, Place place, int id) {
    super(growth, depth, place, id);
  }

  @Override
  ValueProfile self() {
    return this;
  }

  /**
   * Asked for each value: what makes one stands apart, so that a Java machine's compiler need not
   * call this.
   */
  public ScalarProfile scalar() {
    ScalarProfile known = scalars;
    return known == null ? makeScalar() : known;
  }

  private ScalarProfile makeScalar() {
    ScalarProfile made = new ScalarProfile();
    scalars = made;
    return made;
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
        leaveOut();
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

  /** Counts, as a profile of keys, a key that was a record's. */
  void names(String name, ValueProfile member) {
    seeTexts(member.mentioned(), member.seen());
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    scalar().text(utf8, 0, utf8.length, member.mentioned());
  }

  /** This place, or what it became a part of. */
  public ValueProfile resolved() {
    ValueProfile at = this;
    while (at.forward != null) {
      at = at.forward;
    }
    return at;
  }

  void merge(ValueProfile other, PlaceFactory into) {
    beginMerge(other);
    seeAll(other);
    mergeCounts(other);
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
    heldDicts += other.heldDicts;
    heldTuples += other.heldTuples;
    heldLists += other.heldLists;
    if (other.unread != null) {
      markUnread(other.unread);
    }
    into.join(this, other);
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
}
