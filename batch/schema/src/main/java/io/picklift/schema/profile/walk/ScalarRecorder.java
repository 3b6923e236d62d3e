package io.picklift.schema.profile.walk;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.arrays.ArrayReader;
import io.picklift.schema.arrays.ElementType;
import io.picklift.schema.profile.NearNumbers;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.scalar.ValueHash;
import io.picklift.schema.tables.values.CellText;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.zones.Zone;
import io.picklift.schema.zones.ZoneReader;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.stream.IntStream;

/** Notes the scalar values of one save at their places. */
final class ScalarRecorder {
  /** By op. */
  private static final How[] HOW =
      IntStream.range(0, Op.COUNT).mapToObj(How::of).toArray(How[]::new);

  private static final long PLACE = 0x9e3779b97f4a7c15L;
  private static final String EARLIEST = "1000";
  private static final int EARLIEST_YEAR = 1000;
  private static final int DATE_BYTES = 4;
  private static final int TIME_BYTES = 6;

  private static final long SECOND = 1_000_000;
  private static final long FIRST_MICROS =
      LocalDateTime.of(1000, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC) * SECOND;
  private static final long LAST_MICROS =
      LocalDateTime.of(9999, 12, 31, 0, 0).toEpochSecond(ZoneOffset.UTC) * SECOND;

  private final Meaning meaning;
  private final ZoneReader zones;
  private final SaveGraph graph;
  private final SaveFacts save;
  private final LongSet values;
  private final RecentTexts recent;

  ScalarRecorder(Meaning meaning, SaveFacts save, LongSet values, RecentTexts recent) {
    this.meaning = meaning;
    graph = meaning.graph();
    zones = new ZoneReader(meaning);
    this.save = save;
    this.values = values;
    this.recent = recent;
  }

  /** Whether {@link #note} takes what such an op makes: all ops before the first container's. */
  static boolean isPlain(int op) {
    return op <= Op.BYTEARRAY8;
  }

  /** Notes a scalar of no well-known type. */
  void note(ValueProfile place, int node, int op, int size) {
    HOW[op].note(this, place, node, size);
  }

  /**
   * How the value of an op is noted. Not a switch: with all that it leads to in one method, the
   * compiler of a Java machine makes now this, now that of it, and some of these are slow.
   */
  private enum How {
    NONE {
      @Override
      void note(ScalarRecorder notes, ValueProfile place, int node, int size) {
        place.see(notes.save, ValueKind.NONE, size);
      }
    },
    TRUE {
      @Override
      void note(ScalarRecorder notes, ValueProfile place, int node, int size) {
        notes.bool(place, 1, size);
      }
    },
    FALSE {
      @Override
      void note(ScalarRecorder notes, ValueProfile place, int node, int size) {
        notes.bool(place, 0, size);
      }
    },
    INT {
      @Override
      void note(ScalarRecorder notes, ValueProfile place, int node, int size) {
        notes.integer(place, notes.graph.a(node), size);
      }
    },
    TEXT {
      @Override
      void note(ScalarRecorder notes, ValueProfile place, int node, int size) {
        notes.text(place, node, size);
      }
    },
    OTHER {
      @Override
      void note(ScalarRecorder notes, ValueProfile place, int node, int size) {
        notes.other(place, node, size);
      }
    };

    abstract void note(ScalarRecorder notes, ValueProfile place, int node, int size);

    static How of(int op) {
      return switch (op) {
        case Op.NONE -> NONE;
        case Op.NEWTRUE, Op.INT_TRUE -> TRUE;
        case Op.NEWFALSE, Op.INT_FALSE -> FALSE;
        case Op.BININT, Op.BININT1, Op.BININT2 -> INT;
        case Op.SHORT_BINUNICODE, Op.BINUNICODE, Op.BINUNICODE8 -> TEXT;
        default -> OTHER;
      };
    }
  }

