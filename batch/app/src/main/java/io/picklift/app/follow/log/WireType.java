package io.picklift.app.follow.log;

/**
 * The type of a column as the log has it.
 *
 * @param code the server's number for the type
 * @param meta what the table map says of its length; its meaning depends on the type
 */
record WireType(int code, int meta) {
  static final int TINY = 1;
  static final int SHORT = 2;
  static final int LONG = 3;
  static final int FLOAT = 4;
  static final int DOUBLE = 5;
  static final int NULL = 6;
  static final int TIMESTAMP = 7;
  static final int LONGLONG = 8;
  static final int INT24 = 9;
  static final int DATE = 10;
  static final int TIME = 11;
  static final int DATETIME = 12;
  static final int YEAR = 13;
  static final int NEWDATE = 14;
  static final int VARCHAR = 15;
  static final int BIT = 16;
  static final int TIMESTAMP2 = 17;
  static final int DATETIME2 = 18;
  static final int TIME2 = 19;
  static final int BLOB_COMPRESSED = 140;
  static final int VARCHAR_COMPRESSED = 141;
  static final int VECTOR = 242;
  static final int JSON = 245;
  static final int NEWDECIMAL = 246;
  static final int ENUM = 247;
  static final int SET = 248;
  static final int TINY_BLOB = 249;
  static final int MEDIUM_BLOB = 250;
  static final int LONG_BLOB = 251;
  static final int BLOB = 252;
  static final int VAR_STRING = 253;
  static final int STRING = 254;
  static final int GEOMETRY = 255;

  /** Lengths beyond this are told in two bytes. */
  static final int ONE_BYTE_LENGTH = 255;

  private static final int LENGTH_BITS = 0x30;

  /** How many bytes the table map has of a type's length. */
  static int metaBytes(int code) {
    return switch (code) {
      case VARCHAR, VAR_STRING, VARCHAR_COMPRESSED, BIT, NEWDECIMAL, ENUM, SET, STRING -> 2;
      case FLOAT,
          DOUBLE,
          BLOB,
          TINY_BLOB,
          MEDIUM_BLOB,
          LONG_BLOB,
          BLOB_COMPRESSED,
          VECTOR,
          JSON,
          GEOMETRY,
          TIMESTAMP2,
          DATETIME2,
          TIME2 ->
          1;
      default -> 0;
    };
  }

  /**
   * A type with its length. CHAR, BINARY, ENUM and SET share a code; the first byte of the length
   * tells them apart, and has two bits of a length beyond 255, inverted.
   */
  static WireType of(int code, int first, int second) {
    if (code != STRING) {
      return new WireType(code, code == NEWDECIMAL ? (first << 8) | second : first | (second << 8));
    }
    if ((first & LENGTH_BITS) == LENGTH_BITS) {
      return new WireType(first, second);
    }
    return new WireType(first | LENGTH_BITS, second | (((first & LENGTH_BITS) ^ LENGTH_BITS) << 4));
  }

  /** For a DECIMAL. */
  int precision() {
    return meta >> 8;
  }

  /** For a DECIMAL. */
  int scale() {
    return meta & 0xff;
  }

  /** How many bytes the fraction of a second takes, of which {@link #meta} has the digits. */
  int fractionBytes() {
    return (meta + 1) / 2;
  }
}
