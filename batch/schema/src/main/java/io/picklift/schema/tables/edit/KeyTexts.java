package io.picklift.schema.tables.edit;

import io.picklift.codec.meaning.Contents;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.schema.tables.values.CellText;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What keys of dicts and members of sets have in common if they are equal in Python. */
final class KeyTexts {
  private static final String FRACTION = "fractions.Fraction";

  /** More than a float has, whose denominator is at most 2**1074. */
  private static final int MOST_BITS = 2048;

  private static final int HEX = 16;

  private final Meaning meaning;
  private final NodeValueReader values;
  private final Scalar value = new Scalar();

  KeyTexts(Meaning meaning, NodeValueReader values) {
    this.meaning = meaning;
    this.values = values;
  }

  /** A text that equal ones share; of objects of other classes their own number. */
  String of(int node) {
    switch (meaning.kind(node)) {
      case TUPLE -> {
        return joined(members(meaning.items(node)));
      }
      case FROZENSET -> {
        return "frozenset " + joined(members(meaning.items(node)).sorted());
      }
      default -> {}
    }
    if (isNamedTuple(node)) {
      return name(node) + joined(members(meaning.toArray(meaning.contents().places(node))));
    }
    if (meaning.wellKnown(node) instanceof WellKnown.Complex complex) {
      return complex.imaginary() == 0 ? real(complex.real(), node) : "complex " + complex;
    }
    if (isMade(node) && name(node).equals(FRACTION)) {
      return fraction(node);
    }
    return plain(node);
  }

  private Stream<String> members(int[] nodes) {
    return Arrays.stream(nodes).mapToObj(this::of);
  }

  private static String joined(Stream<String> keys) {
    return keys.map(key -> key.length() + ":" + key).collect(Collectors.joining());
  }

  private boolean isMade(int node) {
    return meaning.kind(node) == Kind.OBJECT || meaning.kind(node) == Kind.CALL;
  }

  private String plain(int node) {
    values.read(node, value);
    String name = isMade(node) && value.type != Scalar.Type.DECIMAL ? name(node) : "";
    if (values.isNamed(node)) {
      name = "member of " + meaning.globalName(values.namedClass(node));
    }
    return switch (value.type) {
      case NONE -> "None";
      case BOOL -> name + number(BigDecimal.valueOf(value.number));
      case INT ->
          name + number(value.isBig ? new BigDecimal(value.big) : BigDecimal.valueOf(value.number));
      case FLOAT -> name + real(value.real, node);
      case DECIMAL -> decimal(CellText.of(value), node);
      case TEXT, DATE, DATETIME, TIME, UUID -> {
        String kind = value.type == Scalar.Type.TEXT ? "text" : value.type.toString();
        yield name + " " + kind + " " + CellText.of(value);
      }
      // Two moments are equal in whatever zones.
      case INSTANT, DURATION -> value.type + " " + value.number;
      case BYTES ->
          name
              + " bytes "
              + HexFormat.of().formatHex(value.bytes, value.offset, value.offset + value.length);
      default -> "#" + node;
    };
  }

  private static String real(double number, int node) {
    return Double.isFinite(number) ? number(new BigDecimal(number)) : "#" + node;
  }

  /** Equal to a float or Decimal of the same number. */
  private String fraction(int node) {
    int[] arguments = meaning.arguments(node);
    boolean isTwo =
        arguments.length == 2
            && Arrays.stream(arguments).allMatch(part -> meaning.kind(part) == Kind.INT);
    BigInteger over = isTwo ? meaning.bigInteger(arguments[1]) : BigInteger.ZERO;
    if (over.signum() == 0) {
      return plain(node);
    }
    BigInteger number = meaning.bigInteger(arguments[0]);
    BigInteger common = number.gcd(over);
    number = number.divide(common);
    over = over.divide(common);
    // Without other primes its digits have an end.
    boolean isDecimal =
        over.bitLength() <= MOST_BITS
            && number.bitLength() <= MOST_BITS
            && BigInteger.TEN.pow(over.bitLength()).mod(over).signum() == 0;
    if (isDecimal) {
      return number(new BigDecimal(number).divide(new BigDecimal(over)));
    }
    return "fraction " + number.toString(HEX) + "/" + over.toString(HEX);
  }

  private boolean isNamedTuple(int node) {
    int op = meaning.graph().op(node);
    return (op == Op.NEWOBJ || op == Op.REDUCE_BASE_OBJECT)
        && meaning.contents().places(node) != Contents.NO_PLACES;
  }

  private static String decimal(String digits, int node) {
    try {
      return number(new BigDecimal(digits));
    } catch (NumberFormatException e) {
      return "#" + node;
    }
  }

  private static String number(BigDecimal number) {
    boolean isShort = Math.abs(number.scale()) < 400;
    return "number " + (isShort ? number.stripTrailingZeros().toString() : number.toString());
  }

  private String name(int node) {
    int callable = meaning.callable(node);
    return meaning.kind(callable) == Kind.GLOBAL ? meaning.globalName(callable) : "#" + node;
  }
}
