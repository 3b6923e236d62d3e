package io.picklift.codec.json;

import static io.picklift.codec.json.Literal.ascii;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HexFormat;

/** The values that never get an id: numbers, text, bytes, names. */
final class JsonScalars {
  private static final byte[] NULL = ascii("null");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");
  private static final byte[] EMPTY_TUPLE = ascii("{\"$tuple\": []}");
  private static final byte[] INT = ascii("{\"$int\": \"");
  private static final byte[] FLOAT = ascii("{\"$float\": \"");
  private static final byte[] STR = ascii("{\"$str\": ");
  private static final byte[] BYTES = ascii("{\"$bytes\": ");
  private static final byte[] GLOBAL = ascii("{\"$global\": ");
  private static final byte[] PERSID = ascii("{\"$persid\": \"");
  private static final byte[] EXT = ascii("{\"$ext\": ");
  private static final byte[] BUFFER = ascii("{\"$buffer\": ");
  private static final byte[] END_TEXT = ascii("\"}");

  /** Every integer below is a double of its own, so that any JSON reader gets it right. */
  private static final long MAX_NUMBER = 1L << 53;

  /** Longer integers are hexadecimal: decimal takes more than linear time. */
  private static final int MAX_DECIMAL_BITS = 4096;

  private static final byte CLOSE = '}';

  private final Meaning meaning;
  private final SaveGraph graph;
  private final JsonOutput out;

  JsonScalars(Meaning meaning, JsonOutput out) {
    this.meaning = meaning;
    this.graph = meaning.graph();
    this.out = out;
  }

  /** Writes the value if it is such a one; else false. */
  boolean write(int node) throws IOException, LimitException {
    Kind kind = graph.kind(node);
    switch (kind) {
      case NONE -> out.write(NULL);
      case BOOL -> out.write(meaning.isTrue(node) ? TRUE : FALSE);
      case INT -> integer(node);
      case FLOAT -> real(meaning.floatValue(node));
      case STR -> string(node);
      case PY2_STR -> {
        if (meaning.isText(node)) {
          text(node);
        } else {
          object(BYTES, node);
        }
      }
      case BYTES -> object(BYTES, node);
      case TUPLE -> {
        if (meaning.hasIdentity(node)) {
          return false;
        }
        out.write(EMPTY_TUPLE);
      }
      case GLOBAL -> {
        out.write(GLOBAL);
        name(node);
        out.write(CLOSE);
      }
      case PERSID -> {
        if (meaning.persidValue(node) >= 0) {
          return false;
        }
        out.write(PERSID);
        // Its characters are ASCII, yet may be quotes and control characters.
        out.textPart(graph.source(), graph.a(node), graph.b(node));
        out.write(END_TEXT);
      }
      case EXT -> number(EXT, node);
      case BUFFER -> number(BUFFER, node);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void number(byte[] name, int node) throws IOException, LimitException {
    out.write(name);
    out.number(meaning.number(node));
    out.write(CLOSE);
  }

  private void integer(int node) throws IOException, LimitException {
    if (meaning.fitsLong(node)) {
      integer(meaning.longValue(node));
      return;
    }
    BigInteger value = meaning.bigInteger(node);
    out.write(INT);
    if (value.abs().bitLength() <= MAX_DECIMAL_BITS) {
      out.ascii(value.toString());
    } else {
      out.ascii(value.signum() < 0 ? "-0x" : "0x");
      out.ascii(hex(value.abs()));
    }
    out.write(END_TEXT);
  }

  /** {@code value.toString(16)}, which takes more than linear time. */
  private static String hex(BigInteger value) {
    String hex = HexFormat.of().formatHex(value.toByteArray());
    int zeros = 0;
    while (zeros < hex.length() - 1 && hex.charAt(zeros) == '0') {
      zeros++;
    }
    return hex.substring(zeros);
  }

  void integer(long value) throws IOException, LimitException {
    if (value > -MAX_NUMBER && value < MAX_NUMBER) {
      out.number(value);
    } else {
      out.write(INT);
      out.number(value);
      out.write(END_TEXT);
    }
  }

  void real(double value) throws IOException, LimitException {
    if (Double.isFinite(value)) {
      out.number(value);
      return;
    }
    out.write(FLOAT);
    out.ascii(Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf");
    out.write(END_TEXT);
  }

  private void string(int node) throws IOException, LimitException {
    if (meaning.hasSurrogatePair(node)) {
      object(STR, node);
    } else {
      text(node);
    }
  }

  private void text(int node) throws IOException, LimitException {
    if (meaning.isSlice(node)) {
      out.text(graph.source(), graph.a(node), graph.b(node));
    } else {
      byte[] bytes = meaning.bytes(node);
      out.text(bytes, 0, bytes.length);
    }
  }

  private void object(byte[] name, int node) throws IOException, LimitException {
    out.write(name);
    base64(node);
    out.write(CLOSE);
  }

  void base64(int node) throws IOException, LimitException {
    if (meaning.isSlice(node)) {
      out.base64(graph.source(), graph.a(node), graph.b(node));
    } else {
      byte[] bytes = meaning.bytes(node);
      out.base64(bytes, 0, bytes.length);
    }
  }

  /** A dotted name in quotes; one that would be a {@code $str} as that. */
  void name(int global) throws IOException, LimitException {
    byte[] name = meaning.globalBytes(global);
    if (meaning.hasSurrogatePair(name)) {
      out.write(STR);
      out.base64(name, 0, name.length);
      out.write(CLOSE);
    } else {
      out.text(name, 0, name.length);
    }
  }
}
