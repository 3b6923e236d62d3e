package io.picklift.codec.pickle;

import io.picklift.codec.Limits;
import io.picklift.codec.text.TextEscapes;
import io.picklift.codec.text.TextFloat;
import io.picklift.codec.text.TextInteger;
import java.math.BigInteger;

/**
 * Checks the arguments that are lines of text. Each check leaves its verdict in {@link #failure}.
 */
final class TextArguments {
  enum Failure {
    NONE,
    INTEGER,
    /** More digits than the limit. */
    DIGITS,
    FLOAT,
    STRING,
    UNICODE
  }

  private Failure failure = Failure.NONE;
  private boolean canonicalIndex;

  Failure failure() {
    return failure;
  }

  /** Checks {@code INT}; returns 0 or 1 where it is a bool, else -1. */
  int checkInt(byte[] in, int at, int length, Limits limits) {
    int bool = TextInteger.asBool(in, at, length);
    if (bool >= 0) {
      failure = Failure.NONE;
    } else if (checkDigits(in, at, length, limits) && !isPlainDecimal(in, at, length)) {
      failure = TextInteger.isInt(in, at, length) ? Failure.NONE : Failure.INTEGER;
    }
    return bool;
  }

  void checkLong(byte[] in, int at, int length, Limits limits) {
    if (checkDigits(in, at, length, limits) && !isPlainDecimal(in, at, length)) {
      failure = TextInteger.isLong(in, at, length) ? Failure.NONE : Failure.INTEGER;
    }
  }

  private boolean checkDigits(byte[] in, int at, int length, Limits limits) {
    failure = Failure.NONE;
    if (length > limits.textIntegerDigits()) {
      int digits = 0;
      for (int i = at; i < at + length; i++) {
        if (in[i] > 0 && Character.digit(in[i], 16) >= 0) {
          digits++;
        }
      }
      if (digits > limits.textIntegerDigits()) {
        failure = Failure.DIGITS;
        return false;
      }
    }
    return true;
  }

  /** Whether the text is what every pickler writes: an optional minus, digits, no leading zero. */
  static boolean isPlainDecimal(byte[] in, int at, int length) {
    int end = at + length;
    int i = at < end && in[at] == '-' ? at + 1 : at;
    if (i == end || (in[i] == '0' && end - i > 1)) {
      return false;
    }
    for (; i < end; i++) {
      if (in[i] < '0' || in[i] > '9') {
        return false;
      }
    }
    return true;
  }

  void checkFloat(byte[] in, int at, int length) {
    failure = TextFloat.isRefused(TextFloat.parse(in, at, length)) ? Failure.FLOAT : Failure.NONE;
  }

  void checkString(byte[] in, int at, int length) {
    failure = TextEscapes.string(in, at, length) == null ? Failure.STRING : Failure.NONE;
  }

  void checkUnicode(byte[] in, int at, int length) {
    failure = TextEscapes.unicode(in, at, length) == null ? Failure.UNICODE : Failure.NONE;
  }

  /** The index that {@code GET} or {@code PUT} gives as text; -1 where it is no number from 0. */
  long memoIndex(byte[] in, int at, int length) {
    canonicalIndex = length <= 10 && in[at] != '-' && isPlainDecimal(in, at, length);
    if (canonicalIndex) {
      long index = 0;
      for (int i = at; i < at + length; i++) {
        index = index * 10 + in[i] - '0';
      }
      return index;
    }
    // Beyond that many characters it is no index, whatever its value.
    BigInteger index = length > 4096 ? null : TextInteger.ofLong(in, at, length, 10);
    if (index == null || index.signum() < 0 || index.bitLength() >= Long.SIZE) {
      return -1;
    }
    return index.longValue();
  }

  /** Whether the last {@link #memoIndex} was written as picklers write it. */
  boolean isCanonicalIndex() {
    return canonicalIndex;
  }
}
