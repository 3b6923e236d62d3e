package io.picklift.codec.diff;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.PersidChains;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.NameBytes;
import io.picklift.codec.model.SaveGraph;
import java.util.Arrays;

/** Whether two values without identity, of two saves, are the same in kind and value. */
final class DiffScalars {
  private final Meaning left;
  private final Meaning right;
  private final DiffContents leftContents;
  private final DiffContents rightContents;
  private final PersidChains leftPersids;
  private final PersidChains rightPersids;

  DiffScalars(Meaning left, Meaning right) {
    this.left = left;
    this.right = right;
    this.leftContents = new DiffContents(left);
    this.rightContents = new DiffContents(right);
    this.leftPersids = new PersidChains(left);
    this.rightPersids = new PersidChains(right);
  }

  PersidChains leftPersids() {
    return leftPersids;
  }

  PersidChains rightPersids() {
    return rightPersids;
  }

  DiffContents leftContents() {
    return leftContents;
  }

  DiffContents rightContents() {
    return rightContents;
  }

  /** False for all that has an identity: whether that is the same is to be found out. */
  boolean areEqual(int one, int other) throws LimitException {
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

  private boolean areIntegersEqual(int one, int other) throws LimitException {
    boolean fits = left.fitsLong(one);
    if (fits != right.fitsLong(other)) {
      return false;
    }
    return fits
        ? left.longValue(one) == right.longValue(other)
        : Arrays.equals(leftContents.integer(one), rightContents.integer(other));
  }

  /** Whether two texts, bytes or bytearrays hold the same. */
  boolean areBytesEqual(int one, int other) throws LimitException {
    if (leftContents.isShortSlice(one) && rightContents.isShortSlice(other)) {
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
    return Arrays.equals(leftContents.bytes(one), rightContents.bytes(other));
  }

  private boolean areNamesEqual(int one, int other) throws LimitException {
    NameBytes name = leftContents.name(one);
    NameBytes otherName = rightContents.name(other);
    return Arrays.equals(name.module(), otherName.module())
        && Arrays.equals(name.qualname(), otherName.qualname());
  }

  /** Whether the innermost values are the same; what has an identity is not compared here. */
  private boolean arePersidsEqual(int one, int other) throws LimitException {
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
    return isText(left, value)
        && isText(right, otherValue)
        && Arrays.equals(
            text(leftContents, last, value), text(rightContents, otherLast, otherValue));
  }

  /** Whether a persistent id's value is text, whichever opcode wrote it; -1 stands for a line. */
  private static boolean isText(Meaning meaning, int value) {
    return value < 0 || meaning.kind(value) == Kind.STR;
  }

  private static byte[] text(DiffContents contents, int persid, int value) throws LimitException {
    return value < 0 ? contents.persid(persid) : contents.bytes(value);
  }
}
