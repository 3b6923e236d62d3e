package io.picklift.codec.diff;

import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Attributes;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One comparison while it goes on: pairs of values that stand at the same place, from the root on.
 */
final class DiffWalk {
  private static final int WIDTH = 3;
  private static final String OWN = " of its own";

  private final Meaning left;
  private final Meaning right;
  private final boolean hasOrderOfSets;
  private final int max;
  private final Memory memory;
  private final DiffScalars scalars;
  private final DiffPaths paths;
  private final MemberNames.Room room;
  private final List<Difference> found = new ArrayList<>();

  /** For each value with an identity its counterpart plus one. */
  private final int[] rights;

  private final int[] lefts;

  /** For each value of the first that has a counterpart: where the two were met. */
  private final int[] met;

  private final DiffSpans compared = new DiffSpans();

  private int[] stack = new int[64 * WIDTH];
  private int top;

  /**
   * @param hasOrderOfSets whether it counts in which order the members of a set were written
   */
  DiffWalk(Meaning left, Meaning right, boolean hasOrderOfSets, int max, Memory memory) {
    this.left = left;
    this.right = right;
    this.hasOrderOfSets = hasOrderOfSets;
    this.max = max;
    this.memory = memory;
    this.scalars = new DiffScalars(left, right);
    this.paths = new DiffPaths(left, right, memory);
    this.room = DiffKeys.room(left, right);
    this.rights = new int[left.graph().size()];
    this.lefts = new int[right.graph().size()];
    this.met = new int[left.graph().size()];
  }

  List<Difference> walk() throws LimitException {
    push(left.root(), right.root(), -1);
    while (top > 0 && found.size() < max) {
      top -= WIDTH;
      pair(stack[top], stack[top + 1], stack[top + 2]);
    }
    return found;
  }

  private void push(int one, int other, int path) throws LimitException {
    if (top == stack.length) {
      memory.take((long) Integer.BYTES * top);
      memory.need((long) Integer.BYTES * top);
      stack = Arrays.copyOf(stack, Math.addExact(top, top));
    }
    stack[top] = one;
    stack[top + 1] = other;
    stack[top + 2] = path;
    top += WIDTH;
  }

  /** Puts off a pair under a further step; equal scalars need none. */
  private void child(int one, int other, int path, int kind, int argument) throws LimitException {
    if (!scalars.areEqual(one, other)) {
      push(one, other, paths.add(path, kind, argument));
    }
  }

  private void report(int path, String one, String other) {
    if (found.size() < max) {
      found.add(new Difference(paths.text(path), one, other));
    }
  }

  private void differ(int one, int other, int path) {
    report(path, DiffText.describe(left, one), DiffText.describe(right, other));
  }

  private void pair(int one, int other, int path) throws LimitException {
    if (scalars.areEqual(one, other)) {
      return;
    }
    if (left.kind(one) != right.kind(other)) {
      differ(one, other, path);
      return;
    }
    if (left.kind(one) == Kind.PERSID) {
      persids(one, other, path);
      return;
    }
    if (!left.hasIdentity(one) || !right.hasIdentity(other)) {
      differ(one, other, path);
      return;
    }
    if (isNew(one, other, path)) {
      int before = top;
      if (!areKnownToDiffer(one, other, path)) {
        contents(one, other, path);
      }
      reverse(before);
    }
  }

  /** Names two dates, UUIDs or the like that differ as the values they are. */
  private boolean areKnownToDiffer(int one, int other, int path) {
    String text = KnownText.of(left.wellKnown(one));
    String otherText = KnownText.of(right.wellKnown(other));
    if (text == null || otherText == null || text.equals(otherText)) {
      return false;
    }
    report(path, text, otherText);
    return true;
  }

  /** What is put off last is compared first: turns the children round. */
  private void reverse(int from) {
    for (int low = from, high = top - WIDTH; low < high; low += WIDTH, high -= WIDTH) {
      for (int i = 0; i < WIDTH; i++) {
        int value = stack[low + i];
        stack[low + i] = stack[high + i];
        stack[high + i] = value;
      }
    }
  }

  /** Whether neither was met before; where one was, the other must have been met with it. */
  private boolean isNew(int one, int other, int path) {
    if (rights[one] == 0 && lefts[other] == 0) {
      rights[one] = other + 1;
      lefts[other] = one + 1;
      met[one] = path;
      return true;
    }
    if (rights[one] != other + 1) {
      report(
          path,
          DiffText.describe(left, one) + (rights[one] == 0 ? OWN : where(one)),
          DiffText.describe(right, other) + (lefts[other] == 0 ? OWN : where(lefts[other] - 1)));
    }
    return false;
  }

