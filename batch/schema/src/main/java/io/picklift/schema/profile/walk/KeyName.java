package io.picklift.schema.profile.walk;

import io.picklift.schema.profile.ValueProfile;
import org.jspecify.annotations.Nullable;

/** A key of one save as the name of an attribute or member, and where it was one the last time. */
final class KeyName {
  final String text;

  private @Nullable ValueProfile of;
  private @Nullable ValueProfile member;

  KeyName(String text) {
    this.text = text;
  }

  /** The place of what has this name in {@code of}: mostly it was asked for the same one before. */
  ValueProfile in(ValueProfile of) {
    ValueProfile known = member;
    if (known != null && isSame(of) && known.forward == null) {
      return known;
    }
    ValueProfile made = of.makeMember(text);
    // What is beyond the limits counts each time that it is made.
    this.of = made.isBeyond() ? null : of;
    member = made;
    return made;
  }

  @SuppressWarnings("ReferenceEquality")
  private boolean isSame(ValueProfile other) {
    return of == other;
  }
}
