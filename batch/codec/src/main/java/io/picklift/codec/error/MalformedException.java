package io.picklift.codec.error;

/** A pickle that is refused by the rules of {@code proto/DECODING.md}. */
public final class MalformedException extends CodecException {
  private static final long serialVersionUID = 1L;

  public MalformedException(ErrorCode code, String reason, long offset, String opcode) {
    super(code, reason, offset, opcode);
  }
}
