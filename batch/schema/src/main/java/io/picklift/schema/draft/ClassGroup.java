package io.picklift.schema.draft;

import io.picklift.schema.profile.ClassProfile;
import java.util.List;

/**
 * Classes that share a table: one class as a rule, several where it was renamed or where a
 * hierarchy stands in the same places.
 *
 * @param classes the newest first
 * @param areOneAtATime whether no save has two of them: a class under its several names
 * @param profile all of them as one
 */
record ClassGroup(List<String> classes, boolean areOneAtATime, ClassProfile profile, Role role) {
  /** What becomes of the objects. */
  enum Role {
    /** Rows of a table of their own, wherever they are. */
    TABLE,
    /** ContainerProfiles of one container, owned by it: rows of its table. */
    MEMBER,
    /** Owned by one attribute: columns of the owner's row. */
    INLINE,
    /** Nothing can be told of them by a path. */
    NONE
  }

  String name() {
    return classes.get(0);
  }
}
