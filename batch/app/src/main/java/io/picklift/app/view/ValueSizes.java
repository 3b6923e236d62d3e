package io.picklift.app.view;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * About how many bytes of a pickle of protocol 4 a value takes: its opcode, its content and its
 * place in the memo. A name or class is written once and referred to after that.
 */
final class ValueSizes {
  private static final int REFERENCE = 2;

  private final Meaning meaning;
  private final boolean[] counted;
  private final Set<String> names = new HashSet<>();

  ValueSizes(Meaning meaning) {
    this.meaning = meaning;
    this.counted = new boolean[meaning.graph().size()];
  }

  /** The name of an attribute. */
  long name(String name) {
    return names.add(name) ? name.length() + 3L : REFERENCE;
  }

  /** A value that is referred to again. */
  long reference() {
    return REFERENCE;
  }

  /**
   * A value, without the members that {@link SaveView} shows: of an object its class, of a date or
   * the like all that makes it.
   */
  long of(int node) {
    long bytes = own(node);
    Kind kind = meaning.kind(node);
    if (kind != Kind.OBJECT && kind != Kind.CALL) {
      return bytes;
    }
    bytes += once(meaning.callable(node));
    return meaning.wellKnown(node) == null ? bytes : bytes + made(node);
  }

  private long once(int node) {
    if (counted[node]) {
      return REFERENCE;
    }
    counted[node] = true;
    return own(node);
  }

  /** What a call has as arguments and state, with all below. */
  private long made(int node) {
    long bytes = 0;
    Deque<Integer> open = new ArrayDeque<>();
    push(open, meaning.argumentSpan(node));
    push(open, meaning.stateSpan(node));
    while (!open.isEmpty()) {
      int value = open.pop();
      boolean isNew = !counted[value];
      bytes += once(value);
      Kind kind = meaning.kind(value);
      if (!isNew) {
        continue;
      }
      if (kind == Kind.TUPLE || kind == Kind.LIST || kind == Kind.DICT) {
        push(open, meaning.itemSpan(value));
      } else if (kind == Kind.OBJECT || kind == Kind.CALL) {
        bytes += once(meaning.callable(value));
        push(open, meaning.argumentSpan(value));
        push(open, meaning.stateSpan(value));
      }
    }
    return bytes;
  }

  private void push(Deque<Integer> open, long span) {
    for (int i = 0; i < MemberSpan.count(span); i++) {
      open.push(meaning.member(MemberSpan.start(span) + i));
    }
  }

  private long own(int node) {
    return switch (meaning.kind(node)) {
      case NONE, BOOL -> 1;
      case INT -> integer(node);
      case FLOAT -> 9;
      case STR, PY2_STR, BYTES, BYTEARRAY -> text(length(node));
      case LIST, SET, DICT -> 4;
      case TUPLE, FROZENSET -> 3;
      case GLOBAL -> meaning.globalName(node).length() + 6L;
      case OBJECT, CALL -> 3;
      default -> REFERENCE;
    };
  }

  private long length(int node) {
    return meaning.isSlice(node) ? meaning.graph().b(node) : meaning.bytes(node).length;
  }

  private static long text(long length) {
    return length + (length < 256 ? 3 : 6);
  }

  private long integer(int node) {
    if (!meaning.fitsLong(node)) {
      return meaning.bigInteger(node).bitLength() / 8 + 3L;
    }
    long value = meaning.longValue(node);
    if (value >= 0 && value < 1 << 16) {
      return value < 256 ? 2 : 3;
    }
    return value == (int) value ? 5 : 10;
  }
}
