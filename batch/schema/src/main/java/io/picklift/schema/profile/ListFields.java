package io.picklift.schema.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The places of the lists of one place, as long as all of them have one length and members of
 * several kinds: a row that was written as a list is columns, a list of values is rows.
 */
public final class ListFields {
  /** So many saves must agree before lists are told to have places. */
  static final int FEWEST_SAVES = 20;

  /** No list was there yet. */
  static final ListFields UNSEEN = new ListFields(List.of());

  /** Some list was of another length, or of values of one kind. */
  static final ListFields CLOSED = new ListFields(List.of());

  private final List<ValueProfile> places;

  private ListFields(List<ValueProfile> places) {
    this.places = places;
  }

  static ListFields of(int length, Supplier<ValueProfile> make) {
    List<ValueProfile> places = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      places.add(make.get());
    }
    return new ListFields(places);
  }

  boolean isUnseen() {
    return this.equals(UNSEEN);
  }

  boolean isOpen() {
    return !this.equals(CLOSED);
  }

  boolean mayBe(int length) {
    return isUnseen() || places.size() == length;
  }

  /**
   * Whether lists of two places, with members that are told as one or not, can be told as fields.
   */
  boolean canJoin(ListFields other, boolean hasItems, boolean otherHasItems) {
    return isUnseen()
        ? !hasItems || other.isUnseen() || !other.isOpen()
        : isOpen() && other.isOpen() && !otherHasItems && other.mayBe(places.size());
  }

  public List<ValueProfile> places() {
    return places;
  }
}
