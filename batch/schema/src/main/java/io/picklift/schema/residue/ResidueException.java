package io.picklift.schema.residue;

/** Bytes that are no residue, or one that was damaged. */
public final class ResidueException extends Exception {
  private static final long serialVersionUID = 1L;

  public ResidueException(String reason) {
    super("the residue " + reason);
  }
}
