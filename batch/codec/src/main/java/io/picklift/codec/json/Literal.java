package io.picklift.codec.json;

import java.nio.charset.StandardCharsets;

/** The pieces of text that are put off as a {@link WriteStack#LITERAL}, by index. */
final class Literal {
  static final int ARGS = 0;
  static final int KWARGS = 1;
  static final int STATE = 2;
  static final int EMPTY_STATE = 3;
  static final int STATES = 4;
  static final int ITEMS = 5;
  static final int ENTRIES = 6;
  static final int FACTORY = 7;
  static final int MAXLEN = 8;
  static final int TZ = 9;

  private static final byte[][] TEXTS = {
    ascii(", \"$args\": ["),
    ascii(", \"$kwargs\": ["),
    ascii(", \"$state\": "),
    ascii(", \"$state\": {}"),
    ascii(", \"$states\": ["),
    ascii(", \"$items\": ["),
    ascii(", \"$entries\": ["),
    ascii(", \"factory\": "),
    ascii(", \"maxlen\": "),
    ascii(", \"tz\": ")
  };

  private Literal() {}

  static byte[] text(int index) {
    return TEXTS[index];
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
