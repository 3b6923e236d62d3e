package io.picklift.schema.draft;

import static io.picklift.schema.draft.OpenRow.join;

import io.picklift.schema.draft.OpenRow.Place;
import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import java.util.List;

/** The parts of calls that are shown as records: what each part's column is called. */
final class CallParts {
  /** The parts of a call that is put off. */
  private static final List<String> PUT_OFF = List.of("function", "args", "keywords");

  /** The parts of a complex number. */
  private static final List<String> COMPLEX = List.of("real", "imag");

  private final TableDraft table;

  CallParts(TableDraft table) {
    this.table = table;
  }

  /**
   * Finds the arguments of a call that is nothing else: a complex number, an index that counts.
   *
   * @param found gets them
   */
  void arguments(ValueProfile of, ValuePath path, String name, List<Place> found) {
    List<ValueProfile> places = of.places();
    if (places.isEmpty()) {
      table.leaveOut(path, "met elsewhere before");
      return;
    }
    boolean isRange = places.get(0).count(ValueKind.NAME) > 0;
    for (int i = isRange ? 1 : 0; i < places.size(); i++) {
      String column = isRange ? name : join(name, COMPLEX.get(i));
      found.add(new Place(places.get(i), path.then(new ValuePath.Place(i)), column));
    }
  }

  /**
   * Finds the arguments of a {@code functools.partial}, which is a record of its state alone.
   *
   * @param found gets them
   */
  void putOff(ValueProfile state, ValuePath path, String name, List<Place> found) {
    if (state.places().isEmpty()) {
      table.leaveOut(path, "met elsewhere before");
    }
    for (int i = 0; i < state.places().size(); i++) {
      ValuePath part = path.then(new ValuePath.Place(i));
      ValueProfile place = state.places().get(i);
      if (i < PUT_OFF.size()) {
        found.add(new Place(place, part, join(name, PUT_OFF.get(i))));
      } else {
        boolean isNone = place.count() == place.count(ValueKind.NONE);
        table.leaveOut(part, isNone ? "always None" : "attributes of a functools.partial itself");
      }
    }
  }
}
