package io.picklift.codec.error;

/** Bytes that are no {@code picklift.graph.v1.SaveGraph}, or one that does not hold together. */
public final class ArchiveException extends CodecException {
  private static final long serialVersionUID = 1L;

  public ArchiveException(String reason) {
    super(ErrorCode.ARCHIVE, reason, -1, "");
  }
}
