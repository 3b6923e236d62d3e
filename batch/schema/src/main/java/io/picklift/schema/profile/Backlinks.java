package io.picklift.schema.profile;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * By which attribute the members of the lists in one place refer back to the object that has the
 * list.
 */
public final class Backlinks {
  private final int most;
  private final TreeMap<String, Long> times = new TreeMap<>();
  private long checked;

  /** Whether every attribute was missing once: what is behind never catches up. */
  private boolean isNone;

  /**
   * None so far.
   *
   * @param most how many attributes are counted
   */
  Backlinks(int most) {
    this.most = most;
  }

  /**
   * Whether all members that were checked, if any, have one: mostly it is known soon that none is.
   */
  public boolean mayBe() {
    isNone |= checked > 0 && attribute() == null;
    return !isNone;
  }

  /** Notes a member of a list that is an object with attributes. */
  public void check() {
    checked++;
  }

  /** Notes that such a member's attribute refers to the object that has the list. */
  public void add(String attribute) {
    add(attribute, 1);
  }

  private void add(String attribute, long count) {
    if (times.size() < most || times.containsKey(attribute)) {
      times.merge(attribute, count, Long::sum);
    }
  }

  void merge(Backlinks other) {
    checked += other.checked;
    other.times.forEach(this::add);
  }

  /** The attribute that all checked members have; null where there is none. */
  @Nullable String attribute() {
    for (Map.Entry<String, Long> entry : times.entrySet()) {
      if (entry.getValue() == checked) {
        return entry.getKey();
      }
    }
    return null;
  }
}
