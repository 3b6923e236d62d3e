package io.picklift.schema.profile;

import java.util.Collection;

/**
 * Whether the keys of what looks like a record are data after all: most of them are missing in most
 * dicts, or there are many, and all have values of one sort.
 */
final class MapLikeness {
  private static final ValueKind[] KINDS = ValueKind.values();

  /** Dicts with more of all known keys than this are records. */
  private static final double MAP_DENSITY = 0.75;

  /** Dicts with less than this are maps, whatever their values. */
  private static final double SPARSE_RECORD = 0.1;

  /** Records of more keys have values of several sorts. */
  private static final int LARGE_RECORD = 24;

  private MapLikeness() {}

  static boolean isMap(ValueProfile dicts) {
    if (dicts.isBody() || dicts.hasFrames()) {
      return false;
    }
    Collection<ValueProfile> members = dicts.members().values();
    int names = members.size();
    if (names == 0) {
      return false;
    }
    double density = (double) dicts.sizes().sum() / names / Math.max(1, dicts.sizes().count());
    if (names == 1 || density > MAP_DENSITY) {
      return names > LARGE_RECORD && areAlike(members);
    }
    return density < SPARSE_RECORD || areAlike(members);
  }

  private static boolean areAlike(Collection<ValueProfile> members) {
    ValueKind kind = null;
    String className = null;
    for (ValueProfile member : members) {
      for (ValueKind one : KINDS) {
        if (one != ValueKind.NONE && member.count(one) > 0) {
          if (kind != null && kind != one) {
            return false;
          }
          kind = one;
        }
      }
      if (!member.classes().isEmpty()) {
        if (className != null && !member.classes().containsKey(className)) {
          return false;
        }
        className = member.classes().firstKey();
      }
    }
    return true;
  }
}
