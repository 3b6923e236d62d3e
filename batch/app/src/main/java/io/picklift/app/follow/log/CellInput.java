package io.picklift.app.follow.log;

import java.io.IOException;

/** How many bytes a value takes in a row event. */
final class CellInput {
  private CellInput() {}

  /**
   * Reads as far as the length of a value goes that is told in the row, and says how long the rest
   * of the value is.
   *
   * @throws LogFormatException if the type is not known
   */
  static long length(LogInput in, WireType type) throws IOException {
    return switch (type.code()) {
      case WireType.NULL -> 0;
      case WireType.TINY, WireType.YEAR -> 1;
      case WireType.SHORT -> 2;
      case WireType.INT24, WireType.DATE, WireType.TIME, WireType.NEWDATE -> 3;
      case WireType.LONG, WireType.FLOAT, WireType.TIMESTAMP -> 4;
      case WireType.LONGLONG, WireType.DOUBLE, WireType.DATETIME -> 8;
      case WireType.TIMESTAMP2 -> 4 + type.fractionBytes();
      case WireType.DATETIME2 -> 5 + type.fractionBytes();
      case WireType.TIME2 -> 3 + type.fractionBytes();
      case WireType.NEWDECIMAL -> DecimalText.bytes(type.precision(), type.scale());
      case WireType.BIT -> (type.meta() >> 8) + ((type.meta() & 0xff) > 0 ? 1 : 0);
      case WireType.ENUM, WireType.SET -> type.meta() & 0xff;
      case WireType.STRING, WireType.VARCHAR, WireType.VAR_STRING, WireType.VARCHAR_COMPRESSED ->
          in.little(type.meta() > WireType.ONE_BYTE_LENGTH ? 2 : 1);
      case WireType.BLOB,
          WireType.TINY_BLOB,
          WireType.MEDIUM_BLOB,
          WireType.LONG_BLOB,
          WireType.BLOB_COMPRESSED,
          WireType.VECTOR,
          WireType.JSON,
          WireType.GEOMETRY ->
          in.little(type.meta());
      default -> throw new LogFormatException("a column of the unknown type " + type.code());
    };
  }
}
