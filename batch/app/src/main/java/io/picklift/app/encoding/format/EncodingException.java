package io.picklift.app.encoding.format;

/**
 * A save whose encoding cannot be undone; the message is one line and holds nothing of the save.
 */
public final class EncodingException extends Exception {
  /** More would come out than there is room for. */
  public static final String LIMIT = "limit_unpacked";

  /** More encodings than anybody stacks. */
  public static final String DEPTH = "encoding_depth";

  /** Data of a format that is told by its signature and cannot be undone. */
  public static final String DAMAGED = "encoding_damaged";

  /** Pickles one behind the other, each wrapped by itself. */
  public static final String SEVERAL = "encoding_several";

  private static final long serialVersionUID = 1L;

  private final String code;

  public EncodingException(String code, String message) {
    // Expected of hostile input, and may come a million times: no stack trace.
    super(message, null, false, false);
    this.code = code;
  }

  public static EncodingException damaged(String label) {
    return new EncodingException(DAMAGED, "damaged " + label + " data");
  }

  static EncodingException limit(long most) {
    return new EncodingException(LIMIT, "unpacks to more than the limit of " + most + " bytes");
  }

  /** The stable reason. */
  public String code() {
    return code;
  }

  public boolean isLimit() {
    return code.equals(LIMIT) || code.equals(DEPTH);
  }
}
