package io.picklift.codec.diff;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Locale;

/** How a value is shown in a {@link Difference}: short, and on one line. */
final class DiffText {
  private static final int LONGEST = 60;

  /** An integer of more bits takes too long to be written in decimal for sixty characters of it. */
  private static final int MAX_DECIMAL_BITS = 4096;

  private DiffText() {}

  static String describe(Meaning meaning, int node) {
    return switch (meaning.kind(node)) {
      case NONE -> "None";
      case BOOL -> meaning.isTrue(node) ? "bool True" : "bool False";
      case INT -> "int " + integer(meaning, node);
      case FLOAT -> "float " + meaning.floatValue(node);
      case STR -> "str " + quoted(meaning.text(node));
      case PY2_STR ->
          "Python 2 str "
              + (meaning.isText(node) ? quoted(meaning.text(node)) : hex(meaning, node));
      case BYTES -> "bytes " + hex(meaning, node);
      case BYTEARRAY -> "bytearray " + hex(meaning, node);
      case LIST -> "list of " + MemberSpan.count(meaning.itemSpan(node));
      case TUPLE -> "tuple of " + MemberSpan.count(meaning.itemSpan(node));
      case SET -> "set of " + MemberSpan.count(meaning.itemSpan(node));
      case FROZENSET -> "frozenset of " + MemberSpan.count(meaning.itemSpan(node));
      case DICT -> "dict of " + MemberSpan.count(meaning.itemSpan(node)) / 2;
      case GLOBAL -> "name " + cut(meaning.globalName(node));
      case OBJECT -> "object " + callable(meaning, node);
      case CALL -> "call " + callable(meaning, node);
      case PERSID -> "persistent id";
      case EXT -> "extension " + meaning.number(node);
      case BUFFER -> "buffer " + meaning.number(node);
    };
  }

  private static String callable(Meaning meaning, int node) {
    int callable = meaning.callable(node);
    return meaning.kind(callable) == Kind.GLOBAL
        ? cut(meaning.globalName(callable))
        : "of a " + meaning.kind(callable).name().toLowerCase(Locale.ROOT);
  }

  private static String integer(Meaning meaning, int node) {
    if (meaning.fitsLong(node)) {
      return Long.toString(meaning.longValue(node));
    }
    BigInteger value = meaning.bigInteger(node);
    return value.bitLength() > MAX_DECIMAL_BITS
        ? "of " + value.bitLength() + " bits"
        : cut(value.toString());
  }

  private static String hex(Meaning meaning, int node) {
    byte[] bytes = meaning.bytes(node);
    int shown = Math.min(bytes.length, LONGEST / 2);
    String hex = HexFormat.of().formatHex(bytes, 0, shown);
    return shown == bytes.length ? hex : hex + "... (" + bytes.length + " bytes)";
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? escaped(text) : escaped(text.substring(0, LONGEST)) + "...";
  }

  /** In double quotes, cut where it is long. */
  static String quoted(String text) {
    return text.length() <= LONGEST
        ? '"' + escaped(text) + '"'
        : '"' + escaped(text.substring(0, LONGEST)) + "\"... (" + text.length() + " characters)";
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c < ' ' || Character.isSurrogate(c) || c == '\u007f') {
        appendUnit(out, text, i);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** A control character or lone surrogate as an escape; half of a pair as it is. */
  private static void appendUnit(StringBuilder out, String text, int at) {
    char c = text.charAt(at);
    boolean paired =
        (Character.isHighSurrogate(c)
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1)))
            || (Character.isLowSurrogate(c)
                && at > 0
                && Character.isHighSurrogate(text.charAt(at - 1)));
    if (paired) {
      out.append(c);
    } else {
      out.append(String.format("\\u%04x", (int) c));
    }
  }
}
