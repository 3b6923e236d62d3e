package io.picklift.schema.tables.values;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.arrays.ArrayReader;
import io.picklift.schema.arrays.ElementType;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.zones.Zone;
import io.picklift.schema.zones.ZoneReader;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a graph's nodes as cells hold them, and notes what a cell does not say: a
 * date's zone and fold. {@link ValueForms} tells how a value is made up, {@link ValuePayload} which
 * nodes it is written in.
 */
public final class NodeValueReader {
  /** The most nodes that one value is written in. */
  public static final int MOST_PAYLOADS = ValuePayload.MOST_NODES;

  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;

  /** More do not fit into 64 bits of microseconds. */
  private static final int MOST_DAYS = 100_000_000;

  private final Meaning meaning;
  private final SaveGraph graph;

  private final ValueNotes notes;
  private final ZoneReader zones;
  private final ArrayReader arrays;
  private final PandasTimes pandas;
  private final ValueForms forms;
  private final ValuePayload payload;

  /**
   * @param notes of the residue that the graph comes from, or those of a save that is being split
   */
  public NodeValueReader(Meaning meaning, ValueNotes notes) {
    this.meaning = meaning;
    this.notes = notes;
    graph = meaning.graph();
    zones = new ZoneReader(meaning);
    arrays = new ArrayReader(meaning);
    pandas = new PandasTimes(meaning, zones);
    forms = new ValueForms(meaning, notes.isKnown(), arrays, pandas, zones);
    payload = new ValuePayload(meaning, forms, arrays, pandas);
  }

  private void element(int node, Scalar value) {
    ElementType of = arrays.scalar(node);
    byte[] data = of == null ? null : meaning.bytes(arrays.scalarData(node));
    if (of == null || data == null || data.length != of.size()) {
      value.other();
      return;
    }
    ElementScalars.read(of, data, 0, value);
    byte[] again = ElementScalars.write(of, value);
    if (!Arrays.equals(again, data)) {
      // A bool of 2, a nan with a message: what the value would not give back.
      value.other();
    }
  }

  /** What the node would be to a column, as far as structure and names tell. */
  public Scalar.Type type(int node) {
    return forms.type(node);
  }

  /**
   * Whether a value is a call with one plain argument of that type and nothing more, as an enum
   * member is: with another argument it is another of the kind.
   */
  public boolean isCallOf(int node, Scalar.Type type) {
    return forms.isCallOf(node, type);
  }

  /**
   * Whether a value is the attribute of a class by its name, {@code getattr(Rank, 'KING')}: so
   * Python 3.11 writes the members of enums. A column shows the name.
   */
  public boolean isNamed(int node) {
    return meaning.graph().op(node) == Op.REDUCE_NAME;
  }

  /** The node of the class whose attribute a value is. */
  public int namedClass(int node) {
    SaveGraph graph = meaning.graph();
    return graph.edge(graph.a(graph.edge(graph.a(node) + 1)));
  }

  /**
   * The plain nodes that the value is written in.
   *
   * @return how many, 0 where the value is not to be taken apart
   */
  public int payloads(int node, int[] into) {
    return payload.nodes(node, into);
  }

  /**
   * The plain value of one of a value's payload nodes: what must stand there for the whole to be
   * {@code value}.
   *
   * @param node the value's
   * @param index which of the payload nodes
   * @param of the payload node
   * @param part becomes {@link Scalar.Type#OTHER} where nothing there gives that value
   */
  public void part(int node, Scalar value, int index, int of, Scalar part) {
    payload.part(node, value, index, of, part);
  }

  /** The array that a call makes; null for anything else. */
  public ArrayReader.@Nullable Array array(int node) {
    return forms.array(node);
  }

  /**
   * Whether a value that is none of Python's own must be made again as what it was, and cannot be
   * replaced by a plain one.
   */
  public boolean isOfLibrary(int node) {
    return forms.isOfLibrary(node);
  }

  /** Which argument of such a call its value is; -1 where it is none. */
  public int libraryPlace(int node) {
    return forms.libraryPlace(node);
  }

  /** The zone of a datetime that has one, or -1. */
  public int zone(int node) {
    return forms.zone(node);
  }

