package io.picklift.codec.error;

/**
 * Bytes in a form of Picklift's own that are no such form or do not hold together: a {@code
 * picklift.graph.v1.SaveGraph}, or a residue.
 */
public final class DamagedException extends CodecException {
  private static final long serialVersionUID = 1L;

  public DamagedException(String reason) {
    super(ErrorCode.DAMAGED, reason, -1, "");
  }
}
