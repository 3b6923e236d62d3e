package io.picklift.app.config;

import java.util.Set;

/**
 * How runs behave: the section {@code run} of a configuration.
 *
 * @param maxDeleted how many saves one run may delete
 */
public record RunConfig(Bound maxDeleted) {
  static final Set<String> KEYS = Set.of("max_deleted");

  static final RunConfig DEFAULT = new RunConfig(Bound.MAX_DELETED);

  static RunConfig read(Section section) {
    return new RunConfig(bound(section, "max_deleted", Bound.MAX_DELETED));
  }

  private static Bound bound(Section section, String key, Bound without) {
    if (!section.has(key)) {
      return without;
    }
    try {
      return Bound.parse(section.text(key));
    } catch (IllegalArgumentException e) {
      throw section.error(key, "'" + key + "' " + e.getMessage());
    }
  }
}
