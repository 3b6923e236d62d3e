package io.picklift.codec.error;

/**
 * A save that was refused. Carries where and why, and never what the save holds. The message is one
 * line for people; programs look at {@link #code}.
 */
public abstract sealed class CodecException extends Exception
    permits MalformedException, LimitException, DamagedException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String reason;
  private final long offset;
  private final String opcode;

  CodecException(ErrorCode code, String reason, long offset, String opcode) {
    // A refusal is an expected result of a hostile input and may come a million times: no stack
    // trace.
    super(message(reason, offset, opcode), null, false, false);
    this.code = code;
    this.reason = reason;
    this.offset = offset;
    this.opcode = opcode;
  }

  public final ErrorCode code() {
    return code;
  }

  /** Why, without where. */
  public final String reason() {
    return reason;
  }

  /** Where the opcode stands in the pickle, in bytes from 0; -1 where that makes no sense. */
  public final long offset() {
    return offset;
  }

  /** The opcode's name as in {@code pickletools}, or empty. */
  public final String opcode() {
    return opcode;
  }

  private static String message(String reason, long offset, String opcode) {
    if (offset < 0) {
      return reason;
    }
    return "at byte " + offset + (opcode.isEmpty() ? "" : ", " + opcode) + ": " + reason;
  }
}
