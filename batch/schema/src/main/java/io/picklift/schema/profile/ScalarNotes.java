package io.picklift.schema.profile;

import io.picklift.codec.graph.Kind;
import io.picklift.codec.graph.Meaning;
import io.picklift.codec.graph.Span;
import io.picklift.codec.graph.WellKnown;

/** Notes the scalar values of one save at their places. */
final class ScalarNotes {
  private static final long PLACE = 0x9e3779b97f4a7c15L;
  private static final String EARLIEST = "1000";
  private static final int EARLIEST_YEAR = 1000;
  private static final int LATEST_YEAR = 9999;
  private static final int DATETIME_BYTES = 10;
  private static final int DATE_BYTES = 4;

  private final Meaning meaning;
  private final SaveFacts save;
  private final LongSet values;

  ScalarNotes(Meaning meaning, SaveFacts save, LongSet values) {
    this.meaning = meaning;
    this.save = save;
    this.values = values;
  }

  /** Notes a value of a plain kind; gives false, noting nothing, for any other. */
  boolean plain(ValueProfile place, int node, int size) {
    switch (meaning.kind(node)) {
      case NONE -> place.see(save, ValueKind.NONE, size);
      case BOOL -> {
        place.see(save, ValueKind.BOOL, size);
        unique(place, meaning.isTrue(node) ? 1 : 0);
      }
      case INT -> integer(place, node, size);
      case FLOAT -> {
        place.see(save, ValueKind.FLOAT, size);
        double value = meaning.floatValue(node);
        place.scalar().real(value);
        unique(place, value == Math.rint(value) ? (long) value : Double.doubleToLongBits(value));
      }
      case STR -> text(place, node, size);
      case PY2_STR -> {
        if (meaning.isText(node)) {
          text(place, node, size);
        } else {
          bytes(place, node, size);
        }
      }
      case BYTES, BYTEARRAY -> bytes(place, node, size);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void integer(ValueProfile place, int node, int size) {
    place.see(save, ValueKind.INT, size);
    if (meaning.fitsLong(node)) {
      long value = meaning.longValue(node);
      place.scalar().integer(value);
      unique(place, value);
    } else {
      place.scalar().bigInteger(meaning.bigInteger(node));
      place.duplicate();
    }
  }

  private void text(ValueProfile place, int node, int size) {
    place.see(save, ValueKind.TEXT, size);
    long hash;
    if (meaning.isSlice(node)) {
      var graph = meaning.graph();
      hash = place.scalar().text(graph.source(), graph.a(node), graph.b(node), 1);
    } else {
      byte[] utf8 = meaning.bytes(node);
      hash = place.scalar().text(utf8, 0, utf8.length, 1);
    }
    unique(place, hash);
  }

  private void bytes(ValueProfile place, int node, int size) {
    place.see(save, ValueKind.BYTES, size);
    byte[] bytes = meaning.bytes(node);
    unique(place, place.scalar().bytes(bytes, 0, bytes.length));
  }

  /**
   * Notes a datetime or date that is written as all are, without making its text; gives false,
   * noting nothing, for any other.
   */
  boolean plainTime(ValueProfile place, String className, int node, int size) {
    boolean isDateTime = className.equals("datetime.datetime");
    if (!isDateTime && !className.equals("datetime.date")) {
      return false;
    }
    long arguments = meaning.argumentSpan(node);
    if (Span.count(arguments) != 1 || Span.count(meaning.stateSpan(node)) > 0) {
      return false;
    }
    int state = meaning.member(Span.start(arguments));
    var graph = meaning.graph();
    if (meaning.kind(state) != Kind.BYTES
        || !meaning.isSlice(state)
        || graph.b(state) != (isDateTime ? DATETIME_BYTES : DATE_BYTES)) {
      return false;
    }
    byte[] from = graph.source();
    int at = graph.a(state);
    int year = (from[at] & 0xff) << Byte.SIZE | (from[at + 1] & 0xff);
    // A month beyond 12 is that of a fold.
    if (year < EARLIEST_YEAR || year > LATEST_YEAR || from[at + 2] < 1 || from[at + 2] > 12) {
      return false;
    }
    place.see(save, isDateTime ? ValueKind.DATETIME : ValueKind.DATE, size);
    place.scalar().time(from, at, graph.b(state));
    return true;
  }

  /** Notes a well-known type's scalar; gives false, noting nothing, for any other. */
  boolean wellKnown(ValueProfile place, WellKnown value, int size) {
    if (value instanceof WellKnown.DateTime at) {
      time(place, ValueKind.DATETIME, size, at.text(), at.tzNode() >= 0 || at.fold() != 0);
    } else if (value instanceof WellKnown.Date at) {
      time(place, ValueKind.DATE, size, at.text(), false);
    } else if (value instanceof WellKnown.Time at) {
      place.see(save, ValueKind.TIME, size);
      place.scalar().time(at.text(), at.tzNode() >= 0 || at.fold() != 0);
    } else if (value instanceof WellKnown.TimeDelta delta) {
      place.see(save, ValueKind.DURATION, size);
      place.scalar().other(delta.days() * 86_400L + delta.seconds() + delta.microseconds() * PLACE);
    } else if (value instanceof WellKnown.Decimal decimal) {
      place.see(save, ValueKind.DECIMAL, size);
      place.scalar().decimal(decimal.text());
    } else if (value instanceof WellKnown.Uuid uuid) {
      place.see(save, ValueKind.UUID, size);
      long hash = Hash.of(uuid.text().hashCode()) ^ uuid.text().substring(19).hashCode();
      place.scalar().other(hash);
      unique(place, hash);
    } else if (value instanceof WellKnown.Complex) {
      place.see(save, ValueKind.OTHER, size);
    } else {
      return false;
    }
    return true;
  }

  private void time(ValueProfile place, ValueKind kind, int size, String text, boolean unfit) {
    place.see(save, kind, size);
    place.scalar().time(text, unfit || text.compareTo(EARLIEST) < 0);
  }

  /** Notes whether this save had the value here before. */
  private void unique(ValueProfile place, long value) {
    if (place.mayBeUnique() && !values.add(Hash.of(value ^ place.id * PLACE))) {
      place.duplicate();
    }
  }
}
