package io.picklift.codec.graph;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Whether two values without identity, of two saves, are the same in kind and value. */
final class DiffScalars {
  private final Meaning left;
  private final Meaning right;
  private final PersidChains leftPersids;
  private final PersidChains rightPersids;

  DiffScalars(Meaning left, Meaning right) {
    this.left = left;
    this.right = right;
    this.leftPersids = new PersidChains(left);
    this.rightPersids = new PersidChains(right);
  }

  PersidChains leftPersids() {
    return leftPersids;
  }

  PersidChains rightPersids() {
    return rightPersids;
  }

  /** False for all that has an identity: whether that is the same is to be found out. */
  boolean areEqual(int one, int other) {
    Kind kind = left.kind(one);
    if (kind != right.kind(other)) {
      return false;
    }
    return switch (kind) {
      case NONE -> true;
      case BOOL -> left.isTrue(one) == right.isTrue(other);
      case INT -> areIntegersEqual(one, other);
      case FLOAT ->
          Double.doubleToLongBits(left.floatValue(one))
              == Double.doubleToLongBits(right.floatValue(other));
      case STR, PY2_STR, BYTES -> areBytesEqual(one, other);
      case GLOBAL -> areNamesEqual(one, other);
      case EXT, BUFFER -> left.number(one) == right.number(other);
      case TUPLE -> !left.hasIdentity(one) && !right.hasIdentity(other);
      case PERSID -> arePersidsEqual(one, other);
      default -> false;
    };
  }

  private boolean areIntegersEqual(int one, int other) {
    boolean fits = left.fitsLong(one);
    if (fits != right.fitsLong(other)) {
      return false;
    }
    return fits
        ? left.longValue(one) == right.longValue(other)
        : left.bigInteger(one).equals(right.bigInteger(other));
  }

  /** Whether two texts, bytes or bytearrays hold the same. */
  boolean areBytesEqual(int one, int other) {
    if (left.isSlice(one) && right.isSlice(other)) {
      SaveGraph a = left.graph();
      SaveGraph b = right.graph();
      return Arrays.equals(
          a.source(),
          a.a(one),
          a.a(one) + a.b(one),
          b.source(),
          b.a(other),
          b.a(other) + b.b(other));
    }
    return Arrays.equals(left.bytes(one), right.bytes(other));
  }

  private boolean areNamesEqual(int one, int other) {
    NameBytes name = left.nameBytes(one);
    NameBytes otherName = right.nameBytes(other);
    return Arrays.equals(name.module(), otherName.module())
        && Arrays.equals(name.qualname(), otherName.qualname());
  }

  /** Whether the innermost values are the same; what has an identity is not compared here. */
  private boolean arePersidsEqual(int one, int other) {
    if (leftPersids.depth(one) != rightPersids.depth(other)) {
      return false;
    }
    int last = leftPersids.last(one);
    int otherLast = rightPersids.last(other);
    int value = left.persidValue(last);
    int otherValue = right.persidValue(otherLast);
    if (value >= 0 && otherValue >= 0) {
      return areEqual(value, otherValue);
    }
    return Arrays.equals(text(left, last), text(right, otherLast));
  }

  /**
   * The UTF-8 of a persistent id that is a text, whichever opcode wrote it; empty and more than
   * text for any other.
   */
  private static byte[] text(Meaning meaning, int node) {
    int value = meaning.persidValue(node);
    SaveGraph graph = meaning.graph();
    if (value < 0) {
      return Arrays.copyOfRange(graph.source(), graph.a(node), graph.a(node) + graph.b(node));
    }
    return meaning.kind(value) == Kind.STR ? meaning.bytes(value) : new byte[] {(byte) 0xff};
  }

  /** A text that is the same for the same value alone. */
  static String identify(Meaning meaning, int node) {
    Kind kind = meaning.kind(node);
    String value =
        switch (kind) {
          case NONE -> "";
          case BOOL -> Boolean.toString(meaning.isTrue(node));
          case INT -> meaning.bigInteger(node).toString(Character.MAX_RADIX);
          case FLOAT -> Long.toHexString(Double.doubleToLongBits(meaning.floatValue(node)));
          case GLOBAL ->
              latin1(meaning.moduleBytes(node)) + "\n" + latin1(meaning.qualnameBytes(node));
          case EXT -> Integer.toString(meaning.number(node));
          default -> latin1(meaning.bytes(node));
        };
    return kind.name() + value;
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
