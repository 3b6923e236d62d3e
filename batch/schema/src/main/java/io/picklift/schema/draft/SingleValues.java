package io.picklift.schema.draft;

import io.picklift.codec.meaning.Attributes;
import io.picklift.schema.draft.OpenRow.Place;
import io.picklift.schema.draft.types.BoundedKinds;
import io.picklift.schema.draft.types.SpecialNumbers;
import io.picklift.schema.draft.types.TypeChoice;
import io.picklift.schema.draft.types.TypeChooser;
import io.picklift.schema.draft.types.TypeFit;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.scalar.ScalarProfile;
import java.util.ArrayList;
import java.util.List;

/** Adds the columns of a place's single values, and of its numpy arrays. */
final class SingleValues {
  /** Arrays of so few elements are read as they are; of more, one computes. */
  private static final int SMALL_ARRAY = 64;

  private final OpenRow row;
  private final TableDraft table;

  SingleValues(OpenRow row) {
    this.row = row;
    table = row.table();
  }

  /**
   * Adds the columns of the scalars.
   *
   * @param values how many values stand in the place, None apart
   */
  void scalars(Place place, long values) {
    ValueProfile profile = place.profile();
    long scalars = 0;
    for (ValueKind kind : ValueKind.values()) {
      scalars += kind.isScalar() ? profile.count(kind) : 0;
    }
    if (scalars == 0) {
      return;
    }
    if (scalars < values && scalars < TableBuilder.WORTH_A_COLUMN * values) {
      row.leaveOut(place, scalars + " of " + values + " are single values");
      return;
    }
    ScalarColumns columns = new ScalarColumns(table, place.name(), place.path());
    if (isObjectId(place, scalars)) {
      row.builder().add(table, columns.objectId());
      return;
    }
    List<TypeChoice> choices = new ArrayList<>(TypeChooser.chooseAll(profile));
    long specials = SpecialNumbers.count(profile);
    if (choices.isEmpty() && specials == 0) {
      row.leaveOut(place, "no column type holds its values" + times(profile));
      return;
    }
    choices.replaceAll(choice -> BoundedKinds.narrow(choice, profile, place.name()));
    boolean isLone = scalars < values;
    for (ColumnDraft column : columns.of(choices)) {
      describe(column, profile, choices);
      row.addValue(column, isLone);
    }
    if (specials > 0) {
      row.addValue(columns.specials(), isLone);
    }
    long held = choices.stream().mapToLong(TypeChoice::fits).sum() + specials;
    if ((choices.size() > 1 && held < scalars) || hasOtherKinds(profile, choices)) {
      row.leaveOut(place, scalars - held + " of " + scalars + " values fit no column of it");
    }
  }

  private void describe(ColumnDraft column, ValueProfile profile, List<TypeChoice> choices) {
    boolean isOnly = choices.size() == 1;
    // A column of one kind among several ends with the kind's name, not with the thing's.
    if (isOnly) {
      ColumnPolicy.keys(table, column, profile, row.builder().isSample());
    }
    column.isAlways = isAlways(profile, choices);
    if (isOnly
        && column.type.base() == ColumnType.Base.BIGINT
        && profile.count(ValueKind.DURATION) > 0) {
      column.unit = "microseconds";
    }
  }

  /** Whether each row has a value there, and the column holds it. */
  private boolean isAlways(ValueProfile profile, List<TypeChoice> choices) {
    return choices.size() == 1
        && choices.get(0).fits() == choices.get(0).of()
        && choices.get(0).of() == table.rows
        && profile.count() == table.rows;
  }

  /** Whether a part of persistent ids is always eight bytes, as ZODB's object ids are. */
  private static boolean isObjectId(Place place, long scalars) {
    ScalarProfile values = place.profile().scalars();
    if (!place.path().steps().contains(new ValuePath.Name(Attributes.PERSID_NAME))
        || values == null) {
      return false;
    }
    long bytes = place.profile().count(ValueKind.BYTES);
    boolean areBytes =
        bytes == 0
            || (values.byteLengths().min() == Long.BYTES
                && values.byteLengths().max() == Long.BYTES);
    boolean areTexts =
        bytes == scalars
            || (values.characters().min() == Long.BYTES && values.characters().max() == Long.BYTES);
    return scalars == bytes + place.profile().count(ValueKind.TEXT) && areBytes && areTexts;
  }

  /** Whether there are kinds of values that none of the columns is made for. */
  private static boolean hasOtherKinds(ValueProfile profile, List<TypeChoice> choices) {
    for (ValueKind kind : ValueKind.values()) {
      if (kind.isScalar()
          && profile.count(kind) > 0
          && choices.stream().noneMatch(choice -> TypeFit.holds(choice.type(), kind))) {
        return true;
      }
    }
    return false;
  }

  private static String times(ValueProfile profile) {
    ScalarProfile scalars = profile.scalars();
    return scalars != null && scalars.unfitInstants() + scalars.unfitTimes() > 0
        ? " (their time zone is that of the reading machine, or not known)"
        : "";
  }

  /** Small arrays as documents, larger ones as bytes with their type and sizes beside. */
  void arrays(Place place, long values) {
    ScalarProfile scalars = place.profile().scalars();
    long arrays = place.profile().count(ValueKind.ARRAY);
    if (scalars == null || arrays == 0 || arrays < TableBuilder.WORTH_A_COLUMN * values) {
      return;
    }
    long elements = scalars.arrayElements().max();
    if (elements <= SMALL_ARRAY) {
      row.json(place, "numpy arrays of up to " + elements + " elements");
    } else if (scalars.arrayBytes().max() == 0) {
      row.leaveOut(place, "numpy arrays of up to " + elements + " objects");
    } else {
      row.add(
          new ScalarColumns(table, place.name(), place.path()).packed(scalars.arrayBytes().max()));
    }
  }
}
