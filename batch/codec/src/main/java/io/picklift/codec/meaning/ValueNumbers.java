package io.picklift.codec.meaning;

import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.NameBytes;
import io.picklift.codec.model.NodeText;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.model.Scalars;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Numbers for values such that Python holds two keys equal exactly if their numbers are ({@code
 * proto/DECODING.md}, rule 5). Text of Python 2 is its text where it is strict UTF-8, else bytes. A
 * tuple's number is found from its members' numbers, so that tuples in tuples cost no more than
 * they take in the pickle.
 */
final class ValueNumbers {
  private static final int UNKNOWN = 0;
  private static final int FIRST_CAPACITY = 64;

  /** Bits of a double's significand. */
  private static final int PRECISION = 53;

  private static final int LONG = 512;
  private static final int MADE_BASE = 1 << 20;
  private static final int MADE_RATIO = 8;

  private final SaveGraph graph;
  private final Scalars scalars;
  private final GlobalNames names;
  private final ValueHashTable table = new ValueHashTable();

  /** The number of each node plus one, or {@link #UNKNOWN}. */
  private final int[] numbers;

  /**
   * Bytes of long names and folded bytes that may yet be made: attributes of attributes are ever
   * longer.
   */
  private long made;

  private int[] stack = new int[FIRST_CAPACITY];
  private int[] members = new int[FIRST_CAPACITY];

  ValueNumbers(SaveGraph graph, Scalars scalars, GlobalNames names) {
    this.graph = graph;
    this.scalars = scalars;
    this.names = names;
    this.numbers = new int[graph.size()];
    this.made = MADE_BASE + MADE_RATIO * (long) graph.source().length;
  }

  /** How many numbers were given: all are below. */
  int size() {
    return table.size();
  }

  int of(int node) throws LimitException {
    int known = numbers[node];
    if (known != UNKNOWN) {
      return known - 1;
    }
    if (graph.kind(node) == Kind.TUPLE) {
      return tuples(node);
    }
    return keep(node, single(node));
  }

  private int keep(int node, int number) {
    numbers[node] = number + 1;
    return number;
  }

  /**
   * Numbers a tuple after its members: each is met on the stack once before its members and once
   * after.
   */
  private int tuples(int root) throws LimitException {
    int depth = 0;
    stack[depth++] = root;
    int number = -1;
    while (depth > 0) {
      int node = stack[depth - 1];
      if (numbers[node] != UNKNOWN) {
        depth--;
        continue;
      }
      int start = graph.a(node);
      int count = graph.op(node) == Op.EMPTY_TUPLE ? 0 : graph.b(node);
      int before = depth;
      for (int i = 0; i < count; i++) {
        int member = graph.edge(start + i);
        if (numbers[member] == UNKNOWN) {
          if (graph.kind(member) == Kind.TUPLE) {
            if (depth == stack.length) {
              stack = Arrays.copyOf(stack, depth * 2);
            }
            stack[depth++] = member;
          } else {
            keep(member, single(member));
          }
        }
      }
      if (depth == before) {
        depth--;
        number = keep(node, tuple(start, count));
      }
    }
    return number;
  }

  private int tuple(int start, int count) {
    if (count > members.length) {
      members = new int[Math.max(count, members.length * 2)];
    }
    for (int i = 0; i < count; i++) {
      members[i] = numbers[graph.edge(start + i)] - 1;
    }
    return table.sequence(members, count);
  }

  private int single(int node) throws LimitException {
    return switch (graph.kind(node)) {
      case NONE -> table.number(ValueHashTable.NONE, 0);
      case BOOL -> table.number(ValueHashTable.INTEGER, scalars.isTrue(node) ? 1 : 0);
      case INT -> integer(node);
      case FLOAT -> real(node);
      case STR -> bytes(ValueHashTable.TEXT, node);
      case PY2_STR ->
          bytes(scalars.isText(node) ? ValueHashTable.TEXT : ValueHashTable.BYTES, node);
      case BYTES -> bytes(ValueHashTable.BYTES, node);
      case GLOBAL -> name(node);
      default -> table.number(ValueHashTable.IDENTITY, node);
    };
  }

  private int integer(int node) {
    return scalars.fitsLong(node)
        ? table.number(ValueHashTable.INTEGER, scalars.longValue(node))
        : big(scalars.bigInteger(node));
  }

  /** One that a float can be is numbered as that. */
  private int big(BigInteger value) {
    int length = value.bitLength();
    double real = length - value.getLowestSetBit() > PRECISION ? Double.NaN : value.doubleValue();
    if (Double.isFinite(real)) {
      return table.number(ValueHashTable.REAL, Double.doubleToLongBits(real));
    }
    byte[] bytes = value.toByteArray();
    return table.bytes(ValueHashTable.BIG_INTEGER, bytes, 0, bytes.length);
  }

  /** Python compares an int and a float by their exact values. */
  private int real(int node) {
    double value = scalars.floatValue(node);
    if (Double.isNaN(value)) {
      return table.number(ValueHashTable.IDENTITY, node);
    }
    // Both bounds are exact doubles; 2^63 itself is no long.
    if (value == Math.rint(value) && value >= -0x1p63 && value < 0x1p63) {
      return table.number(ValueHashTable.INTEGER, (long) value);
    }
    return table.number(ValueHashTable.REAL, Double.doubleToLongBits(value));
  }

  private int bytes(int tag, int node) throws LimitException {
    int op = graph.op(node);
    if (op >= Op.BINSTRING && op <= Op.BINBYTES8 && NodeText.isPlain(op)) {
      return table.bytes(tag, graph.source(), graph.a(node), graph.b(node));
    }
    byte[] bytes = scalars.bytes(node);
    if (op == Op.REDUCE_BYTES) {
      spend(bytes.length);
    }
    return table.bytes(tag, bytes, 0, bytes.length);
  }

  /** Counts what many keys may share, and each makes anew. */
  private void spend(int length) throws LimitException {
    made -= length <= LONG ? 0 : length;
    if (made < 0) {
      long limit = MADE_BASE + MADE_RATIO * (long) graph.source().length;
      throw new LimitException(ErrorCode.LIMIT_OUTPUT, "long values as keys", limit, -1, "");
    }
  }

  private int name(int node) throws LimitException {
    int op = graph.op(node);
    int module;
    int qualname;
    if (op == Op.STACK_GLOBAL && isPlainText(graph.a(node)) && isPlainText(graph.b(node))) {
      // Long parts may be shared by many names: each is looked at once.
      module = of(graph.a(node));
      qualname = of(graph.b(node));
    } else {
      NameBytes name = names.utf8(node);
      spend(name.length());
      module = text(name.module());
      qualname = text(name.qualname());
    }
    return table.number(ValueHashTable.NAME, ((long) module << Integer.SIZE) | qualname);
  }

  private boolean isPlainText(int node) {
    return graph.kind(node) == Kind.STR;
  }

  private int text(byte[] utf8) {
    return table.bytes(ValueHashTable.TEXT, utf8, 0, utf8.length);
  }
}
