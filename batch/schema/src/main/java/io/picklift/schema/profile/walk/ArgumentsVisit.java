package io.picklift.schema.profile.walk;

import io.picklift.codec.meaning.Attributes;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import io.picklift.schema.frames.FrameReader;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;

/**
 * Notes values that are nothing but what they are called with, where each argument is a value of
 * its own: a complex number, and an index of pandas that counts.
 */
final class ArgumentsVisit {
  private static final int ARGUMENTS = 2;

  private final WalkedSave walked;
  private final Meaning meaning;

  ArgumentsVisit(WalkedSave walked) {
    this.walked = walked;
    meaning = walked.meaning;
  }

  /** Whether it is an index of pandas that counts: a call of a class, and a dict of numbers. */
  boolean isRange(int node, ClassIndex.Called by) {
    return FrameReader.isIndex(by.name)
        && MemberSpan.count(meaning.argumentSpan(node)) == ARGUMENTS
        && meaning.kind(argument(node, 0)) == Kind.GLOBAL
        && meaning.globalName(argument(node, 0)).endsWith(".RangeIndex")
        && meaning.kind(argument(node, 1)) == Kind.DICT;
  }

  private int argument(int node, int at) {
    return meaning.member(MemberSpan.start(meaning.argumentSpan(node)) + at);
  }

  void note(int node, ValueProfile place, int size, boolean isNew) {
    place.see(walked.facts, ValueKind.DICT, size);
    ValueProfile of = place.makeMember(Attributes.ARGUMENTS_NAME);
    of.mention(0, 1);
    of.see(walked.facts, ValueKind.TUPLE, size);
    int count = MemberSpan.count(meaning.argumentSpan(node));
    of.container(count);
    for (int i = count - 1; i >= 0 && isNew; i--) {
      walked.runs.push(argument(node, i), of.makePlace(i));
    }
  }
}
