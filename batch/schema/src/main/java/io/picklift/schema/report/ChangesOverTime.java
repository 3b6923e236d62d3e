package io.picklift.schema.report;

import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.SaveOccurrence;
import java.util.ArrayList;
import java.util.List;

/**
 * Classes and attributes that only the first half of the saves has, or only the second, in the
 * order of their watermarks or else of the source: the versions of a program leave such traces.
 */
final class ChangesOverTime {
  private ChangesOverTime() {}

  /**
   * A class or attribute of one half alone.
   *
   * @param isNew whether it is of the second half
   * @param edge the save in which a new one is first, or a former one last
   */
  record Change(String name, boolean isNew, long saves, SaveFacts edge) {}

  static List<Change> of(Profile profile) {
    List<Change> changes = new ArrayList<>();
    SaveFacts middle = profile.saves().middle();
    if (middle != null) {
      for (ClassProfile each : profile.classes().values()) {
        if (!add(changes, each.name(), each.seen(), middle)) {
          each.attributes()
              .forEach((name, of) -> add(changes, each.name() + "." + name, of.seen(), middle));
        }
      }
    }
    return changes;
  }

  /** Whether it is of one half alone. */
  private static boolean add(
      List<Change> changes, String name, SaveOccurrence seen, SaveFacts middle) {
    SaveFacts first = seen.first();
    SaveFacts last = seen.last();
    if (first == null || last == null) {
      return false;
    }
    if (middle.isBefore(first)) {
      changes.add(new Change(name, true, seen.saves(), first));
    } else if (last.isBefore(middle)) {
      changes.add(new Change(name, false, seen.saves(), last));
    } else {
      return false;
    }
    return true;
  }
}
