package io.picklift.schema.arrays;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bytes of elements as Java's values, and back. */
public final class ElementValues {
  private static final int CHARACTER = 4;

  private ElementValues() {}

  /** A signed whole number. */
  public static long whole(ElementType of, byte[] bytes, int at) {
    ByteBuffer in = of.over(bytes, at);
    return switch (of.size()) {
      case 1 -> in.get();
      case 2 -> in.getShort();
      case 4 -> in.getInt();
      default -> in.getLong();
    };
  }

  public static BigInteger unsigned(ElementType of, byte[] bytes, int at) {
    long signed = whole(of, bytes, at);
    BigInteger value = BigInteger.valueOf(signed);
    return signed < 0 ? value.add(BigInteger.ONE.shiftLeft(of.size() * Byte.SIZE)) : value;
  }

  public static double real(ElementType of, byte[] bytes, int at) {
    ByteBuffer in = of.over(bytes, at);
    return switch (of.size()) {
      case 2 -> HalfFloat.value(in.getShort());
      case 4 -> in.getFloat();
      default -> in.getDouble();
    };
  }

  /** Text in UTF-8; null where a number is no character. */
  public static byte @Nullable [] text(ElementType of, byte[] bytes, int at) {
    ByteBuffer in = of.over(bytes, at);
    StringBuilder text = new StringBuilder();
    int zeros = 0;
    for (int i = 0; i < of.size() / CHARACTER; i++) {
      int character = in.getInt();
      boolean isCharacter =
          Character.isValidCodePoint(character)
              && !(character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
      if (!isCharacter) {
        return null;
      }
      zeros = character == 0 ? zeros + 1 : 0;
      text.appendCodePoint(character);
    }
    return text.substring(0, text.length() - zeros).getBytes(StandardCharsets.UTF_8);
  }

  /** How many of the bytes count: those of numpy's bytes end before the last zeros. */
  public static int length(ElementType of, byte[] bytes, int at) {
    int length = of.size();
    while (length > 0 && bytes[at + length - 1] == 0) {
      length--;
    }
    return length;
  }

  /** The bytes of a whole number; null where it is out of range. */
  public static byte @Nullable [] bytes(ElementType of, BigInteger value) {
    boolean isSigned = of.kind() != 'u';
    int bits = of.size() * Byte.SIZE;
    boolean fits =
        isSigned ? value.bitLength() < bits : value.signum() >= 0 && value.bitLength() <= bits;
    if (!fits) {
      return null;
    }
    byte[] bytes = new byte[of.size()];
    ByteBuffer out = of.over(bytes, 0);
    long number = value.longValue();
    switch (of.size()) {
      case 1 -> out.put((byte) number);
      case 2 -> out.putShort((short) number);
      case 4 -> out.putInt((int) number);
      default -> out.putLong(number);
    }
    return bytes;
  }

  /** The bytes of a number; null where the type cannot hold it exactly. */
  public static byte @Nullable [] bytes(ElementType of, double value) {
    byte[] bytes = new byte[of.size()];
    ByteBuffer out = of.over(bytes, 0);
    switch (of.size()) {
      case 2 -> {
        int bits = HalfFloat.bits(value);
        if (bits < 0) {
          return null;
        }
        out.putShort((short) bits);
      }
      case 4 -> {
        if (Double.compare((float) value, value) != 0) {
          return null;
        }
        out.putFloat((float) value);
      }
      default -> out.putDouble(value);
    }
    return bytes;
  }

  /** The bytes of a text; null where it is too long. */
  public static byte @Nullable [] bytes(ElementType of, String text) {
    int[] characters = text.codePoints().toArray();
    if (characters.length * CHARACTER > of.size()) {
      return null;
    }
    byte[] bytes = new byte[of.size()];
    ByteBuffer out = of.over(bytes, 0);
    for (int character : characters) {
      out.putInt(character);
    }
    return bytes;
  }
}
