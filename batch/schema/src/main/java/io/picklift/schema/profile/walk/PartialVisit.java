package io.picklift.schema.profile.walk;

import io.picklift.codec.meaning.Attributes;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;

/**
 * Notes a {@code functools.partial} as what it is: not an object of a class of which all have the
 * same attributes, but a call that is put off, whose arguments belong to the place that it stands
 * in.
 */
final class PartialVisit {
  private static final String NAME = "functools.partial";

  /** Function, arguments, keywords, attributes of its own. */
  private static final int PARTS = 4;

  private static final int ARGUMENTS = 1;
  private static final int KEYWORDS = 2;

  private final WalkedSave walked;
  private final Meaning meaning;

  PartialVisit(WalkedSave walked) {
    this.walked = walked;
    meaning = walked.meaning;
  }

  /** Notes one; gives false, noting nothing, for anything else. */
  boolean note(int node, ClassIndex.Called by, ValueProfile place, int size, boolean isNew) {
    if (!by.name.equals(NAME) || MemberSpan.count(meaning.stateSpan(node)) != 1) {
      return false;
    }
    int state = meaning.member(MemberSpan.start(meaning.stateSpan(node)));
    long parts = meaning.kind(state) == Kind.TUPLE ? meaning.itemSpan(state) : MemberSpan.EMPTY;
    if (MemberSpan.count(parts) != PARTS
        || meaning.kind(part(parts, ARGUMENTS)) != Kind.TUPLE
        || meaning.kind(part(parts, KEYWORDS)) != Kind.DICT) {
      return false;
    }
    place.see(walked.facts, ValueKind.DICT, size);
    // Contracts know it by name.
    walked.index.met(by, walked.facts).objects++;
    ValueProfile of = place.makeMember(Attributes.STATE_NAME);
    of.mention(0, 1);
    of.see(walked.facts, ValueKind.TUPLE, size);
    of.container(PARTS);
    for (int i = PARTS - 1; i >= 0 && isNew; i--) {
      walked.runs.push(part(parts, i), of.makePlace(i));
    }
    return true;
  }

  private int part(long parts, int at) {
    return meaning.member(MemberSpan.start(parts) + at);
  }
}