  private String where(int one) {
    String where = paths.text(met[one]);
    return ", the same as " + (where.isEmpty() ? "the whole" : where);
  }

  private void persids(int one, int other, int path) throws LimitException {
    if (scalars.leftPersids().depth(one) != scalars.rightPersids().depth(other)) {
      report(
          path,
          "persistent ids in one another: " + scalars.leftPersids().depth(one),
          "persistent ids in one another: " + scalars.rightPersids().depth(other));
      return;
    }
    int last = scalars.leftPersids().last(one);
    int otherLast = scalars.rightPersids().last(other);
    if (left.persidValue(last) >= 0 && right.persidValue(otherLast) >= 0) {
      child(
          left.persidValue(last),
          right.persidValue(otherLast),
          path,
          DiffPaths.PART,
          DiffPaths.PERSID);
    } else {
      report(
          paths.add(path, DiffPaths.PART, DiffPaths.PERSID),
          persidText(left, last),
          persidText(right, otherLast));
    }
  }

  private static String persidText(Meaning meaning, int node) {
    int value = meaning.persidValue(node);
    return value >= 0
        ? DiffText.describe(meaning, value)
        : "str " + DiffText.quoted(meaning.persidText(node));
  }

  private void contents(int one, int other, int path) throws LimitException {
    switch (left.kind(one)) {
      case LIST, TUPLE, SET, FROZENSET -> {
        long items = left.itemSpan(one);
        long others = right.itemSpan(other);
        if (MemberSpan.count(items) != MemberSpan.count(others)) {
          differ(one, other, path);
        }
        if (left.kind(one) == Kind.LIST || left.kind(one) == Kind.TUPLE) {
          elements(items, others, path);
        } else {
          members(items, others, path);
        }
      }
      case BYTEARRAY -> {
        if (!scalars.areBytesEqual(one, other)) {
          differ(one, other, path);
        }
      }
      case DICT -> pairs(left.itemSpan(one), right.itemSpan(other), path);
      case OBJECT, CALL -> made(one, other, path);
      default -> differ(one, other, path);
    }
  }

  private void elements(long items, long others, int path) throws LimitException {
    int count = Math.min(MemberSpan.count(items), MemberSpan.count(others));
    for (int i = 0; i < count; i++) {
      child(
          left.member(MemberSpan.start(items) + i),
          right.member(MemberSpan.start(others) + i),
          path,
          DiffPaths.INDEX,
          i);
    }
  }

  private void members(long items, long others, int path) throws LimitException {
    DiffKeys keys = new DiffKeys(left, right, scalars, items, others, 1, room, memory);
    if (keys.areSame()) {
      elements(items, others, path);
      return;
    }
    for (int i = 0; i < MemberSpan.count(items); i++) {
      int member = left.member(MemberSpan.start(items) + i);
      int at = keys.match(i);
      if (at < 0) {
        report(path, DiffText.describe(left, member), "absent");
      } else {
        child(member, right.member(MemberSpan.start(others) + at), path, DiffPaths.INDEX, i);
      }
    }
    for (int i = 0; i < MemberSpan.count(others); i++) {
      if (!keys.isMatched(i)) {
        int member = right.member(MemberSpan.start(others) + i);
        report(path, "absent", DiffText.describe(right, member));
      }
    }
    int moved = hasOrderOfSets ? keys.firstMoved() : -1;
    if (moved >= 0) {
      String member = DiffText.describe(left, left.member(MemberSpan.start(items) + moved));
      report(
          path,
          member + ", number " + moved + " as written",
          member + ", number " + keys.match(moved));
    }
  }

  private void made(int one, int other, int path) throws LimitException {
    int what = left.kind(one) == Kind.CALL ? DiffPaths.CALL : DiffPaths.CLASS;
    child(left.callable(one), right.callable(other), path, DiffPaths.PART, what);
    long args = left.argumentSpan(one);
    long otherArgs = right.argumentSpan(other);
    if (compared.areNew(args, otherArgs)) {
      part(args, otherArgs, path, DiffPaths.ARGS);
    }
    long keywords = left.keywordSpan(one);
    long otherKeywords = right.keywordSpan(other);
    if (compared.areNew(keywords, otherKeywords)) {
      part(keywords, otherKeywords, path, DiffPaths.KWARGS);
    }
    states(one, other, path);
    part(left.appendedSpan(one), right.appendedSpan(other), path, DiffPaths.ITEMS);
    part(left.entrySpan(one), right.entrySpan(other), path, DiffPaths.ENTRIES);
  }

