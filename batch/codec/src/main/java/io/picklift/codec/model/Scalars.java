package io.picklift.codec.model;

import io.picklift.codec.text.TextFloat;
import io.picklift.codec.text.TextInteger;
import io.picklift.codec.text.Utf8;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of single nodes: numbers, text and bytes, whichever opcode wrote them. */
public final class Scalars {
  private static final int LONG_DIGITS = 18;

  /** Numbers of more bytes are made once: a pickle may use one as often as it has bytes. */
  private static final int LONGEST_MADE_OFTEN = 64;

  private final SaveGraph graph;
  private final byte[] source;
  private final Map<Integer, BigInteger> longIntegers = new HashMap<>();
  private final Map<Integer, Double> longFloats = new HashMap<>();

  public Scalars(SaveGraph graph) {
    this.graph = graph;
    this.source = graph.source();
  }

  public boolean isTrue(int node) {
    int op = graph.op(node);
    return op == Op.NEWTRUE || op == Op.INT_TRUE;
  }

  public boolean fitsLong(int node) {
    int op = graph.op(node);
    if (op >= Op.BININT && op <= Op.BININT2) {
      return true;
    }
    if (op == Op.LONG1 || op == Op.LONG4) {
      return graph.b(node) <= Long.BYTES || bigInteger(node).bitLength() < Long.SIZE;
    }
    return isShortDecimal(node) || bigInteger(node).bitLength() < Long.SIZE;
  }

  /** The low 64 bits of the value: all of it where {@link #fitsLong}. */
  public long longValue(int node) {
    int op = graph.op(node);
    if (op >= Op.BININT && op <= Op.BININT2) {
      return graph.a(node);
    }
    int offset = graph.a(node);
    int length = graph.b(node);
    if ((op == Op.LONG1 || op == Op.LONG4) && length <= Long.BYTES) {
      return littleEndian(offset, length);
    }
    return isShortDecimal(node) ? shortDecimal(offset, length) : bigInteger(node).longValue();
  }

  public BigInteger bigInteger(int node) {
    int op = graph.op(node);
    boolean isLong = !(op >= Op.BININT && op <= Op.BININT2) && graph.b(node) > LONGEST_MADE_OFTEN;
    return isLong ? longIntegers.computeIfAbsent(node, this::makeBigInteger) : makeBigInteger(node);
  }

  private BigInteger makeBigInteger(int node) {
    int op = graph.op(node);
    int offset = graph.a(node);
    int length = graph.b(node);
    BigInteger value;
    switch (op) {
      case Op.BININT, Op.BININT1, Op.BININT2 -> value = BigInteger.valueOf(offset);
      case Op.LONG1, Op.LONG4 -> value = ofLittleEndian(offset, length);
      case Op.INT -> value = TextInteger.ofInt(source, offset, length);
      default -> value = TextInteger.ofLong(source, offset, length, 0);
    }
    if (value == null) {
      throw new IllegalArgumentException("node " + node + " is no integer");
    }
    return value;
  }

