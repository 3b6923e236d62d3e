package io.picklift.schema.profile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the profiles of a {@link Profile}, up to its limits. */
public final class PlaceFactory {
  private final ProfileLimits limits;
  private final ValueProfile beyond;
  private int made;

  PlaceFactory(ProfileLimits limits) {
    this.limits = limits;
    beyond = new ValueProfile(this, limits.depth(), MemberPlaces.Place.IN_MAP, -1);
  }

  ProfileLimits limits() {
    return limits;
  }

  /** The place of all that is not followed: what is below it is below it again. */
  public ValueProfile beyond() {
    return beyond;
  }

  /** A place of its own, below no other. */
  public ValueProfile top(MemberPlaces.Place place) {
    return new ValueProfile(this, 0, place, made++);
  }

  public ValueProfile child(ValueProfile parent, MemberPlaces.Place place) {
    if (parent == beyond || parent.depth() >= limits.depth() || made >= limits.values()) {
      return beyond;
    }
    MemberPlaces.Place below = place == MemberPlaces.Place.BODY ? MemberPlaces.Place.PLAIN : place;
    return new ValueProfile(this, parent.depth() + 1, below, made++);
  }

  private record Pair(ValueProfile to, ValueProfile from) {}

  private @Nullable Deque<Pair> pending;

  /** Merges the children of one place into those of another; deep profiles without recursion. */
  void join(ValueProfile to, ValueProfile from) {
    if (pending != null) {
      pending.push(new Pair(to, from));
      return;
    }
    Deque<Pair> open = new ArrayDeque<>();
    pending = open;
    open.push(new Pair(to, from));
    while (!open.isEmpty()) {
      Pair pair = open.pop();
      ValueProfile into = pair.to.resolved();
      if (into != beyond && pair.from.id >= 0) {
        children(into, pair.from.children());
        into.mergeLayouts(pair.from);
      }
    }
    pending = null;
  }

  private void children(ValueProfile to, MemberPlaces.Children from) {
    if (from.items() != null) {
      to.makeItems().merge(from.items(), this);
    }
    if (from.keys() != null) {
      to.makeKeys().merge(from.keys(), this);
    }
    to.joinFields(from.fields());
    for (int i = 0; i < from.places().size(); i++) {
      to.makePlace(i).merge(from.places().get(i), this);
    }
    if (from.values() != null) {
      ValueProfile values = to.isMap() ? to.makeValues() : to.collapse();
      values.merge(from.values(), this);
    }
    for (Map.Entry<String, ValueProfile> entry : from.members().entrySet()) {
      to.makeMember(entry.getKey()).merge(entry.getValue(), this);
    }
  }
}