  private void part(long span, long other, int path, int part) throws LimitException {
    if (MemberSpan.count(span) == 0 && MemberSpan.count(other) == 0) {
      return;
    }
    int step = paths.add(path, DiffPaths.PART, part);
    if (MemberSpan.count(span) != MemberSpan.count(other)) {
      report(step, "list of " + MemberSpan.count(span), "list of " + MemberSpan.count(other));
    }
    elements(span, other, step);
  }

  private void states(int one, int other, int path) throws LimitException {
    Attributes.Form form = left.attributes().form(one);
    boolean alike = form == right.attributes().form(other);
    if (alike && form == Attributes.Form.DICT) {
      child(left.attributes().state(one), right.attributes().state(other), path, DiffPaths.SAME, 0);
    } else if (alike && form == Attributes.Form.SLOTS) {
      elementsOfState(one, other, path);
    } else if (alike && form == Attributes.Form.STATE) {
      child(
          left.attributes().state(one),
          right.attributes().state(other),
          path,
          DiffPaths.PART,
          DiffPaths.STATE);
    } else {
      part(left.stateSpan(one), right.stateSpan(other), path, DiffPaths.STATES);
    }
  }

  private void elementsOfState(int one, int other, int path) throws LimitException {
    long pair = left.itemSpan(left.attributes().state(one));
    long otherPair = right.itemSpan(right.attributes().state(other));
    for (int i = 0; i < 2; i++) {
      child(
          left.member(MemberSpan.start(pair) + i),
          right.member(MemberSpan.start(otherPair) + i),
          path,
          DiffPaths.SAME,
          0);
    }
  }

  private void pairs(long pairs, long others, int path) throws LimitException {
    DiffKeys keys = new DiffKeys(left, right, scalars, pairs, others, 2, room, memory);
    if (keys.areSame()) {
      for (int i = 0; i < MemberSpan.count(pairs); i += 2) {
        int key = left.member(MemberSpan.start(pairs) + i);
        int otherKey = right.member(MemberSpan.start(others) + i);
        key(key, otherKey, path, i / 2);
        child(
            left.member(MemberSpan.start(pairs) + i + 1),
            right.member(MemberSpan.start(others) + i + 1),
            path,
            DiffPaths.KEY,
            key);
      }
      return;
    }
    matched(keys, pairs, others, path);
  }

  /** Puts off a pair of keys: those that have no name may differ. */
  private void key(int one, int other, int path, int place) throws LimitException {
    if (!scalars.areEqual(one, other)) {
      int step = paths.add(path, DiffPaths.PART, DiffPaths.KEYS);
      push(one, other, paths.add(step, DiffPaths.INDEX, place));
    }
  }

  /** Dicts whose keys differ, or stand in another order. */
  private void matched(DiffKeys keys, long pairs, long others, int path) throws LimitException {
    for (int i = 0; i < MemberSpan.count(pairs); i += 2) {
      int key = left.member(MemberSpan.start(pairs) + i);
      int value = left.member(MemberSpan.start(pairs) + i + 1);
      int at = keys.match(i / 2);
      if (at < 0) {
        report(paths.add(path, DiffPaths.KEY, key), DiffText.describe(left, value), "absent");
      } else {
        key(key, right.member(MemberSpan.start(others) + 2 * at), path, i / 2);
        child(value, right.member(MemberSpan.start(others) + 2 * at + 1), path, DiffPaths.KEY, key);
      }
    }
    for (int i = 0; i < MemberSpan.count(others); i += 2) {
      if (!keys.isMatched(i / 2)) {
        int step = paths.add(path, DiffPaths.OTHER_KEY, right.member(MemberSpan.start(others) + i));
        report(
            step,
            "absent",
            DiffText.describe(right, right.member(MemberSpan.start(others) + i + 1)));
      }
    }
    int moved = keys.firstMoved();
    if (moved >= 0) {
      int step = paths.add(path, DiffPaths.KEY, left.member(MemberSpan.start(pairs) + 2 * moved));
      report(step, "key number " + moved, "key number " + keys.match(moved));
    }
  }
}
