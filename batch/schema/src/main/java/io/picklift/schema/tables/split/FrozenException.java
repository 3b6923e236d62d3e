package io.picklift.schema.tables.split;

/**
 * A save has something that the mapping does not know, and the mapping asks for the run to stop
 * there ({@code on_new: freeze}).
 */
public final class FrozenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * For one save.
   *
   * @param key of the save
   */
  public FrozenException(String key, String what) {
    super(
        "stopped before save "
            + key
            + ", by on_new: freeze: "
            + what
            + "; profile --against shows the lines that take it in");
  }
}
