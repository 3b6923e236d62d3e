package io.picklift.codec.error;

/** A save over one of the configured limits; the message names the limit to raise. */
public final class LimitException extends CodecException {
  private static final long serialVersionUID = 1L;

  /** More memory than a save may take, where it makes no sense to say where. */
  public static LimitException memory(long limit) {
    return new LimitException(ErrorCode.LIMIT_MEMORY, "memory", limit, -1, "");
  }

  /**
   * @param limit the limit's name in {@code io.picklift.codec.Limits}
   * @param value what it is set to
   */
  public LimitException(ErrorCode code, String limit, long value, long offset, String opcode) {
    super(code, "more than the limit " + limit + " of " + value, offset, opcode);
  }
}
