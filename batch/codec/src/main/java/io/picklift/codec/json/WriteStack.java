package io.picklift.codec.json;

import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import java.util.Arrays;

/** What is still to be written, last first: the stack that takes the place of recursion. */
final class WriteStack {
  /** One value: its node. */
  static final int VALUE = 0;

  /** A piece of text: its index in {@link Literal}. */
  static final int LITERAL = 1;

  /** The rest of a bare array's elements, and its bracket, which ends a value. */
  static final int LIST = 2;

  /** The rest of an array's elements, and its bracket. */
  static final int ITEMS = 3;

  /** The rest of the pairs of an array of arrays of two, and its bracket. */
  static final int PAIRS = 4;

  /** The rest of the names and values of an object's members. */
  static final int MEMBERS = 5;

  /** The names of an object's slots: its node. */
  static final int SLOTS = 6;

  /** An integer as two halves: a deque's maxlen. */
  static final int NUMBER = 7;

  /** The brace that ends a value. */
  static final int CLOSE = 8;

  private static final int WIDTH = 4;

  private final Memory memory;
  private int[] stack = new int[64 * WIDTH];
  private int top;

  WriteStack(Memory memory) {
    this.memory = memory;
  }

  boolean isEmpty() {
    return top == 0;
  }

  /**
   * A list of members: from {@code at} to {@code end}; {@code first} where nothing was written
   * before them.
   */
  void push(int kind, int at, int end, boolean first) throws LimitException {
    if (top + WIDTH > stack.length) {
      memory.need(3L * Integer.BYTES * top);
      stack = Arrays.copyOf(stack, Math.addExact(top, top));
    }
    stack[top] = kind;
    stack[top + 1] = at;
    stack[top + 2] = end;
    stack[top + 3] = first ? 0 : 1;
    top += WIDTH;
  }

  void push(int kind, int argument) throws LimitException {
    push(kind, argument, 0, true);
  }

  int kind() {
    return stack[top - 4];
  }

  int at() {
    return stack[top - 3];
  }

  int end() {
    return stack[top - 2];
  }

  boolean isFirst() {
    return stack[top - 1] == 0;
  }

  /** Notes how far the task on top is. */
  void moveTo(int at) {
    stack[top - 3] = at;
    stack[top - 1] = 1;
  }

  void pop() {
    top -= WIDTH;
  }
}
