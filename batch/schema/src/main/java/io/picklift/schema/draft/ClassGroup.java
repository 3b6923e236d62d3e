package io.picklift.schema.draft;

import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.ReferenceCount;
import io.picklift.schema.profile.ValueProfile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Classes that share a table: one class as a rule, several where it was renamed or where a
 * hierarchy stands in the same places.
 *
 * @param classes the newest first
 * @param older those among them that are older names of another one
 * @param why what speaks for each of the older names
 * @param profile all of them as one
 * @param contents what the objects hold as containers, where it is rows or columns of their own
 *     table; null where the places that they stand in have it
 */
record ClassGroup(
    List<String> classes,
    List<String> older,
    List<String> why,
    ClassProfile profile,
    Role role,
    @Nullable ValueProfile contents) {
  /** What becomes of the objects. */
  enum Role {
    /** Rows of a table of their own, wherever they are. */
    TABLE,
    /** The members of one container, owned by it: rows of its table. */
    MEMBER,
    /** Owned by one attribute: columns of the owner's row. */
    INLINE,
    /** Nothing can be told of them by a path. */
    NONE
  }

  String name() {
    return classes.get(0);
  }

  /** Whether there are several classes, of which objects must say which one is theirs. */
  boolean isHierarchy() {
    return classes.size() - older.size() > 1;
  }

  /** The classes without older names. */
  List<String> today() {
    return classes.stream().filter(name -> !older.contains(name)).toList();
  }

  /** What a table of the objects is named after. */
  String tableName() {
    return NameMaker.ofClasses(today());
  }

  /** How many objects of these classes a place has, those apart that are told with the place. */
  long objectsIn(ValueProfile place) {
    long objects = 0;
    for (String name : classes) {
      ReferenceCount referred = place.classes().get(name);
      if (referred != null) {
        objects += referred.count() - referred.wrapped();
        objects += contents == null ? 0 : referred.heldAlone();
      }
    }
    return objects;
  }

  /** How many containers of a place are told with the class, not with the place. */
  long containersOf(ValueProfile place) {
    long containers = 0;
    for (String name : classes) {
      ReferenceCount referred = place.classes().get(name);
      containers += contents == null || referred == null ? 0 : referred.held();
    }
    return containers;
  }
}
