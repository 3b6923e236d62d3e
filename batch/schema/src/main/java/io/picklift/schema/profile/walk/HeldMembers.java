package io.picklift.schema.profile.walk;

import io.picklift.codec.meaning.Attributes;
import io.picklift.codec.meaning.Contents;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.MemberVisitor;
import io.picklift.codec.model.Kind;
import io.picklift.schema.profile.ValueKind;

/** What an object or call holds as a container, and whether it has anything beside. */
final class HeldMembers implements MemberVisitor {
  private final Meaning meaning;
  private int node;
  private ValueKind kind = ValueKind.NONE;
  private long members;
  private boolean isState;

  HeldMembers(Meaning meaning) {
    this.meaning = meaning;
  }

  /** Reads an object or call of no well-known type. */
  void read(int made) {
    node = made;
    kind = ValueKind.NONE;
    Contents contents = meaning.contents();
    isState = contents.stateSet(made) >= 0;
    long places = contents.places(made);
    if (places == Contents.NO_PLACES) {
      contents.visit(made, this);
    } else {
      kind = ValueKind.TUPLE;
      members = places;
    }
  }

  @Override
  public void items(int holder, long items) {
    if (holder != node || MemberSpan.count(items) > 0) {
      Kind given = meaning.kind(holder);
      boolean isSet = given == Kind.SET || given == Kind.FROZENSET;
      kind = isSet ? ValueKind.SET : ValueKind.LIST;
      members = items;
    }
  }

  @Override
  public void pairs(int holder, long pairs) {
    kind = ValueKind.DICT;
    members = pairs;
  }

  boolean isContainer() {
    return kind != ValueKind.NONE;
  }

  /** {@link ValueKind#LIST}, SET, TUPLE or DICT; NONE where it is no container. */
  ValueKind kind() {
    return kind;
  }

  /** A {@link MemberSpan}. */
  long members() {
    return members;
  }

  /** Whether its state is all that it holds. */
  boolean isState() {
    return isState;
  }

  /** How many of its arguments, from the first, are what it holds. */
  int argumentsHeld() {
    if (kind == ValueKind.TUPLE) {
      return MemberSpan.count(meaning.argumentSpan(node));
    }
    return isContainer() && meaning.contents().argument(node) >= 0 ? 1 : 0;
  }

  /** Whether it has neither attributes nor anything else that a column could hold. */
  boolean isAlone() {
    return !hasState() && MemberSpan.count(meaning.keywordSpan(node)) == 0 && hasPlainArguments();
  }

  private boolean hasState() {
    Attributes attributes = meaning.attributes();
    return switch (attributes.form(node)) {
      case NONE -> false;
      case DICT -> MemberSpan.count(attributes.dictPairs(node)) > 0;
      case SLOTS, STATES -> true;
      case STATE -> !isState;
    };
  }

  private boolean hasPlainArguments() {
    long arguments = meaning.argumentSpan(node);
    for (int i = argumentsHeld(); i < MemberSpan.count(arguments); i++) {
      int argument = meaning.member(MemberSpan.start(arguments) + i);
      Kind given = meaning.kind(argument);
      boolean isPlain =
          given == Kind.NONE
              || given == Kind.GLOBAL
              || (given == Kind.TUPLE && MemberSpan.count(meaning.itemSpan(argument)) == 0);
      if (!isPlain) {
        return false;
      }
    }
    return true;
  }
}
