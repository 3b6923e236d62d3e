package io.picklift.schema.profile;

import io.picklift.codec.graph.Kind;
import io.picklift.codec.graph.Meaning;
import io.picklift.codec.graph.Op;
import io.picklift.codec.graph.SaveGraph;
import io.picklift.codec.graph.WellKnown;

/** Notes the scalar values of one save at their places. */
final class ScalarNotes {
  private static final long PLACE = 0x9e3779b97f4a7c15L;
  private static final String EARLIEST = "1000";
  private static final int EARLIEST_YEAR = 1000;
  private static final int DATE_BYTES = 4;

  /** About what the state of a date or number of a class takes beside the object itself. */
  static final int WELL_KNOWN_BYTES = 16;

  private final Meaning meaning;
  private final SaveGraph graph;
  private final SaveFacts save;
  private final LongSet values;

  ScalarNotes(Meaning meaning, SaveFacts save, LongSet values) {
    this.meaning = meaning;
    graph = meaning.graph();
    this.save = save;
    this.values = values;
  }

  /** Whether it is a datetime or a date. */
  static boolean isTime(String className) {
    return className.equals("datetime.datetime") || className.equals("datetime.date");
  }

  /** Whether {@link #note} takes what such an op makes: all ops before the first container's. */
  static boolean isPlain(int op) {
    return op <= Op.BYTEARRAY8;
  }

  /** Notes a scalar: of a well-known type only datetimes and dates. */
  void note(ValueProfile place, int node, int size) {
    switch (graph.op(node)) {
      case Op.NONE -> place.see(save, ValueKind.NONE, size);
      case Op.NEWTRUE, Op.INT_TRUE -> bool(place, 1, size);
      case Op.NEWFALSE, Op.INT_FALSE -> bool(place, 0, size);
      case Op.BININT, Op.BININT1, Op.BININT2 -> integer(place, graph.a(node), size);
      case Op.SHORT_BINUNICODE, Op.BINUNICODE, Op.BINUNICODE8 ->
          text(place, graph.source(), graph.a(node), graph.b(node), size);
      default -> rare(place, node, size);
    }
  }

  private void rare(ValueProfile place, int node, int size) {
    switch (graph.kind(node)) {
      case INT -> anyInteger(place, node, size);
      case FLOAT -> real(place, meaning.floatValue(node), size);
      case STR -> anyText(place, node, size);
      case PY2_STR -> {
        if (meaning.isText(node)) {
          anyText(place, node, size);
        } else {
          bytes(place, node, size);
        }
      }
      case BYTES, BYTEARRAY -> bytes(place, node, size);
      default -> time(place, node, size);
    }
  }

  private void bool(ValueProfile place, int value, int size) {
    place.see(save, ValueKind.BOOL, size);
    unique(place, value);
  }

  private void integer(ValueProfile place, long value, int size) {
    place.see(save, ValueKind.INT, size);
    place.scalar().integer(value);
    unique(place, value);
  }

  private void real(ValueProfile place, double value, int size) {
    place.see(save, ValueKind.FLOAT, size);
    place.scalar().real(value);
    unique(place, value == Math.rint(value) ? (long) value : Double.doubleToLongBits(value));
  }

  private void anyInteger(ValueProfile place, int node, int size) {
    if (meaning.fitsLong(node)) {
      integer(place, meaning.longValue(node), size);
    } else {
      place.see(save, ValueKind.INT, size);
      place.scalar().bigInteger(meaning.bigInteger(node));
      place.duplicate();
    }
  }

  private void anyText(ValueProfile place, int node, int size) {
    byte[] utf8 = meaning.bytes(node);
    text(place, utf8, 0, utf8.length, size);
  }

  private void text(ValueProfile place, byte[] utf8, int offset, int length, int size) {
    place.see(save, ValueKind.TEXT, size);
    unique(place, place.scalar().text(utf8, offset, length, 1));
  }

  private void bytes(ValueProfile place, int node, int size) {
    place.see(save, ValueKind.BYTES, size);
    byte[] bytes = meaning.bytes(node);
    unique(place, place.scalar().bytes(bytes, 0, bytes.length));
  }

  /** Notes a datetime or date; nearly all are written so that there is no need of their text. */
  private void time(ValueProfile place, int node, int objectSize) {
    int size = objectSize == NodeBytes.AGAIN ? objectSize : objectSize + WELL_KNOWN_BYTES;
    int state = timeState(node);
    if (state >= 0) {
      place.see(save, graph.b(state) == DATE_BYTES ? ValueKind.DATE : ValueKind.DATETIME, size);
      place.scalar().time(graph.source(), graph.a(state), graph.b(state));
    } else {
      WellKnown known = meaning.wellKnown(node);
      if (known == null || !wellKnown(place, known, size)) {
        throw new IllegalArgumentException("node " + node + " is no scalar");
      }
    }
  }

  /** The bytes that are the one argument of a datetime or date that fits any column; else -1. */
  private int timeState(int node) {
    int arguments = graph.op(node) == Op.REDUCE ? graph.edge(graph.a(node) + 1) : -1;
    if (arguments < 0 || graph.op(arguments) != Op.TUPLE1) {
      return -1;
    }
    int state = graph.edge(graph.a(arguments));
    if (graph.kind(state) != Kind.BYTES || !meaning.isSlice(state)) {
      return -1;
    }
    byte[] from = graph.source();
    int at = graph.a(state);
    int year = (from[at] & 0xff) << Byte.SIZE | (from[at + 1] & 0xff);
    // A month beyond 12 is that of a fold.
    boolean isPlain = year >= EARLIEST_YEAR && from[at + 2] >= 1 && from[at + 2] <= 12;
    return isPlain ? state : -1;
  }

  /** Notes a well-known type's scalar; gives false, noting nothing, for any other. */
  boolean wellKnown(ValueProfile place, WellKnown value, int size) {
    if (value instanceof WellKnown.DateTime at) {
      time(place, ValueKind.DATETIME, size, at.text(), at.tzNode() >= 0 || at.fold() != 0);
    } else if (value instanceof WellKnown.Date at) {
      time(place, ValueKind.DATE, size, at.text(), false);
    } else if (value instanceof WellKnown.Time at) {
      place.see(save, ValueKind.TIME, size);
      place.scalar().timeOfDay(at.text(), at.tzNode() >= 0 || at.fold() != 0);
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
