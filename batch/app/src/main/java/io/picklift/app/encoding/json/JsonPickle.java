package io.picklift.app.encoding.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.encoding.format.OutputBudget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes the pickle that Python would make of a JSON document: protocol 3, a memo entry for each
 * container and text, members in batches of a thousand.
 */
final class JsonPickle {
  private static final int BATCH = 1000;

  private final ByteArrayOutputStream out;
  private final OutputBudget room;
  private final Deque<Container> open = new ArrayDeque<>();
  private int memo;

  /** A container that is being written. */
  private static final class Container {
    final boolean isDict;

    /** How many members stand since the last mark. */
    int waiting;

    Container(boolean isDict) {
      this.isDict = isDict;
    }
  }

  private JsonPickle(OutputBudget room, int size) {
    this.room = room;
    this.out = new ByteArrayOutputStream(size);
  }

  /**
   * Writes it.
   *
   * @throws IOException if that is no JSON document
   */
  static byte[] of(byte[] json, OutputBudget room) throws IOException, EncodingException {
    JsonPickle pickle = new JsonPickle(room, json.length);
    try (JsonParser parser = JsonText.parser(json)) {
      pickle.write(parser);
    }
    return pickle.out.toByteArray();
  }

  private void write(JsonParser parser) throws IOException, EncodingException {
    op(0x80, 3);
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw new IOException("no JSON document");
    }
    do {
      if (token == JsonToken.FIELD_NAME) {
        begin();
        text(parser.currentName());
      } else if (token.isStructEnd()) {
        end();
      } else {
        if (!open.isEmpty() && !open.peek().isDict) {
          begin();
        }
        value(parser, token);
        if (!token.isStructStart()) {
          done();
        }
      }
      room.check(out.size());
      token = parser.nextToken();
    } while (token != null && !(open.isEmpty() && !token.isStructEnd()));
    if (token != null) {
      throw new IOException("more than one JSON document");
    }
    out.write('.');
  }

  private void op(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
  }

  /** Before a member, or a member's key. */
  private void begin() {
    Container container = open.element();
    if (container.waiting == 0) {
      out.write('(');
    }
  }

  /** After a value. */
  private void done() {
    Container container = open.peek();
    if (container == null) {
      return;
    }
    if (++container.waiting == BATCH) {
      out.write(container.isDict ? 'u' : 'e');
      container.waiting = 0;
    }
  }

  private void end() {
    Container container = open.remove();
    if (container.waiting > 0) {
      out.write(container.isDict ? 'u' : 'e');
    }
    done();
  }

  private void value(JsonParser parser, JsonToken token) throws IOException {
    switch (token) {
      case START_OBJECT, START_ARRAY -> {
        boolean isDict = token == JsonToken.START_OBJECT;
        out.write(isDict ? '}' : ']');
        put();
        open.push(new Container(isDict));
      }
      case VALUE_STRING -> text(parser.getText());
      case VALUE_NUMBER_INT -> whole(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> real(parser.getDoubleValue());
      case VALUE_TRUE -> out.write(0x88);
      case VALUE_FALSE -> out.write(0x89);
      case VALUE_NULL -> out.write('N');
      default -> throw new IOException("no JSON value");
    }
  }

  private void whole(BigInteger value) {
    if (value.bitLength() > 31) {
      byte[] big = value.toByteArray();
      op(big.length < 256 ? 0x8a : 0x8b);
      number(big.length, big.length < 256 ? 1 : 4);
      for (int i = big.length - 1; i >= 0; i--) {
        out.write(big[i]);
      }
      return;
    }
    int small = value.intValue();
    if (small >= 0 && small < 256) {
      op('K', small);
    } else if (small >= 0 && small < 65_536) {
      out.write('M');
      number(small, 2);
    } else {
      out.write('J');
      number(small, 4);
    }
  }

  private void real(double value) {
    out.write('G');
    long bits = Double.doubleToLongBits(value);
    for (int shift = 56; shift >= 0; shift -= 8) {
      out.write((int) (bits >>> shift));
    }
  }

  private void text(String text) throws IOException {
    byte[] utf8 = utf8(text);
    out.write('X');
    number(utf8.length, 4);
    out.write(utf8);
    put();
  }

  /** UTF-8 that has lone surrogates as Python's pickler writes them. */
  private static byte[] utf8(String text) {
    boolean isPlain = true;
    for (int i = 0; i < text.length() && isPlain; i++) {
      isPlain = !Character.isSurrogate(text.charAt(i));
    }
    if (isPlain) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() * 3);
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      if (point >= 0xd800 && point < 0xe000) {
        out.write(0xe0 | point >> 12);
        out.write(0x80 | (point >> 6 & 63));
        out.write(0x80 | (point & 63));
      } else {
        out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }

  private void put() {
    if (memo < 256) {
      op('q', memo);
    } else {
      out.write('r');
      number(memo, 4);
    }
    memo++;
  }

  private void number(int value, int width) {
    for (int i = 0; i < width; i++) {
      out.write(value >>> (8 * i));
    }
  }
}
