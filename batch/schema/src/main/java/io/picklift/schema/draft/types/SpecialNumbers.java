package io.picklift.schema.draft.types;

import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.scalar.ScalarProfile;

/** The numbers that are none to a server: nan, infinities, -0.0. */
public final class SpecialNumbers {
  /** So few of all values at a place are left to the residue. */
  private static final int RARE = 200;

  private SpecialNumbers() {}

  /** How many there are; 0 where they are too few for a column. */
  public static long count(ValueProfile place) {
    ScalarProfile scalars = place.scalars();
    long specials = scalars == null ? 0 : scalars.specials();
    if (specials == 0) {
      return 0;
    }
    long all = 0;
    for (ValueKind kind : ValueKind.values()) {
      all += kind.isScalar() ? place.count(kind) : 0;
    }
    return specials * RARE < all ? 0 : specials;
  }
}
