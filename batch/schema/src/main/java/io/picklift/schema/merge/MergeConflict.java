package io.picklift.schema.merge;

/**
 * What both sides changed, and not alike; or what cannot be found on the other side.
 *
 * @param path in the save, like {@code friends[2].level}
 * @param source what the source has there
 * @param target what the target's rows have there
 */
public record MergeConflict(String path, String source, String target) {
  @Override
  public String toString() {
    return (path.isEmpty() ? "." : path)
        + " is "
        + source
        + " in the source and "
        + target
        + " in the target";
  }
}
