package io.picklift.schema.tables.values;

import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.residue.ResidueWriter;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The opcode that CPython's pickler picks for a value. Where a graph has that one, the residue need
 * not say which it was, and does not tell the value's size.
 */
public final class NaturalOps {
  private static final int SHORT = 256;

  private NaturalOps() {}

  /** The op that stands for all of a kind, for {@link Kind#BOOL} to {@link Kind#BYTEARRAY}. */
  public static int ofKind(Kind kind) {
    return switch (kind) {
      case BOOL -> Op.NEWTRUE;
      case INT -> Op.BININT;
      case FLOAT -> Op.BINFLOAT;
      case STR -> Op.BINUNICODE;
      case PY2_STR -> Op.BINSTRING;
      case BYTES -> Op.BINBYTES;
      case BYTEARRAY -> Op.BYTEARRAY8;
      default -> Op.NONE;
    };
  }

  public static int ofBool(boolean value, int protocol) {
    if (protocol >= 2) {
      return value ? Op.NEWTRUE : Op.NEWFALSE;
    }
    return value ? Op.INT_TRUE : Op.INT_FALSE;
  }

  public static int ofInt(long value, int protocol) {
    boolean small = value == (int) value;
    if (protocol == 0) {
      return small ? Op.INT : Op.LONG;
    }
    if (!small) {
      return protocol == 1 ? Op.LONG : Op.LONG1;
    }
    if (value < 0 || value > 0xffff) {
      return Op.BININT;
    }
    return value <= 0xff ? Op.BININT1 : Op.BININT2;
  }

  public static int ofInt(BigInteger value, int protocol) {
    if (value.bitLength() < Long.SIZE) {
      return ofInt(value.longValue(), protocol);
    }
    if (protocol < 2) {
      return Op.LONG;
    }
    return value.bitLength() / Byte.SIZE + 1 < SHORT ? Op.LONG1 : Op.LONG4;
  }

  public static int ofFloat(int protocol) {
    return protocol == 0 ? Op.FLOAT : Op.BINFLOAT;
  }

  /** The op of text or bytes of so many bytes. */
  public static int ofBytes(Kind kind, int length, int protocol) {
    boolean isShort = length < SHORT;
    return switch (kind) {
      case STR -> {
        if (protocol == 0) {
          yield Op.UNICODE;
        }
        yield isShort && protocol >= 4 ? Op.SHORT_BINUNICODE : Op.BINUNICODE;
      }
      case PY2_STR -> {
        if (protocol == 0) {
          yield Op.STRING;
        }
        yield isShort ? Op.SHORT_BINSTRING : Op.BINSTRING;
      }
      case BYTES -> isShort ? Op.SHORT_BINBYTES : Op.BINBYTES;
      default -> Op.BYTEARRAY8;
    };
  }

  /**
   * What the residue says of a node whose value is in a row: the op of its kind where the node has
   * the natural one; its own where that and the value give the same bytes again; else {@link
   * ResidueWriter#KEPT}, and the value must stay.
   */
  public static byte taken(SaveGraph graph, int node, Scalar value) {
    int op = graph.op(node);
    int protocol = graph.style().protocol();
    Kind kind = graph.kind(node);
    switch (kind) {
      case BOOL -> {
        return kept(op == ofBool(value.number == 1, protocol), Op.NEWTRUE);
      }
      case INT -> {
        return takenInt(graph, node, value, protocol);
      }
      case FLOAT -> {
        if (op == Op.BINFLOAT) {
          return kept(protocol > 0, Op.BINFLOAT);
        }
        boolean same = isSlice(graph, node, PythonText.repr(value.real));
        return kept(same, protocol == 0 ? Op.BINFLOAT : Op.FLOAT);
      }
      case STR, PY2_STR, BYTES, BYTEARRAY -> {
        if (op == Op.UNICODE || op == Op.STRING) {
          byte[] text =
              op == Op.UNICODE
                  ? PythonText.rawUnicodeEscape(value.bytes, value.offset, value.length)
                  : PythonText.quoted(value.bytes, value.offset, value.length);
          return kept(isSlice(graph, node, text), protocol == 0 ? ofKind(kind) : op);
        }
        return kept(op == ofBytes(kind, value.length, protocol), ofKind(kind));
      }
      default -> {
        return ResidueWriter.KEPT;
      }
    }
  }

  private static byte takenInt(SaveGraph graph, int node, Scalar value, int protocol) {
    int op = graph.op(node);
    if (op == Op.BININT1 || op == Op.BININT2 || op == Op.BININT) {
      return kept(op == ofInt(value.number, protocol), Op.BININT);
    }
    BigInteger big = value.isBig ? value.big : BigInteger.valueOf(value.number);
    byte[] written = op == Op.LONG1 || op == Op.LONG4 ? littleEndian(big) : decimal(big);
    boolean same = isSlice(graph, node, written);
    return kept(same, op == ofInt(big, protocol) ? Op.BININT : op);
  }

  private static byte kept(boolean same, int op) {
    return same ? (byte) op : ResidueWriter.KEPT;
  }

  private static boolean isSlice(SaveGraph graph, int node, byte[] bytes) {
    int offset = graph.a(node);
    return Arrays.equals(bytes, 0, bytes.length, graph.source(), offset, offset + graph.b(node));
  }

  /** Two's complement in as few bytes as pickle uses: none for 0. */
  public static byte[] littleEndian(BigInteger value) {
    if (value.signum() == 0) {
      return new byte[0];
    }
    byte[] big = value.toByteArray();
    byte[] little = new byte[big.length];
    for (int i = 0; i < big.length; i++) {
      little[i] = big[big.length - 1 - i];
    }
    return little;
  }

  public static byte[] decimal(BigInteger value) {
    return value.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }
}
