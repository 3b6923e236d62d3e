package io.picklift.app.encoding.parts;

import io.picklift.app.encoding.format.ByteLiterals;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the length of a part is written ahead of it. */
enum LengthForm {
  /** The most significant byte first. */
  BIG4(4, ByteOrder.BIG_ENDIAN),
  LITTLE4(4, ByteOrder.LITTLE_ENDIAN),
  BIG8(8, ByteOrder.BIG_ENDIAN),
  LITTLE8(8, ByteOrder.LITTLE_ENDIAN),

  /** {@code 12:...,}: a netstring. */
  NETSTRING(0, ByteOrder.BIG_ENDIAN);

  /** A longer number is no length. */
  private static final int MOST_DIGITS = 10;

  /** Where a part begins, and where it ends. */
  record Part(int start, int end) {}

  private final int width;
  private final ByteOrder order;

  LengthForm(int width, ByteOrder order) {
    this.width = width;
    this.order = order;
  }

  String style() {
    return name().toLowerCase(Locale.ROOT);
  }

  static LengthForm of(String style) {
    return valueOf(style.toUpperCase(Locale.ROOT));
  }

  /** The parts of a value whose lengths lead to its last byte; none where they do not. */
  List<Part> parts(byte[] bytes) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      Part part = this == NETSTRING ? netstring(bytes, at) : fixed(bytes, at);
      if (part.end() <= part.start() || part.end() > bytes.length - behind().length) {
        return List.of();
      }
      parts.add(part);
      at = part.end() + behind().length;
    }
    return parts;
  }

  private Part fixed(byte[] bytes, int at) {
    if (bytes.length - at < width) {
      return new Part(at, at);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, at, width).order(order);
    long length = width == Integer.BYTES ? buffer.getInt() : buffer.getLong();
    int start = at + width;
    boolean isThere = length > 0 && length <= bytes.length - start;
    return new Part(start, isThere ? start + (int) length : start);
  }

  private static Part netstring(byte[] bytes, int at) {
    int i = at;
    long length = 0;
    while (i < bytes.length && i - at < MOST_DIGITS && bytes[i] >= '0' && bytes[i] <= '9') {
      length = length * 10 + bytes[i++] - '0';
    }
    boolean isThere =
        i > at
            && bytes[at] != '0'
            && i < bytes.length
            && bytes[i] == ':'
            && length < bytes.length - i - 1
            && bytes[i + 1 + (int) length] == ',';
    return isThere ? new Part(i + 1, i + 1 + (int) length) : new Part(at, at);
  }

  /** What stands ahead of a part of so many bytes. */
  byte[] ahead(int length) {
    return switch (this) {
      case BIG4, LITTLE4 -> ByteBuffer.allocate(width).order(order).putInt(length).array();
      case BIG8, LITTLE8 -> ByteBuffer.allocate(width).order(order).putLong(length).array();
      case NETSTRING -> ByteLiterals.latin1(length + ":");
    };
  }

  /** What stands behind it. */
  byte[] behind() {
    return ByteLiterals.latin1(this == NETSTRING ? "," : "");
  }
}
