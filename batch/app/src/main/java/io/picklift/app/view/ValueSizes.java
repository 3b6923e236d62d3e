package io.picklift.app.view;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * About how many bytes of a pickle of its protocol a value takes: its opcode, its content and its
 * place in the memo, as CPython's pickler writes it. A name or class is written once and referred
 * to after that.
 */
final class ValueSizes {
  private static final int SHORT = 256;
  private static final int DECIMAL = 10;

  private final Meaning meaning;
  private final int protocol;

  /** For each node that was counted its place in the memo plus one, else 0. */
  private final int[] counted;

  private final Map<String, Integer> names = new HashMap<>();
  private int memo;

  ValueSizes(Meaning meaning) {
    this.meaning = meaning;
    this.protocol = meaning.graph().style().protocol();
    this.counted = new int[meaning.graph().size()];
  }

  /** The name of an attribute. */
  long name(String name) {
    Integer before = names.putIfAbsent(name, memo + 1);
    return before == null ? text(name.length()) : reference(before);
  }

  /** A value that is referred to again. */
  long reference(int node) {
    return reference(Math.max(1L, counted[node]));
  }

  /** Fetches the value of this place in the memo. */
  private long reference(long place) {
    if (protocol == 0) {
      return 2L + Long.toString(place).length();
    }
    return place <= SHORT ? 2 : 5;
  }

  /** Puts a value into the memo. */
  private long memo() {
    memo++;
    return protocol >= 4 ? 1 : reference((long) memo);
  }

  /**
   * A value, without the members that {@link SaveView} shows: of an object its class, of a date or
   * the like all that makes it.
   */
  long of(int node) {
    long bytes = counting(node);
    Kind kind = meaning.kind(node);
    if (kind != Kind.OBJECT && kind != Kind.CALL) {
      return bytes;
    }
    bytes += once(meaning.callable(node));
    return meaning.wellKnown(node) == null ? bytes : bytes + made(node);
  }

  private long once(int node) {
    return counted[node] > 0 ? reference(node) : counting(node);
  }

  private long counting(int node) {
    counted[node] = memo + 1;
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
      boolean isNew = counted[value] == 0;
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
      case NONE, BOOL -> protocol < 2 && meaning.kind(node) == Kind.BOOL ? 4 : 1;
      case INT -> integer(node);
      case FLOAT -> protocol == 0 ? 20 : 9;
      case STR, PY2_STR -> text(length(node));
      case BYTES, BYTEARRAY -> bytes(length(node));
      case LIST, DICT -> container(node);
      case SET, FROZENSET -> 3 + memo() + (protocol < 4 ? 6 + memo() + memo() : 0);
      case TUPLE -> MemberSpan.count(meaning.itemSpan(node)) == 0 ? 1 : 2 + memo();
      case GLOBAL -> global(node);
      case OBJECT -> object();
      case CALL -> 1 + memo();
      default -> 2;
    };
  }

  /** Protocol 0 adds members one by one, the others in batches of a thousand. */
  private long container(int node) {
    int members = MemberSpan.count(meaning.itemSpan(node));
    if (meaning.kind(node) == Kind.DICT) {
      members /= 2;
    }
    long adding = members == 0 ? 0 : members == 1 ? 1 : 2L * (1 + members / 1_000);
    return protocol == 0 ? 2 + memo() + members : 1 + memo() + adding;
  }

  /** What makes an object and gives it its state; the dict of that is its own. */
  private long object() {
    long made = protocol >= 2 ? 2 + memo() : 4 + 2 * reference(1L) + 1 + memo() + 1 + memo();
    return made + 1 + memo() + 3;
  }

  private long global(int node) {
    long length = meaning.globalName(node).length();
    return protocol < 4 ? length + 2 + memo() : length + 3 + memo() + memo() + 1 + memo();
  }

  private long length(int node) {
    return meaning.isSlice(node) ? meaning.graph().b(node) : meaning.bytes(node).length;
  }

  private long text(long length) {
    if (protocol >= 1) {
      return length + (protocol >= 4 && length < SHORT ? 2 : 5) + memo();
    }
    return length + 2 + memo();
  }

  /** Before protocol 3 bytes are the call of a codec on a text. */
  private long bytes(long length) {
    if (protocol >= 3) {
      return length + (length < SHORT ? 2 : 5) + memo();
    }
    return reference(1L) + text(length + length / 4) + reference(1L) + 1 + memo() + 1 + memo();
  }

  private long integer(int node) {
    if (protocol == 0) {
      return 2L + decimals(node);
    }
    if (!meaning.fitsLong(node)) {
      return meaning.bigInteger(node).bitLength() / 8 + 3L;
    }
    long value = meaning.longValue(node);
    if (value >= 0 && value < 1 << 16) {
      return value < SHORT ? 2 : 3;
    }
    if (value == (int) value) {
      return 5;
    }
    return protocol == 1 ? 3L + decimals(node) : 2L + (65 + 8 - leading(value)) / 8;
  }

  /** How many digits it has; of a long one about. */
  private long decimals(int node) {
    if (!meaning.fitsLong(node)) {
      return meaning.bigInteger(node).bitLength() * 3L / DECIMAL + 2;
    }
    return Long.toString(meaning.longValue(node)).length();
  }

  private static int leading(long value) {
    return Long.numberOfLeadingZeros(value < 0 ? ~value : value);
  }
}
