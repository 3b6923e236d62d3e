package io.picklift.app.view;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A single value as a copy of it elsewhere may show it: an enum member as its value, a date as
 * text.
 *
 * @param type what it is
 * @param text as text
 * @param number as a number; null where it is none
 */
public record PlainValue(Type type, String text, @Nullable BigDecimal number) {
  public enum Type {
    NONE,
    BOOL,
    NUMBER,
    /** nan, inf, -inf. */
    NOT_A_NUMBER,
    TEXT,
    /** Times with a zone, whose text here lacks the zone. */
    TEXT_PREFIX,
    BYTES
  }

  /** The value of a node; null where it is a container or an object of many values. */
  public static @Nullable PlainValue of(Meaning meaning, int node) {
    int value = node;
    // An enum member, a call with one plain argument, may itself hold one.
    for (int i = 0; i < 4; i++) {
      WellKnown known = meaning.wellKnown(value);
      if (known != null) {
        return of(known);
      }
      if (!isEnumLike(meaning, value)) {
        return plain(meaning, value);
      }
      value = meaning.member(MemberSpan.start(meaning.argumentSpan(value)));
    }
    return null;
  }

  private static boolean isEnumLike(Meaning meaning, int node) {
    Kind kind = meaning.kind(node);
    return (kind == Kind.CALL || kind == Kind.OBJECT)
        && MemberSpan.count(meaning.argumentSpan(node)) == 1
        && MemberSpan.count(meaning.stateSpan(node)) == 0
        && MemberSpan.count(meaning.appendedSpan(node)) == 0
        && MemberSpan.count(meaning.entrySpan(node)) == 0
        && isClassName(meaning, meaning.callable(node));
  }

  /** A pickle does not tell a class from a function; Python's naming does. */
  private static boolean isClassName(Meaning meaning, int callable) {
    if (meaning.kind(callable) != Kind.GLOBAL) {
      return false;
    }
    String name = meaning.globalQualname(callable);
    int last = name.lastIndexOf('.') + 1;
    return last < name.length() && Character.isUpperCase(name.charAt(last));
  }

  private static @Nullable PlainValue of(WellKnown known) {
    if (known instanceof WellKnown.DateTime time) {
      return new PlainValue(time.tzNode() < 0 ? Type.TEXT : Type.TEXT_PREFIX, time.text(), null);
    } else if (known instanceof WellKnown.Date date) {
      return new PlainValue(Type.TEXT, date.text(), null);
    } else if (known instanceof WellKnown.Time time) {
      return new PlainValue(time.tzNode() < 0 ? Type.TEXT : Type.TEXT_PREFIX, time.text(), null);
    } else if (known instanceof WellKnown.Uuid uuid) {
      return new PlainValue(Type.TEXT, uuid.text(), null);
    } else if (known instanceof WellKnown.Decimal decimal) {
      return new PlainValue(Type.TEXT, decimal.text(), decimalOrNull(decimal.text()));
    } else if (known instanceof WellKnown.TimeDelta delta) {
      return number(
          BigDecimal.valueOf(delta.days())
              .multiply(BigDecimal.valueOf(86_400))
              .add(BigDecimal.valueOf(delta.seconds()))
              .add(BigDecimal.valueOf(delta.microseconds(), 6)));
    }
    return null;
  }

  private static @Nullable PlainValue plain(Meaning meaning, int node) {
    return switch (meaning.kind(node)) {
      case NONE -> new PlainValue(Type.NONE, "None", null);
      case BOOL ->
          meaning.isTrue(node)
              ? new PlainValue(Type.BOOL, "True", BigDecimal.ONE)
              : new PlainValue(Type.BOOL, "False", BigDecimal.ZERO);
      case INT ->
          number(
              new BigDecimal(
                  meaning.fitsLong(node)
                      ? BigInteger.valueOf(meaning.longValue(node))
                      : meaning.bigInteger(node)));
      case FLOAT -> floating(meaning.floatValue(node));
      case STR, PY2_STR ->
          meaning.isText(node)
              ? new PlainValue(Type.TEXT, meaning.text(node), null)
              : bytes(meaning, node);
      case BYTES, BYTEARRAY -> bytes(meaning, node);
      default -> null;
    };
  }

  private static PlainValue bytes(Meaning meaning, int node) {
    return new PlainValue(Type.BYTES, HexFormat.of().formatHex(meaning.bytes(node)), null);
  }

  private static PlainValue number(BigDecimal number) {
    return new PlainValue(Type.NUMBER, number.toPlainString(), number);
  }

  private static PlainValue floating(double value) {
    if (Double.isNaN(value)) {
      return new PlainValue(Type.NOT_A_NUMBER, "nan", null);
    }
    if (Double.isInfinite(value)) {
      return new PlainValue(Type.NOT_A_NUMBER, value > 0 ? "inf" : "-inf", null);
    }
    return new PlainValue(Type.NUMBER, Double.toString(value), new BigDecimal(value));
  }

  /** A number from text; null where it is none, or so long that only mischief writes it. */
  public static @Nullable BigDecimal decimalOrNull(String text) {
    try {
      return text.length() > 400 ? null : new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Whether a number says the same: as the decimal it is, or as the double nearest to it. */
  public boolean isNumber(BigDecimal other) {
    BigDecimal mine = number;
    return mine != null
        && (mine.compareTo(other) == 0
            || Double.compare(mine.doubleValue(), other.doubleValue()) == 0);
  }

  /** For reports: short, and quoted where it is text. */
  public String shown() {
    String shown = type == Type.TEXT || type == Type.TEXT_PREFIX ? quote(text) : text;
    return shown.length() > 64 ? shown.substring(0, 61) + "..." : shown;
  }

  /** Quotes a text, shortened to what a report needs. */
  public static String quote(String text) {
    String cut = text.length() > 60 ? text.substring(0, 57) + "..." : text;
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < cut.length(); i++) {
      char c = cut.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || (Character.isSurrogate(c) && !isPair(cut, i))) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static boolean isPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
