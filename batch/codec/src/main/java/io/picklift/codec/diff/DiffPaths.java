package io.picklift.codec.diff;

import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The paths of a walk as a tree of steps: a path is only made where there is a difference to name.
 */
final class DiffPaths {
  /** A step without a name: a state that stands inline. */
  static final int SAME = 0;

  /** An element: its index. */
  static final int INDEX = 1;

  /** A value of a dict, an attribute: the node of its key. */
  static final int KEY = 2;

  /** One of {@link #PARTS}. */
  static final int PART = 3;

  /** A value of a dict that only the second save has: the node of its key there. */
  static final int OTHER_KEY = 4;

  static final int CLASS = 0;
  static final int CALL = 1;
  static final int ARGS = 2;
  static final int KWARGS = 3;
  static final int STATE = 4;
  static final int STATES = 5;
  static final int ITEMS = 6;
  static final int ENTRIES = 7;
  static final int PERSID = 8;
  static final int KEYS = 9;

  private static final String[] PARTS = {
    "$class",
    "$call",
    "$args",
    "$kwargs",
    "$state",
    "$states",
    "$items",
    "$entries",
    "$persid",
    "$keys"
  };

  /** Of a longer path the end is shown: a save may be a million levels deep. */
  private static final int LONGEST = 200;

  /** A longer name is cut, in quotes. */
  private static final int LONGEST_NAME = 100;

  private final Meaning left;
  private final Meaning right;
  private final Memory memory;
  private final Map<Integer, String> leftKeys = new HashMap<>();
  private final Map<Integer, String> rightKeys = new HashMap<>();
  private int[] parents = new int[64];
  private byte[] kinds = new byte[64];
  private int[] arguments = new int[64];
  private int size;

  DiffPaths(Meaning left, Meaning right, Memory memory) {
    this.left = left;
    this.right = right;
    this.memory = memory;
  }

  int add(int parent, int kind, int argument) throws LimitException {
    if (size == parents.length) {
      memory.take((2L * Integer.BYTES + 1) * size);
      memory.need((long) Integer.BYTES * size);
      int capacity = size * 2;
      parents = Arrays.copyOf(parents, capacity);
      kinds = Arrays.copyOf(kinds, capacity);
      arguments = Arrays.copyOf(arguments, capacity);
    }
    parents[size] = parent;
    kinds[size] = (byte) kind;
    arguments[size] = argument;
    return size++;
  }

  String text(int path) {
    Deque<Integer> steps = new ArrayDeque<>();
    int at = path;
    for (; at >= 0 && steps.size() < LONGEST; at = parents[at]) {
      steps.push(at);
    }
    StringBuilder text = new StringBuilder();
    if (at >= 0) {
      text.append("...");
    }
    for (int step : steps) {
      append(text, kinds[step], arguments[step]);
    }
    return text.length() > 0 && text.charAt(0) == '.' && at < 0
        ? text.substring(1)
        : text.toString();
  }

  private void append(StringBuilder text, int kind, int argument) {
    switch (kind) {
      case INDEX -> text.append('[').append(argument).append(']');
      case PART -> text.append('.').append(PARTS[argument]);
      case KEY -> text.append(key(left, argument, leftKeys));
      case OTHER_KEY -> text.append(key(right, argument, rightKeys));
      default -> {}
    }
  }

  /** A long key may be part of many paths: it is decoded once. */
  private static String key(Meaning keys, int node, Map<Integer, String> known) {
    return keys.graph().b(node) > LONGEST_NAME
        ? known.computeIfAbsent(node, n -> key(keys, n))
        : key(keys, node);
  }

  private static String key(Meaning keys, int node) {
    if (!keys.isText(node)) {
      return "[" + DiffText.describe(keys, node) + "]";
    }
    String name = keys.text(node);
    return name.length() <= LONGEST_NAME && isIdentifier(name)
        ? "." + name
        : "[" + DiffText.quoted(name) + "]";
  }

  private static boolean isIdentifier(String name) {
    if (name.isEmpty()
        || (!Character.isUnicodeIdentifierStart(name.charAt(0)) && name.charAt(0) != '_')) {
      return false;
    }
    return name.chars()
        .allMatch(
            c ->
                c == '_'
                    || (Character.isUnicodeIdentifierPart(c)
                        && !Character.isIdentifierIgnorable(c)));
  }
}
