package io.picklift.schema.profile;

import io.picklift.schema.profile.scalar.SizeRange;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** The objects of one class. */
public final class ClassProfile {
  private final String name;
  private final ValueProfile body;
  private final ValueProfile contents;
  private final SizeRange inSave = new SizeRange();
  private final TreeSet<String> together = new TreeSet<>();
  private long owned;
  private long opaque;

  ClassProfile(String name, PlaceFactory growth) {
    this.name = name;
    body = growth.top(MemberPlaces.Place.BODY);
    contents = growth.top(MemberPlaces.Place.PLAIN);
  }

  /** Notes an object that nothing was noted of yet. */
  public void object(SaveFacts save, int bytes, boolean isOwned) {
    body.see(save, ValueKind.OBJECT, bytes);
    owned += isOwned ? 1 : 0;
  }

  public void addOpaque() {
    opaque++;
  }

  public void objectsInSave(long count) {
    inSave.add(count);
  }

  public void together(String other) {
    together.add(other);
  }

  void merge(ClassProfile other, PlaceFactory growth) {
    body.merge(other.body, growth);
    contents.merge(other.contents, growth);
    inSave.merge(other.inSave);
    together.addAll(other.together);
    owned += other.owned;
    opaque += other.opaque;
  }

  /** {@code module.qualname}. */
  public String name() {
    return name;
  }

  public long objects() {
    return body.count();
  }

  /** Objects that one place refers to. */
  public long owned() {
    return owned;
  }

  /** Objects that were given several states: what those hold was not followed. */
  public long opaque() {
    return opaque;
  }

  /** How many objects those saves have that have any. */
  public SizeRange inSave() {
    return inSave;
  }

  public SaveOccurrence seen() {
    return body.seen();
  }

  /** Attributes by name. */
  public SortedMap<String, ValueProfile> attributes() {
    return body.members();
  }

  /** Attributes in the order in which most objects have them. */
  public List<String> attributeNames() {
    return body.memberNames();
  }

  /** Attributes that were not followed because there are too many. */
  public long notFollowed() {
    return body.notFollowed();
  }

  /** How many attributes were not followed by name. */
  public int attributesLeftOut() {
    return body.membersLeftOut();
  }

  /** Arguments that the objects were made with, by place. */
  public List<ValueProfile> arguments() {
    return body.places();
  }

  /** All objects: members are their attributes, places their arguments. */
  public ValueProfile body() {
    return body;
  }

  /**
   * What the objects hold as containers, of those that stand within others of the class; what
   * others hold is told with the place where they are. Its count is 0 where there were none.
   */
  public ValueProfile contents() {
    return contents;
  }

  /** Other classes that some save has beside this one, as far as they were compared. */
  public SortedSet<String> together() {
    return Collections.unmodifiableSortedSet(together);
  }

  /** Bytes of the pickles that the objects took, other objects in them apart. */
  public long bytes() {
    return ValueWalk.bytes(body) + ValueWalk.bytes(contents);
  }
}
