package io.picklift.schema.profile;

/**
 * How much a profile follows before it only counts. Memory is bounded by {@code values} times about
 * three kilobytes.
 *
 * @param classes different classes
 * @param attributes different attributes of one class, or classes at one place
 * @param members different keys of a dict that still counts as a record, not as a map
 * @param places places of a tuple that are told apart
 * @param depth containers in containers below an attribute
 * @param values places altogether: attributes, members, items
 */
public record ProfileLimits(
    int classes, int attributes, int members, int places, int depth, int values) {
  public static ProfileLimits defaults() {
    return new ProfileLimits(2_000, 400, 48, 64, 8, 50_000);
  }
}
