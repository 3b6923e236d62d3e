package io.picklift.app.source;

import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;

/** Why a row is no save, in the one or two words that every command groups by. */
public final class Reason {
  public static final String NULL = "null";
  public static final String EMPTY = "empty";
  private static final String LIMIT = "limit";

  private Reason() {}

  /** The reason where a BLOB cannot be unpacked. */
  public static String of(EncodingException e) {
    return e.code().startsWith("limit") ? LIMIT : "encoding";
  }

  /** The reason where a pickle cannot be decoded. */
  public static String of(CodecException e) {
    if (e instanceof LimitException) {
      return LIMIT;
    }
    ErrorCode code = e.code();
    if (code == ErrorCode.TRUNCATED
        || code == ErrorCode.FRAME_LENGTH
        || code == ErrorCode.STOP_MISSING) {
      return "truncated";
    }
    // What fails at its very first byte never was one.
    return e.offset() == 0 ? "not-a-pickle" : "malformed";
  }
}
