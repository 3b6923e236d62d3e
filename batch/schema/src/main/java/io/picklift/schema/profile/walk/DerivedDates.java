package io.picklift.schema.profile.walk;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.values.TimeBytes;
import io.picklift.schema.zones.ZoneReader;
import org.jspecify.annotations.Nullable;

/**
 * Notes dates and times of classes that an application derived from Python's: a call of such a
 * class has the same bytes, and the same zone beside, as that of Python's own.
 */
final class DerivedDates {
  private final Meaning meaning;
  private final ScalarRecorder scalars;
  private final Scalar state = new Scalar();

  /** Most saves have none of them. */
  private @Nullable ZoneReader zones;

  DerivedDates(Meaning meaning, ScalarRecorder scalars) {
    this.meaning = meaning;
    this.scalars = scalars;
  }

  /** Notes what a call makes; gives false, noting nothing, for any other value. */
  boolean note(ValueProfile place, int node, int size) {
    long arguments = meaning.argumentSpan(node);
    int count = MemberSpan.count(arguments);
    if (count == 0 || count > 2 || meaning.kind(node) != Kind.CALL || hasMore(node)) {
      return false;
    }
    int first = meaning.member(MemberSpan.start(arguments));
    Kind kind = meaning.kind(first);
    if (kind != Kind.BYTES && kind != Kind.PY2_STR) {
      return false;
    }
    byte[] bytes = meaning.bytes(first);
    WellKnown date =
        count == 1 ? plain(bytes) : zoned(bytes, meaning.member(MemberSpan.start(arguments) + 1));
    return date != null && scalars.wellKnown(place, date, size);
  }

  private boolean hasMore(int node) {
    return MemberSpan.count(meaning.keywordSpan(node)) > 0
        || MemberSpan.count(meaning.stateSpan(node)) > 0
        || MemberSpan.count(meaning.appendedSpan(node)) > 0
        || MemberSpan.count(meaning.entrySpan(node)) > 0;
  }

  private @Nullable WellKnown plain(byte[] bytes) {
    state.bytes(Scalar.Type.BYTES, bytes);
    state.isArgument = true;
    if (TimeBytes.ofArgument(state, Scalar.Type.DATE) != TimeBytes.NONE) {
      return new WellKnown.Date(bytes);
    }
    if (TimeBytes.ofArgument(state, Scalar.Type.TIME) != TimeBytes.NONE) {
      return new WellKnown.Time(bytes, 0, -1);
    }
    return TimeBytes.ofArgument(state, Scalar.Type.DATETIME) == TimeBytes.NONE
        ? null
        : new WellKnown.DateTime(bytes, 0, -1);
  }

  private @Nullable WellKnown zoned(byte[] bytes, int zone) {
    return TimeBytes.isDateTime(bytes) && zones().isZone(zone)
        ? new WellKnown.DateTime(bytes, TimeBytes.fold(bytes), zone)
        : null;
  }

  private ZoneReader zones() {
    ZoneReader known = zones;
    if (known == null) {
      known = new ZoneReader(meaning);
      zones = known;
    }
    return known;
  }
}
