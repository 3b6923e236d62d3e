package io.picklift.codec.meaning;

import io.picklift.codec.error.LimitException;
import java.util.Arrays;

/** Finds equal keys of dicts and equal members of sets, and makes them one. */
final class EqualKeys {
  private static final int FIRST_CAPACITY = 64;

  private final ValueNumbers numbers;
  private final JoinedMembers members;

  /** By value number: the last search that met it, and where. */
  private int[] metIn = new int[FIRST_CAPACITY];

  private int[] metAt = new int[FIRST_CAPACITY];
  private int search;

  EqualKeys(ValueNumbers numbers, JoinedMembers members) {
    this.numbers = numbers;
    this.members = members;
  }

  /** Pairs with equal keys made one: the key where it was first, the value that was last. */
  long fold(long pairs) throws LimitException {
    if (areDistinct(pairs, 2)) {
      return pairs;
    }
    int from = MemberSpan.start(pairs);
    int to = from + MemberSpan.count(pairs);
    int start = members.end();
    search++;
    for (int i = from; i < to; i += 2) {
      int number = numbers.of(members.member(i));
      room(number);
      if (metIn[number] == search) {
        members.replace(metAt[number], members.member(i + 1));
      } else {
        metIn[number] = search;
        metAt[number] = members.end() + 1;
        members.add(members.member(i));
        members.add(members.member(i + 1));
      }
    }
    return members.since(start);
  }

  /** Members with equal ones made one: the one that was first. */
  long unique(long items) throws LimitException {
    if (areDistinct(items, 1)) {
      return items;
    }
    int from = MemberSpan.start(items);
    int to = from + MemberSpan.count(items);
    int start = members.end();
    search++;
    for (int i = from; i < to; i++) {
      int number = numbers.of(members.member(i));
      room(number);
      if (metIn[number] != search) {
        metIn[number] = search;
        members.add(members.member(i));
      }
    }
    return members.since(start);
  }

  private boolean areDistinct(long span, int step) throws LimitException {
    int count = MemberSpan.count(span);
    if (count <= step) {
      return true;
    }
    int from = MemberSpan.start(span);
    search++;
    for (int i = from; i < from + count; i += step) {
      int number = numbers.of(members.member(i));
      room(number);
      if (metIn[number] == search) {
        return false;
      }
      metIn[number] = search;
    }
    return true;
  }

  /** Whether a key of one span of pairs is equal to one of the other. */
  boolean haveEqualKeys(long left, long right) throws LimitException {
    search++;
    int start = MemberSpan.start(left);
    for (int i = start; i < start + MemberSpan.count(left); i += 2) {
      int number = numbers.of(members.member(i));
      room(number);
      metIn[number] = search;
    }
    start = MemberSpan.start(right);
    for (int i = start; i < start + MemberSpan.count(right); i += 2) {
      int number = numbers.of(members.member(i));
      if (number < metIn.length && metIn[number] == search) {
        return true;
      }
    }
    return false;
  }

  private void room(int number) {
    if (number >= metIn.length) {
      int capacity = Math.max(number + 1, metIn.length * 2);
      metIn = Arrays.copyOf(metIn, capacity);
      metAt = Arrays.copyOf(metAt, capacity);
    }
  }
}
