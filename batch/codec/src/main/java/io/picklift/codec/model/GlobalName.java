package io.picklift.codec.model;

/**
 * The name of a class or function, after the mapping from Python 2. Both parts may hold lone
 * surrogates.
 */
public record GlobalName(String module, String qualname) {
  /** {@code module.qualname}. */
  public String dotted() {
    return module + "." + qualname;
  }
}
