package io.picklift.schema.draft;

import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.renames.AttributeRenames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The attributes of one table's rows that had another name before. */
final class RenamedPlaces {
  private final Profile profile;
  private final TableDraft table;

  /** By the path of today the one of before. */
  private final Map<ValuePath, ValuePath> older = new HashMap<>();

  private final Map<ValuePath, String> notes = new HashMap<>();

  RenamedPlaces(Profile profile, TableDraft table) {
    this.profile = profile;
    this.table = table;
  }

  /**
   * The members of a place, each renamed one with what it was before.
   *
   * @param path of the place in the row
   */
  Map<String, ValueProfile> members(ValueProfile of, ValuePath path) {
    Map<String, ValueProfile> members = new HashMap<>(of.members());
    for (AttributeRenames.Rename rename : AttributeRenames.of(of)) {
      ValueProfile then = members.get(rename.older());
      ValueProfile now = members.get(rename.newer());
      if (then == null || now == null) {
        continue;
      }
      ValuePath newPath = path.then(new ValuePath.Name(rename.newer()));
      ValuePath oldPath = path.then(new ValuePath.Name(rename.older()));
      String why = " (" + rename.evidence() + ")";
      if (!rename.isSure() || hasRows(then) || hasRows(now)) {
        String note = "perhaps " + oldPath + " under a new name" + why;
        if (hasRows(now)) {
          table.comments.add(newPath + ": " + note);
        } else {
          notes.put(newPath, note + ": aka: [" + oldPath + "] if so");
        }
      } else {
        members.remove(rename.older());
        members.put(rename.newer(), profile.joined(List.of(now, then)));
        older.put(newPath, oldPath);
        notes.put(newPath, oldPath + " under a new name" + why);
      }
    }
    return members;
  }

  /** Rows of members are of one path. */
  private static boolean hasRows(ValueProfile place) {
    return place.dicts() + place.sequences() > 0;
  }

  /** Adds to a column what is known of its path. */
  void note(ColumnDraft column) {
    List<ValuePath.Step> steps = column.path.steps();
    ValuePath at = ValuePath.SELF;
    for (int i = 0; i < steps.size(); i++) {
      at = at.then(steps.get(i));
      ValuePath before = older.get(at);
      if (before != null) {
        List<ValuePath.Step> rest = new ArrayList<>(steps.subList(i + 1, steps.size()));
        ValuePath all = before;
        for (ValuePath.Step step : rest) {
          all = all.then(step);
        }
        column.aka.add(all);
      }
    }
    String note = notes.get(column.path);
    if (note != null) {
      column.comment += (column.comment.isEmpty() ? "" : "; ") + note;
    }
  }
}