  /** Reads the value of a node. */
  public void read(int node, Scalar value) {
    switch (graph.kind(node)) {
      case NONE -> value.none();
      case BOOL -> value.number(Scalar.Type.BOOL, meaning.isTrue(node) ? 1 : 0);
      case INT -> {
        if (meaning.fitsLong(node)) {
          value.number(Scalar.Type.INT, meaning.longValue(node));
        } else {
          value.big(meaning.bigInteger(node));
        }
      }
      case FLOAT -> value.real(meaning.floatValue(node));
      case STR -> bytes(node, Scalar.Type.TEXT, value);
      case PY2_STR ->
          bytes(node, meaning.isText(node) ? Scalar.Type.TEXT : Scalar.Type.BYTES, value);
      case BYTES, BYTEARRAY -> bytes(node, Scalar.Type.BYTES, value);
      case GLOBAL -> {
        if (graph.op(node) == Op.REDUCE_NAME) {
          bytes(graph.edge(graph.a(graph.edge(graph.a(node) + 1)) + 1), Scalar.Type.TEXT, value);
        } else {
          value.other();
        }
      }
      case PERSID -> {
        if (forms.isTextId(node)) {
          value.bytes(Scalar.Type.TEXT, graph.source(), graph.a(node), graph.b(node));
        } else {
          value.other();
        }
      }
      case OBJECT, CALL -> made(node, value);
      default -> value.other();
    }
  }

  private void bytes(int node, Scalar.Type type, Scalar value) {
    if (meaning.isSlice(node)) {
      value.bytes(type, graph.source(), graph.a(node), graph.b(node));
    } else {
      value.bytes(type, meaning.bytes(node));
    }
  }

  /**
   * The argument whose value is that of a call, as the text is that Python 2 makes a Fraction of;
   * -1 for any other value.
   */
  public int argumentShown(int node) {
    boolean isMade = graph.kind(node) == Kind.OBJECT || graph.kind(node) == Kind.CALL;
    return isMade && forms.form(node) == ValueForms.Form.ANY ? forms.onlyArgument(node) : -1;
  }

  private void made(int node, Scalar value) {
    switch (forms.form(node)) {
      case ANY -> {
        int argument = forms.onlyArgument(node);
        if (argument >= 0) {
          read(argument, value);
          // Residues of earlier versions have dates of derived classes in no column of dates.
          value.isArgument = graph.kind(node) == Kind.CALL && notes.isKnown();
        } else if (forms.isZonedCall(node) && TimeBytes.isDateTime(state(node))) {
          instant(node, forms.zone(node), state(node), value);
        } else {
          value.other();
        }
      }
      case ELEMENT -> element(node, value);
      case ARRAY -> {
        ArrayReader.Array array = forms.array(node);
        if (array == null || array.type() == null) {
          value.other();
        } else {
          bytes(array.data(), Scalar.Type.BYTES, value);
        }
      }
      case TIMESTAMP, TIMEDELTA -> pandas.read(node, value);
      default -> wellKnown(node, value);
    }
  }

  private void wellKnown(int node, Scalar value) {
    WellKnown known = meaning.wellKnown(node);
    if (known instanceof WellKnown.DateTime at) {
      dateTime(node, at, value);
    } else if (known instanceof WellKnown.Date) {
      value.number(Scalar.Type.DATE, TimeBytes.days(state(node)));
    } else if (known instanceof WellKnown.Time at
        && at.tzNode() < 0
        && (at.fold() == 0 || notes.isKnown())) {
      value.number(Scalar.Type.TIME, TimeBytes.micros(state(node), 0));
      value.fold = at.fold();
    } else if (known instanceof WellKnown.TimeDelta delta && Math.abs(delta.days()) < MOST_DAYS) {
      value.number(
          Scalar.Type.DURATION,
          delta.days() * DAY + delta.seconds() * SECOND + delta.microseconds());
    } else if (known instanceof WellKnown.Decimal) {
      bytes(
          meaning.member(MemberSpan.start(meaning.argumentSpan(node))), Scalar.Type.DECIMAL, value);
    } else if (known instanceof WellKnown.Uuid) {
      value.bytes(Scalar.Type.UUID, uuidBytes(meaning.bigInteger(forms.uuidNumber(node))));
    } else {
      value.other();
    }
  }

  private void dateTime(int node, WellKnown.DateTime at, Scalar value) {
    byte[] state = state(node);
    if (at.tzNode() >= 0) {
      instant(node, at.tzNode(), state, value);
    } else if (at.fold() == 0 || notes.isKnown()) {
      value.number(Scalar.Type.DATETIME, TimeBytes.wall(state));
      value.fold = at.fold();
    } else {
      value.other();
    }
  }

  private void instant(int node, int zone, byte[] state, Scalar value) {
    long wall = TimeBytes.wall(state);
    int fold = TimeBytes.fold(state);
    long offset = notes.isKnown() ? offset(node, zone, wall, fold) : Zone.NONE;
    if (offset == Zone.NONE) {
      value.other();
    } else {
      value.number(Scalar.Type.INSTANT, wall - offset);
      value.zone = offset;
      value.fold = fold;
    }
  }

