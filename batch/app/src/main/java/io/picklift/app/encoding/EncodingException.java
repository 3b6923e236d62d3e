package io.picklift.app.encoding;

/**
 * A save whose encoding cannot be undone; the message is one line and holds nothing of the save.
 */
public final class EncodingException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  EncodingException(String code, String message) {
    // Expected of hostile input, and may come a million times: no stack trace.
    super(message, null, false, false);
    this.code = code;
  }

  /**
   * The stable reason: {@code encoding_damaged}, {@code limit_unpacked} or {@code encoding_depth}.
   */
  public String code() {
    return code;
  }
}
