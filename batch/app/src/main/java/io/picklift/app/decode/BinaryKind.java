package io.picklift.app.decode;

import io.picklift.app.encoding.format.ByteLiterals;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Formats of bytes that no signature tells, and that fit to the last byte or not at all. */
final class BinaryKind {
  private static final int TAR_MAGIC = 257;
  private static final int SHORTEST = 5;
  private static final int DEEPEST = 64;

  private final byte[] bytes;
  private int at;

  private BinaryKind(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The name with its article; null for none that is known. */
  static @Nullable String of(byte[] bytes) {
    if (bytes.length < SHORTEST) {
      return null;
    }
    if (bytes[2] == '\r' && bytes[3] == '\n' && bytes.length > 16 && hasMarshal(bytes)) {
      return "compiled code of Python's (.pyc)";
    }
    if (isBson(bytes)) {
      return "a BSON document";
    }
    if (bytes[0] == 0 && bytes[1] == 0 && bytes[2] == 0 && bytes[3] == 2 && bytes[4] >= 0x06) {
      return bytes[4] <= 0x19 ? "PHP's igbinary" : null;
    }
    if (bytes[0] == 'c' || bytes[0] == (byte) ('c' | 0x80)) {
      return bytes.length > 24 && bytes[4] == 0 && bytes[8] == 0
          ? "a code object of Python's marshal"
          : null;
    }
    if (new BinaryKind(bytes).isAll(Format.MARSHAL)) {
      return "data of Python's marshal, which is no pickle";
    }
    if (new BinaryKind(bytes).isAll(Format.MESSAGE_PACK)) {
      return "MessagePack";
    }
    return new BinaryKind(bytes).isAll(Format.CBOR) ? "CBOR" : null;
  }

  static boolean isTar(byte[] bytes) {
    return ByteLiterals.startsWith(
        bytes, Math.min(TAR_MAGIC, bytes.length), ByteLiterals.latin1("ustar"));
  }

  private static boolean hasMarshal(byte[] bytes) {
    return bytes[8] == (byte) 0xe3
        || bytes[12] == (byte) 0xe3
        || bytes[16] == (byte) 0xe3
        || bytes[8] == 'c';
  }

  private static boolean isBson(byte[] bytes) {
    int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    return length == bytes.length && bytes[length - 1] == 0 && bytes[4] >= 0 && bytes[4] <= 0x13;
  }

  private enum Format {
    MARSHAL,
    MESSAGE_PACK,
    CBOR
  }

  /** Whether the bytes are one container of the format, to the last. */
  private boolean isAll(Format format) {
    int first = bytes[0] & 0xff;
    boolean isContainer =
        switch (format) {
          case MARSHAL -> "[({)<>".indexOf(first & 0x7f) >= 0;
          case MESSAGE_PACK -> (first >= 0x80 && first <= 0x9f) || (first >= 0xdc && first <= 0xdf);
          case CBOR -> first >= 0x80 && first <= 0xbf;
        };
    return isContainer && value(format, DEEPEST) && at == bytes.length;
  }

  private boolean value(Format format, int depth) {
    if (at >= bytes.length || depth == 0) {
      return false;
    }
    int type = bytes[at++] & 0xff;
    return switch (format) {
      case MARSHAL -> marshal(type & 0x7f, depth);
      case MESSAGE_PACK -> messagePack(type, depth);
      case CBOR -> cbor(type, depth);
    };
  }

  private boolean values(Format format, long count, int depth) {
    for (long i = 0; i < count; i++) {
      if (!value(format, depth - 1)) {
        return false;
      }
    }
    return true;
  }

  private boolean skip(long count) {
    if (count < 0 || count > bytes.length - at) {
      return false;
    }
    at += (int) count;
    return true;
  }

  /** An unsigned number; -1 where it is cut off or too long. */
  private long number(int width, boolean isLittle) {
    if (width > bytes.length - at) {
      at = bytes.length;
      return -1;
    }
    long number = 0;
    for (int i = 0; i < width; i++) {
      long b = bytes[at + i] & 0xffL;
      number = isLittle ? number | b << (8 * i) : number << 8 | b;
    }
    at += width;
    return number;
  }

  private boolean marshal(int type, int depth) {
    return switch (type) {
      case 'N', 'F', 'T', 'S', '.' -> true;
      case 'i', 'r' -> skip(4);
      case 'I', 'g' -> skip(8);
      case 'y' -> skip(16);
      case 'f', 'z', 'Z' -> skip(number(1, true));
      case 's', 't', 'u', 'a', 'A' -> skip(number(4, true));
      case 'l' -> skip(2L * Math.abs((int) number(4, true)));
      case ')' -> values(Format.MARSHAL, number(1, true), depth);
      case '(', '[', '<', '>' -> values(Format.MARSHAL, number(4, true), depth);
      case '{' -> marshalDict(depth);
      default -> false;
    };
  }

  private boolean marshalDict(int depth) {
    while (at < bytes.length) {
      if (bytes[at] == '0') {
        at++;
        return true;
      }
      if (!values(Format.MARSHAL, 2, depth)) {
        return false;
      }
    }
    return false;
  }

  private boolean messagePack(int type, int depth) {
    if (type <= 0x7f || type >= 0xe0) {
      return true;
    }
    if (type <= 0x8f) {
      return values(Format.MESSAGE_PACK, 2L * (type & 15), depth);
    }
    if (type <= 0x9f) {
      return values(Format.MESSAGE_PACK, type & 15, depth);
    }
    if (type <= 0xbf) {
      return skip(type & 31);
    }
    return switch (type) {
      case 0xc0, 0xc2, 0xc3 -> true;
      case 0xc4, 0xd9 -> skip(number(1, false));
      case 0xc5, 0xda -> skip(number(2, false));
      case 0xc6, 0xdb -> skip(number(4, false));
      case 0xc7 -> skip(number(1, false) + 1);
      case 0xc8 -> skip(number(2, false) + 1);
      case 0xc9 -> skip(number(4, false) + 1);
      case 0xcc, 0xd0 -> skip(1);
      case 0xcd, 0xd1, 0xd4 -> skip(2);
      case 0xd5 -> skip(3);
      case 0xca, 0xce, 0xd2 -> skip(4);
      case 0xd6 -> skip(5);
      case 0xcb, 0xcf, 0xd3 -> skip(8);
      case 0xd7 -> skip(9);
      case 0xd8 -> skip(17);
      case 0xdc -> values(Format.MESSAGE_PACK, number(2, false), depth);
      case 0xdd -> values(Format.MESSAGE_PACK, number(4, false), depth);
      case 0xde -> values(Format.MESSAGE_PACK, 2 * number(2, false), depth);
      case 0xdf -> values(Format.MESSAGE_PACK, 2 * number(4, false), depth);
      default -> false;
    };
  }

  private boolean cbor(int type, int depth) {
    int low = type & 31;
    if (low > 27) {
      return false;
    }
    long count = low < 24 ? low : number(1 << (low - 24), false);
    if (count < 0) {
      return false;
    }
    return switch (type >> 5) {
      case 0, 1, 7 -> true;
      case 2, 3 -> skip(count);
      case 4 -> values(Format.CBOR, count, depth);
      case 5 -> values(Format.CBOR, 2 * count, depth);
      default -> values(Format.CBOR, 1, depth);
    };
  }
}
