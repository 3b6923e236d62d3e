package io.picklift.schema.draft.types;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.ColumnType.Base;
import io.picklift.schema.profile.ReferenceCount;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.scalar.ScalarProfile;
import java.math.BigInteger;
import java.util.Map;

/**
 * Whole numbers that do not grow, whatever is still to come: members of an enum, and the parts of
 * dates. They alone are a TINYINT.
 */
public final class BoundedKinds {
  private static final Map<String, Integer> PARTS =
      Map.ofEntries(
          Map.entry("month", 12),
          Map.entry("weekday", 7),
          Map.entry("week_day", 7),
          Map.entry("day_of_week", 7),
          Map.entry("dow", 7),
          Map.entry("day_of_month", 31),
          Map.entry("hour", 24),
          Map.entry("hour_of_day", 24),
          Map.entry("minute", 60),
          Map.entry("minute_of_hour", 60),
          Map.entry("second", 60),
          Map.entry("quarter", 4));

  private static final String ADDRESS = "ipaddress.IPv4Address";

  private BoundedKinds() {}

  /** The column type of a place's values, once more with what its name says. */
  public static TypeChoice narrow(TypeChoice choice, ValueProfile place, String name) {
    ScalarProfile scalars = place.scalars();
    boolean isBounded =
        scalars != null
            && choice.type().base() == Base.SMALLINT
            && (isPart(scalars, name) || isEnum(place, scalars));
    if (isBounded) {
      return with(choice, Base.TINYINT);
    }
    // An address of the upper half is no INT, whatever those so far were.
    boolean isAddress = place.classes().containsKey(ADDRESS) && choice.type().base().isInteger();
    return isAddress ? with(choice, Base.BIGINT) : choice;
  }

  private static TypeChoice with(TypeChoice choice, Base base) {
    return new TypeChoice(
        ColumnType.of(base), choice.fits(), choice.of(), choice.kind(), choice.isUtc());
  }

  private static boolean isPart(ScalarProfile scalars, String name) {
    return scalars.intMin().signum() >= 0
        && PARTS.entrySet().stream()
            .filter(part -> name.equals(part.getKey()) || name.endsWith("_" + part.getKey()))
            .anyMatch(part -> scalars.intMax().compareTo(BigInteger.valueOf(part.getValue())) <= 0);
  }

  private static boolean isEnum(ValueProfile place, ScalarProfile scalars) {
    long wrapped = place.classes().values().stream().mapToLong(ReferenceCount::wrapped).sum();
    // An enum may get some more members.
    return wrapped >= place.count(ValueKind.INT)
        && TypeChooser.mostOf(scalars).bitLength() < Byte.SIZE;
  }
}