  private void other(ValueProfile place, int node, int size) {
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
      default -> throw new IllegalArgumentException("node " + node + " is no scalar");
    }
  }

  private void bool(ValueProfile place, int value, int size) {
    place.see(save, ValueKind.BOOL, size);
    uniqueNumber(place, value);
  }

  private void integer(ValueProfile place, long value, int size) {
    place.see(save, ValueKind.INT, size);
    place.scalar().integer(value);
    uniqueNumber(place, value);
  }

  private void real(ValueProfile place, double value, int size) {
    place.see(save, ValueKind.FLOAT, size);
    place.scalar().real(value);
    long whole = (long) value;
    if (value == whole) {
      uniqueNumber(place, whole);
    } else {
      unique(place, Double.doubleToLongBits(value));
    }
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

  private void text(ValueProfile place, int node, int size) {
    if (size == NodeBytes.AGAIN) {
      int characters = recent.characters(node, place);
      if (characters >= 0) {
        place.see(save, ValueKind.TEXT, size);
        place.scalar().textAgain(characters);
        if (place.mayBeUnique()) {
          place.duplicate();
        }
        return;
      }
    }
    text(place, graph.source(), graph.a(node), graph.b(node), size);
    recent.add(node, place, place.scalar().lastCharacters());
  }

  private void bytes(ValueProfile place, int node, int size) {
    place.see(save, ValueKind.BYTES, size);
    byte[] bytes = meaning.bytes(node);
    unique(place, place.scalar().bytes(bytes, 0, bytes.length));
  }

  /**
   * Notes a datetime or date by its state, without its text: nearly all fit any column. Gives
   * false, noting nothing, for any other.
   *
   * @param state what {@link Meaning#packedTime} gave
   */
  boolean packedTime(ValueProfile place, int state, int size) {
    byte[] from = graph.source();
    int at = graph.a(state);
    int length = graph.b(state);
    int year = (from[at] & 0xff) << Byte.SIZE | (from[at + 1] & 0xff);
    // A month beyond 12 is that of a fold.
    if (length == TIME_BYTES || year < EARLIEST_YEAR || from[at + 2] < 1) {
      return false;
    }
    place.see(save, length == DATE_BYTES ? ValueKind.DATE : ValueKind.DATETIME, size);
    place.scalar().time(from, at, length);
    return true;
  }

  /**
   * Notes a value of numpy or pandas.
   *
   * @param type of the value by its structure, where it was read as {@link Scalar.Type#OTHER}
   */
  void library(ValueProfile place, Scalar value, Scalar.Type type, int size) {
    switch (value.type) {
      case BOOL -> bool(place, (int) value.number, size);
      case INT -> {
        if (value.isBig) {
          place.see(save, ValueKind.INT, size);
          place.scalar().bigInteger(value.big);
          place.duplicate();
        } else {
          integer(place, value.number, size);
        }
      }
      case FLOAT -> real(place, value.real, size);
      case TEXT -> text(place, value.bytes, value.offset, value.length, size);
      case BYTES -> {
        place.see(save, ValueKind.BYTES, size);
        place.scalar().bytes(value.bytes, value.offset, value.length);
      }
      case DATETIME, INSTANT -> {
        boolean hasZone = value.type == Scalar.Type.INSTANT;
        place.see(save, hasZone ? ValueKind.INSTANT : ValueKind.DATETIME, size);
        boolean isShown = value.number >= FIRST_MICROS && value.number <= LAST_MICROS;
        String text = CellText.dateTime(isShown ? value.number : 0, 'T');
        if (hasZone) {
          place.scalar().instant(text, !isShown);
        } else {
          place.scalar().time(text, !isShown);
        }
      }
      case DURATION -> {
        place.see(save, ValueKind.DURATION, size);
        place.scalar().other(value.number);
      }
      default -> {
        boolean isTime = type == Scalar.Type.DATETIME;
        place.see(save, isTime ? ValueKind.DATETIME : ValueKind.OTHER, size);
        if (isTime) {
          place.scalar().timeOfDay("", true);
        }
      }
    }
  }

  /** Notes a numpy array. */
  void array(ValueProfile place, ArrayReader.Array array, int size) {
    place.see(save, ValueKind.ARRAY, size);
    ElementType of = array.type();
    place.scalar().array(array.elements(), of == null ? 0 : array.elements() * of.size());
  }

  /** Notes a well-known type's scalar; gives false, noting nothing, for any other. */
  boolean wellKnown(ValueProfile place, WellKnown value, int size) {
    if (value instanceof WellKnown.DateTime at && at.tzNode() >= 0) {
      instant(place, at, size);
    } else if (value instanceof WellKnown.DateTime at) {
      time(place, ValueKind.DATETIME, size, at.text(), false);
    } else if (value instanceof WellKnown.Date at) {
      time(place, ValueKind.DATE, size, at.text(), false);
    } else if (value instanceof WellKnown.Time at) {
      place.see(save, ValueKind.TIME, size);
      place.scalar().timeOfDay(at.text(), at.tzNode() >= 0);
    } else if (value instanceof WellKnown.TimeDelta delta) {
      place.see(save, ValueKind.DURATION, size);
      place.scalar().other(delta.days() * 86_400L + delta.seconds() + delta.microseconds() * PLACE);
    } else if (value instanceof WellKnown.Decimal decimal) {
      place.see(save, ValueKind.DECIMAL, size);
      place.scalar().decimal(decimal.text());
    } else if (value instanceof WellKnown.Uuid uuid) {
      place.see(save, ValueKind.UUID, size);
      long hash = ValueHash.of(uuid.text().hashCode()) ^ uuid.text().substring(19).hashCode();
      place.scalar().other(hash);
      unique(place, hash);
    } else {
      return false;
    }
    return true;
  }

  private void instant(ValueProfile place, WellKnown.DateTime at, int size) {
    place.see(save, ValueKind.INSTANT, size);
    boolean isKnown = zones.of(at.tzNode()).offset(micros(at.text()), at.fold()) != Zone.NONE;
    place.scalar().instant(at.text(), !isKnown || at.text().compareTo(EARLIEST) < 0);
  }

  /**
   * Of what {@code isoformat()} gives. A parser is far slower in a program that runs for a while.
   */
  private static long micros(String iso) {
    LocalDateTime second =
        LocalDateTime.of(
            part(iso, 0, 4),
            part(iso, 5, 7),
            part(iso, 8, 10),
            part(iso, 11, 13),
            part(iso, 14, 16),
            part(iso, 17, 19));
    int point = 19;
    int micros = iso.length() > point ? part(iso, point + 1, iso.length()) : 0;
    return second.toEpochSecond(ZoneOffset.UTC) * SECOND + micros;
  }

  private static int part(String iso, int from, int to) {
    return Integer.parseInt(iso, from, to, 10);
  }

  private void time(ValueProfile place, ValueKind kind, int size, String text, boolean unfit) {
    place.see(save, kind, size);
    place.scalar().time(text, unfit || text.compareTo(EARLIEST) < 0);
  }

  /** {@link #unique} for what is a whole number, of whichever type: Python holds them equal. */
  private void uniqueNumber(ValueProfile place, long value) {
    if (place.mayBeUnique()) {
      compareNumber(place, value);
    }
  }

  /**
   * Notes whether this save had the value here before. What compares stands apart: of most places
   * it is known that their values are not unique.
   */
  private void unique(ValueProfile place, long value) {
    if (place.mayBeUnique()) {
      compare(place, value);
    }
  }

  private void compareNumber(ValueProfile place, long value) {
    NearNumbers near = place.near();
    if (!near.reaches(save, value)) {
      compare(place, value);
    } else if (!near.add(value)) {
      place.duplicate();
    }
  }

  private void compare(ValueProfile place, long value) {
    if (!values.add(ValueHash.of(value ^ place.id * PLACE))) {
      place.duplicate();
    }
  }
}