  private long offset(int node, int zone, long wall, int fold) {
    ValueNotes.Note note = notes.get(node);
    if (note != null && note.offset() != ValueNotes.NO_ZONE) {
      return note.offset();
    }
    return notes.mayAsk(node) ? zones.of(zone).offset(wall, fold) : Zone.NONE;
  }

  /** Notes what the cell of a value that was read does not say. */
  public void note(int node, Scalar value) {
    if (forms.isForm(node, ValueForms.Form.TIMESTAMP)) {
      return;
    }
    if (value.type == Scalar.Type.INSTANT) {
      boolean isByRules = zones.of(zone(node)).isByRules();
      int check = isByRules ? ValueNotes.check(value.number) : 0;
      notes.add(node, new ValueNotes.Note(value.zone, value.fold, isByRules, check));
    } else if (value.fold != 0
        && (value.type == Scalar.Type.DATETIME || value.type == Scalar.Type.TIME)) {
      notes.add(node, new ValueNotes.Note(ValueNotes.NO_ZONE, value.fold, false, 0));
    }
  }

  /**
   * Adds what was noted of a node to its value as a cell gives it. Where the cell was changed and
   * the zone goes by rules, these are asked again.
   */
  public void complete(int node, Scalar value) {
    ValueNotes.Note note = notes.get(node);
    if (note == null) {
      return;
    }
    switch (value.type) {
      case INSTANT -> {
        value.zone = note.offset();
        value.fold = note.fold();
        if (note.isChecked() && note.check() != ValueNotes.check(value.number)) {
          notes.change(node);
        }
      }
      case DATETIME, TIME -> value.fold = note.fold();
      default -> {}
    }
  }

  /**
   * Gives a date the form that it has as the argument of a call: it stays of the class that the
   * call makes. Any other value of any other node is left as it is.
   */
  public void asArgument(int node, Scalar value) {
    boolean isDate =
        value.type == Scalar.Type.DATETIME
            || value.type == Scalar.Type.DATE
            || value.type == Scalar.Type.TIME;
    if (isDate && forms.isForm(node, ValueForms.Form.ANY) && forms.onlyArgument(node) >= 0) {
      Scalar.Type type = forms.type(node);
      if (type == Scalar.Type.BYTES || type == Scalar.Type.TEXT) {
        value.bytes(type, TimeBytes.of(value));
      }
    }
  }

  /**
   * Reads a text as a value of the type that a node has, one that JSON has as text; a moment as the
   * node's zone shows it.
   *
   * @return whether it is one
   */
  public boolean readText(int node, String text, Scalar value) {
    Scalar.Type type = type(node);
    if (!CellText.read(text, type, value)) {
      return false;
    }
    if (type == Scalar.Type.INSTANT) {
      Zone.Wall wall = zones.of(zone(node)).at(value.number);
      value.zone = wall.offset();
      value.fold = wall.fold();
    }
    return type != Scalar.Type.INSTANT || value.zone != Zone.NONE;
  }

  /**
   * Whether a node is the call of a class derived from that of dates, by what it is called with.
   */
  public boolean isDerivedDate(int node, Scalar.Type type) {
    if (!forms.isForm(node, ValueForms.Form.ANY)) {
      return false;
    }
    Scalar read = new Scalar();
    read(node, read);
    return type == Scalar.Type.INSTANT
        ? forms.isZonedCall(node)
        : TimeBytes.ofArgument(read, type) != TimeBytes.NONE;
  }

  /**
   * Whether a call has a date's bytes as its argument, and they could as well be something else: a
   * cell would not show them as that date.
   */
  public boolean isUntoldDate(int node, Scalar date) {
    if (date.type != Scalar.Type.DATE || !forms.isForm(node, ValueForms.Form.ANY)) {
      return false;
    }
    Scalar read = new Scalar();
    read(node, read);
    boolean isArgument =
        read.isArgument && (read.type == Scalar.Type.BYTES || read.type == Scalar.Type.TEXT);
    return isArgument
        && TimeBytes.ofArgument(read, Scalar.Type.DATE) == TimeBytes.NONE
        && Arrays.equals(
            Arrays.copyOfRange(read.bytes, read.offset, read.offset + read.length),
            TimeBytes.of(date));
  }

  /** Whether the residue, if the graph comes from one, is of a version that knows these values. */
  public boolean isKnown() {
    return notes.isKnown();
  }

  public ZoneReader zones() {
    return zones;
  }

  private byte[] state(int node) {
    return meaning.bytes(meaning.member(MemberSpan.start(meaning.argumentSpan(node))));
  }

  private static byte[] uuidBytes(BigInteger number) {
    byte[] bytes = new byte[16];
    byte[] digits = number.toByteArray();
    int size = Math.min(digits.length, bytes.length);
    System.arraycopy(digits, digits.length - size, bytes, bytes.length - size, size);
    return bytes;
  }
}