  private BigInteger ofLittleEndian(int offset, int length) {
    if (length == 0) {
      return BigInteger.ZERO;
    }
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = source[offset + length - 1 - i];
    }
    return new BigInteger(bytes);
  }

  private long littleEndian(int offset, int length) {
    if (length == 0) {
      return 0;
    }
    long value = source[offset + length - 1];
    for (int i = length - 2; i >= 0; i--) {
      value = (value << Byte.SIZE) | (source[offset + i] & 0xff);
    }
    return value;
  }

  /** Decimal digits with nothing that asks for another base: what picklers write. */
  private boolean isShortDecimal(int node) {
    int offset = graph.a(node);
    int end = offset + graph.b(node);
    int at = offset < end && source[offset] == '-' ? offset + 1 : offset;
    if (at == end || end - at > LONG_DIGITS || (source[at] == '0' && end - at > 1)) {
      return false;
    }
    for (; at < end; at++) {
      if (source[at] < '0' || source[at] > '9') {
        return false;
      }
    }
    return true;
  }

  private long shortDecimal(int offset, int length) {
    boolean negative = source[offset] == '-';
    long value = 0;
    for (int i = negative ? 1 : 0; i < length; i++) {
      value = value * 10 + source[offset + i] - '0';
    }
    return negative ? -value : value;
  }

  public double floatValue(int node) {
    if (graph.op(node) == Op.BINFLOAT) {
      return Double.longBitsToDouble(
          ((long) graph.a(node) << Integer.SIZE) | (graph.b(node) & 0xffff_ffffL));
    }
    return graph.b(node) > LONGEST_MADE_OFTEN
        ? longFloats.computeIfAbsent(node, this::parseFloat)
        : parseFloat(node);
  }

  private double parseFloat(int node) {
    return TextFloat.parse(source, graph.a(node), graph.b(node));
  }

  /**
   * The bytes of any text or bytes node; those of a {@link Kind#STR} are UTF-8, surrogates as three
   * bytes each.
   */
  public byte[] bytes(int node) {
    int op = graph.op(node);
    if (op == Op.REDUCE_BYTES || op == Op.REDUCE_BYTEARRAY) {
      return foldedBytes(node);
    }
    byte @Nullable [] bytes = NodeText.bytes(source, op, graph.a(node), graph.b(node));
    if (bytes == null) {
      throw new IllegalArgumentException("node " + node + " is no text");
    }
    return bytes;
  }

  private byte[] foldedBytes(int node) {
    int args = graph.edge(graph.a(node) + 1);
    int count = graph.op(args) == Op.EMPTY_TUPLE ? 0 : graph.b(args);
    if (count == 0) {
      return new byte[0];
    }
    int first = graph.edge(graph.a(args));
    return count == 1 ? bytes(first) : latin1(bytes(first));
  }

  /** UTF-8 of text that Latin-1 can hold, as Latin-1. */
  private static byte[] latin1(byte[] utf8) {
    byte[] out = new byte[utf8.length];
    int size = 0;
    for (int i = 0; i < utf8.length; i++) {
      int b = utf8[i];
      if (b < 0) {
        i++;
        b = ((b & 0x03) << 6) | (utf8[i] & 0x3f);
      }
      out[size++] = (byte) b;
    }
    return Arrays.copyOf(out, size);
  }

  public boolean isText(int node) {
    return switch (graph.kind(node)) {
      case STR -> true;
      case PY2_STR -> {
        if (NodeText.isPlain(graph.op(node))) {
          yield Utf8.isStrict(source, graph.a(node), graph.b(node));
        }
        byte[] bytes = bytes(node);
        yield Utf8.isStrict(bytes, 0, bytes.length);
      }
      default -> false;
    };
  }

  public String text(int node) {
    if (NodeText.isPlain(graph.op(node))) {
      return decode(source, graph.a(node), graph.b(node));
    }
    byte[] bytes = bytes(node);
    return decode(bytes, 0, bytes.length);
  }

  /** UTF-8 in which surrogates may stand as three bytes each; valid, as the decoder checked. */
  public static String decode(byte[] utf8, int offset, int length) {
    String text = new String(utf8, offset, length, StandardCharsets.UTF_8);
    // Java replaces each byte of a surrogate by U+FFFD.
    return text.indexOf('\ufffd') < 0 ? text : decodeSurrogates(utf8, offset, length);
  }

  private static String decodeSurrogates(byte[] utf8, int offset, int length) {
    StringBuilder text = new StringBuilder(length);
    int end = offset + length;
    int run = offset;
    for (int at = offset; at < end; at++) {
      if (isSurrogate(utf8, at, end)) {
        text.append(new String(utf8, run, at - run, StandardCharsets.UTF_8));
        text.append((char) (0xd000 | ((utf8[at + 1] & 0x3f) << 6) | (utf8[at + 2] & 0x3f)));
        run = at + 3;
        at += 2;
      }
    }
    return text.append(new String(utf8, run, end - run, StandardCharsets.UTF_8)).toString();
  }

  private static boolean isSurrogate(byte[] utf8, int at, int end) {
    return utf8[at] == (byte) 0xed && at + 2 < end && (utf8[at + 1] & 0xff) >= 0xa0;
  }

  /**
   * Whether a high surrogate stands directly before a low one, as two code points of three bytes
   * each.
   */
  public static boolean hasSurrogatePair(byte[] utf8, int offset, int length) {
    int end = offset + length - 5;
    for (int at = offset; at < end; at++) {
      if (utf8[at] == (byte) 0xed
          && utf8[at + 3] == (byte) 0xed
          && (utf8[at + 1] & 0xf0) == 0xa0
          && (utf8[at + 4] & 0xf0) == 0xb0) {
        return true;
      }
    }
    return false;
  }
}
