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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes of a graph are values that a cell can hold, what they are, and which plain nodes (the
 * payload) their value is written in. The payload is found by structure and names alone, so that it
 * is the same in a graph whose values were taken out.
 */
public final class NodeValueReader {
  /** How a value is made up. */
  private enum Form {
    UNKNOWN,
    DATETIME,
    DATE,
    TIME,
    DURATION,
    DECIMAL,
    UUID,
    /** A number, text or time of numpy. */
    ELEMENT,
    /** An array of numpy. */
    ARRAY,
    /** A time of pandas: nanoseconds since 1970, a frequency, a zone. */
    TIMESTAMP,
    /** A duration of pandas. */
    TIMEDELTA,
    /** Any other call or object: that of one plain argument is its argument. */
    ANY
  }

  private static final Form[] FORMS = Form.values();

  private static final Map<String, Form> NAMES =
      Map.of(
          "datetime.datetime", Form.DATETIME,
          "datetime.date", Form.DATE,
          "datetime.time", Form.TIME,
          "datetime.timedelta", Form.DURATION,
          "decimal.Decimal", Form.DECIMAL,
          "uuid.UUID", Form.UUID);

  /** The most nodes that one value is written in. */
  public static final int MOST_PAYLOADS = 3;

  /** In a month's or hour's byte. */
  private static final int FOLD = 0xffff_ff80;

  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;

  /** More do not fit into 64 bits of microseconds. */
  private static final int MOST_DAYS = 100_000_000;

  private final Meaning meaning;
  private final SaveGraph graph;

  /** For each node that was met as a callable its form's number. */
  private final byte[] forms;

  private final ValueNotes notes;
  private final ZoneReader zones;
  private final ArrayReader arrays;
  private final PandasTimes pandas;

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
    forms = new byte[graph.size()];
  }

  private static Form ofLibrary(String name) {
    ArrayReader.Form array = ArrayReader.form(name);
    if (array != null) {
      return array == ArrayReader.Form.SCALAR ? Form.ELEMENT : Form.ARRAY;
    }
    return PandasTimes.isTimestamp(name)
        ? Form.TIMESTAMP
        : PandasTimes.isTimedelta(name) ? Form.TIMEDELTA : Form.ANY;
  }

  private Form form(int node) {
    int callable = meaning.callable(node);
    Form known = FORMS[forms[callable]];
    if (known != Form.UNKNOWN) {
      return known;
    }
    Form form = Form.ANY;
    if (graph.kind(callable) == Kind.GLOBAL && graph.op(callable) != Op.REDUCE_NAME) {
      String name = meaning.globalName(callable);
      form = NAMES.getOrDefault(name, Form.ANY);
      if (form == Form.ANY && notes.isKnown()) {
        form = ofLibrary(name);
      }
    }
    for (int i = 0; i < FORMS.length; i++) {
      if (FORMS[i] == form) {
        forms[callable] = (byte) i;
      }
    }
    return form;
  }

  /** What the node would be to a column, as far as structure and names tell. */
  public Scalar.Type type(int node) {
    return switch (graph.kind(node)) {
      case NONE -> Scalar.Type.NONE;
      case BOOL -> Scalar.Type.BOOL;
      case INT -> Scalar.Type.INT;
      case FLOAT -> Scalar.Type.FLOAT;
      case STR, PY2_STR -> Scalar.Type.TEXT;
      case BYTES, BYTEARRAY -> Scalar.Type.BYTES;
      case GLOBAL -> graph.op(node) == Op.REDUCE_NAME ? Scalar.Type.TEXT : Scalar.Type.OTHER;
      case PERSID -> isTextId(node) ? Scalar.Type.TEXT : Scalar.Type.OTHER;
      case OBJECT, CALL ->
          switch (form(node)) {
            case DATETIME -> zone(node) < 0 ? Scalar.Type.DATETIME : Scalar.Type.INSTANT;
            case DATE -> Scalar.Type.DATE;
            case TIME -> Scalar.Type.TIME;
            case DURATION -> Scalar.Type.DURATION;
            case DECIMAL -> Scalar.Type.DECIMAL;
            case UUID -> Scalar.Type.UUID;
            case ELEMENT -> {
              ElementType of = arrays.scalar(node);
              yield of == null ? Scalar.Type.OTHER : ElementScalars.type(of);
            }
            case ARRAY -> {
              ArrayReader.Array array = array(node);
              boolean isPacked = array != null && array.type() != null;
              yield isPacked ? Scalar.Type.BYTES : Scalar.Type.OTHER;
            }
            case TIMESTAMP -> pandas.zone(node) < 0 ? Scalar.Type.DATETIME : Scalar.Type.INSTANT;
            case TIMEDELTA -> Scalar.Type.DURATION;
            case ANY, UNKNOWN -> {
              int argument = onlyArgument(node);
              yield argument < 0 ? Scalar.Type.OTHER : type(argument);
            }
          };
      default -> Scalar.Type.OTHER;
    };
  }

  /**
   * Whether a value is a call with one plain argument of that type and nothing more, as an enum
   * member is: with another argument it is another of the kind.
   */
  public boolean isCallOf(int node, Scalar.Type type) {
    int op = graph.op(node);
    return (op == Op.REDUCE || op == Op.NEWOBJ)
        && graph.firstChunk(graph.b(node)) < 0
        && form(node) == Form.ANY
        && type(node) == type
        && onlyArgument(node) >= 0;
  }

  /** The one argument of a call or object, where it is plain data; else -1. */
  private int onlyArgument(int node) {
    long arguments = meaning.argumentSpan(node);
    if (MemberSpan.count(arguments) != 1
        || MemberSpan.count(meaning.keywordSpan(node)) > 0
        || MemberSpan.count(meaning.appendedSpan(node)) > 0
        || MemberSpan.count(meaning.entrySpan(node)) > 0) {
      return -1;
    }
    int argument = meaning.member(MemberSpan.start(arguments));
    return switch (graph.kind(argument)) {
      case BOOL, INT, FLOAT, STR, PY2_STR, BYTES -> argument;
      default -> -1;
    };
  }

  /**
   * The plain nodes that the value is written in.
   *
   * @return how many, 0 where the value is not to be taken apart
   */
  public int payloads(int node, int[] into) {
    switch (graph.kind(node)) {
      case BOOL, INT, FLOAT, STR, PY2_STR -> {
        into[0] = node;
        return 1;
      }
      case BYTES, BYTEARRAY -> {
        into[0] = bytesPayload(node);
        return into[0] < 0 ? 0 : 1;
      }
      case GLOBAL -> {
        if (graph.op(node) != Op.REDUCE_NAME) {
          return 0;
        }
        into[0] = graph.edge(graph.a(graph.edge(graph.a(node) + 1)) + 1);
        return 1;
      }
      case OBJECT, CALL -> {
        return madePayloads(node, into);
      }
      default -> {
        return 0;
      }
    }
  }

  private int bytesPayload(int node) {
    int at = node;
    while (graph.op(at) == Op.REDUCE_BYTES || graph.op(at) == Op.REDUCE_BYTEARRAY) {
      int arguments = graph.edge(graph.a(at) + 1);
      if (graph.op(arguments) == Op.EMPTY_TUPLE || graph.b(arguments) == 0) {
        return -1;
      }
      at = graph.edge(graph.a(arguments));
    }
    return at;
  }

  private int madePayloads(int node, int[] into) {
    Form form = form(node);
    long arguments = meaning.argumentSpan(node);
    int count = MemberSpan.count(arguments);
    switch (form) {
      case DATETIME, DATE, TIME -> {
        int state = count == 0 ? -1 : meaning.member(MemberSpan.start(arguments));
        if (state < 0 || !isBytes(state)) {
          return 0;
        }
        into[0] = bytesPayload(state);
        return into[0] < 0 ? 0 : 1;
      }
      case DECIMAL -> {
        into[0] = count == 1 ? meaning.member(MemberSpan.start(arguments)) : -1;
        return count == 1 && isText(into[0]) ? 1 : 0;
      }
      case DURATION -> {
        for (int i = 0; i < count && i < MOST_PAYLOADS; i++) {
          into[i] = meaning.member(MemberSpan.start(arguments) + i);
          if (graph.kind(into[i]) != Kind.INT) {
            return 0;
          }
        }
        return count == MOST_PAYLOADS ? MOST_PAYLOADS : 0;
      }
      case UUID -> {
        into[0] = uuidNumber(node);
        return into[0] < 0 ? 0 : 1;
      }
      case ELEMENT, ARRAY -> {
        into[0] = dataNode(node, form);
        into[0] = into[0] < 0 ? -1 : bytesPayload(into[0]);
        return into[0] < 0 ? 0 : 1;
      }
      case TIMESTAMP, TIMEDELTA -> {
        into[0] = pandas.number(node);
        return into[0] < 0 ? 0 : 1;
      }
      case ANY, UNKNOWN -> {
        int argument = onlyArgument(node);
        return argument < 0 ? 0 : payloads(argument, into);
      }
    }
    return 0;
  }

  private int dataNode(int node, Form form) {
    if (form == Form.ELEMENT) {
      return arrays.scalar(node) == null ? -1 : arrays.scalarData(node);
    }
    ArrayReader.Array array = array(node);
    return array == null || array.type() == null ? -1 : array.data();
  }

  /** The array that a call makes; null for anything else. */
  public ArrayReader.@Nullable Array array(int node) {
    boolean isMade = graph.kind(node) == Kind.CALL;
    ArrayReader.Form of = isMade && form(node) == Form.ARRAY ? arrays.form(node) : null;
    return of == null ? null : arrays.array(node, of);
  }

  /** Whether the bytes are as many as the array's elements take. */
  private boolean fills(int node, Scalar value) {
    ArrayReader.Array array = array(node);
    ElementType of = array == null ? null : array.type();
    return array != null
        && of != null
        && value.type == Scalar.Type.BYTES
        && value.length == array.elements() * of.size();
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
    if (!java.util.Arrays.equals(again, data)) {
      // A bool of 2, a nan with a message: what the value would not give back.
      value.other();
    }
  }

  private boolean isBytes(int node) {
    Kind kind = graph.kind(node);
    return kind == Kind.BYTES || kind == Kind.PY2_STR;
  }

  private boolean isText(int node) {
    Kind kind = graph.kind(node);
    return kind == Kind.STR || kind == Kind.PY2_STR;
  }

  private int uuidNumber(int node) {
    long states = meaning.stateSpan(node);
    if (MemberSpan.count(states) != 1) {
      return -1;
    }
    int state = meaning.member(MemberSpan.start(states));
    if (graph.kind(state) != Kind.DICT || MemberSpan.count(meaning.itemSpan(state)) != 2) {
      return -1;
    }
    int number = meaning.member(MemberSpan.start(meaning.itemSpan(state)) + 1);
    return graph.kind(number) == Kind.INT ? number : -1;
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
        if (isTextId(node)) {
          value.bytes(Scalar.Type.TEXT, graph.source(), graph.a(node), graph.b(node));
        } else {
          value.other();
        }
      }
      case OBJECT, CALL -> made(node, value);
      default -> value.other();
    }
  }

  /** A persistent id that was written as a line, which a cell shows and the residue keeps. */
  private boolean isTextId(int node) {
    return graph.op(node) == Op.PERSID && notes.isKnown();
  }

  private void bytes(int node, Scalar.Type type, Scalar value) {
    if (meaning.isSlice(node)) {
      value.bytes(type, graph.source(), graph.a(node), graph.b(node));
    } else {
      value.bytes(type, meaning.bytes(node));
    }
  }

  private void made(int node, Scalar value) {
    switch (form(node)) {
      case ANY -> {
        int argument = onlyArgument(node);
        if (argument < 0) {
          value.other();
        } else {
          read(argument, value);
        }
      }
      case ELEMENT -> element(node, value);
      case ARRAY -> {
        ArrayReader.Array array = array(node);
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
      value.number(Scalar.Type.DATE, days(state(node)));
    } else if (known instanceof WellKnown.Time at
        && at.tzNode() < 0
        && (at.fold() == 0 || notes.isKnown())) {
      value.number(Scalar.Type.TIME, micros(state(node), 0));
      value.fold = at.fold();
    } else if (known instanceof WellKnown.TimeDelta delta && Math.abs(delta.days()) < MOST_DAYS) {
      value.number(
          Scalar.Type.DURATION,
          delta.days() * DAY + delta.seconds() * SECOND + delta.microseconds());
    } else if (known instanceof WellKnown.Decimal) {
      bytes(
          meaning.member(MemberSpan.start(meaning.argumentSpan(node))), Scalar.Type.DECIMAL, value);
    } else if (known instanceof WellKnown.Uuid) {
      value.bytes(Scalar.Type.UUID, uuidBytes(meaning.bigInteger(uuidNumber(node))));
    } else {
      value.other();
    }
  }

  private void dateTime(int node, WellKnown.DateTime at, Scalar value) {
    byte[] b = state(node);
    long wall = days(b) * DAY + micros(b, 4);
    if (at.tzNode() >= 0) {
      long offset = notes.isKnown() ? offset(node, at, wall) : Zone.NONE;
      if (offset == Zone.NONE) {
        value.other();
      } else {
        value.number(Scalar.Type.INSTANT, wall - offset);
        value.zone = offset;
        value.fold = at.fold();
      }
    } else if (at.fold() == 0 || notes.isKnown()) {
      value.number(Scalar.Type.DATETIME, wall);
      value.fold = at.fold();
    } else {
      value.other();
    }
  }

  private long offset(int node, WellKnown.DateTime at, long wall) {
    ValueNotes.Note note = notes.get(node);
    if (note != null && note.offset() != ValueNotes.NO_ZONE) {
      return note.offset();
    }
    return notes.mayAsk(node) ? zones.of(at.tzNode()).offset(wall, at.fold()) : Zone.NONE;
  }

  private boolean form(int node, Form form) {
    Kind kind = graph.kind(node);
    return (kind == Kind.CALL || kind == Kind.OBJECT) && form(node) == form;
  }

  /**
   * Whether a value that is none of Python's own must be made again as what it was, and cannot be
   * replaced by a plain one.
   */
  public boolean isOfLibrary(int node) {
    return form(node, Form.ELEMENT)
        || form(node, Form.ARRAY)
        || form(node, Form.TIMESTAMP)
        || form(node, Form.TIMEDELTA);
  }

  /** Which argument of such a call its value is; -1 where it is none. */
  public int libraryPlace(int node) {
    return switch (form(node)) {
      case ELEMENT -> 1;
      case TIMESTAMP, TIMEDELTA -> 0;
      default -> -1;
    };
  }

  /** Notes what the cell of a value that was read does not say. */
  public void note(int node, Scalar value) {
    if (form(node, Form.TIMESTAMP)) {
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

  /** The zone of a datetime that has one, or -1. */
  public int zone(int node) {
    long arguments = meaning.argumentSpan(node);
    return MemberSpan.count(arguments) == 2 ? meaning.member(MemberSpan.start(arguments) + 1) : -1;
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

  private static long days(byte[] b) {
    int year = (b[0] & 0xff) << 8 | (b[1] & 0xff);
    return java.time.LocalDate.of(year, b[2] & ~FOLD, b[3]).toEpochDay();
  }

  private static long micros(byte[] b, int at) {
    long seconds = (b[at] & ~FOLD) * 3600L + b[at + 1] * 60L + b[at + 2];
    return seconds * SECOND
        + ((b[at + 3] & 0xff) << 16 | (b[at + 4] & 0xff) << 8 | (b[at + 5] & 0xff));
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
    Form form =
        graph.kind(node) == Kind.CALL || graph.kind(node) == Kind.OBJECT ? form(node) : Form.ANY;
    if (form == Form.ELEMENT) {
      ElementType type = arrays.scalar(node);
      byte[] bytes = type == null ? null : ElementScalars.write(type, value);
      if (bytes == null) {
        part.other();
      } else {
        raw(bytes, of, part);
      }
      return;
    }
    if (form == Form.TIMESTAMP || form == Form.TIMEDELTA) {
      pandas.part(node, value, part);
      return;
    }
    if (form == Form.ARRAY && !fills(node, value)) {
      part.other();
      return;
    }
    switch (value.type) {
      case DATETIME, INSTANT, DATE, TIME -> raw(TimeBytes.of(value), of, part);
      case DURATION -> {
        long days = Math.floorDiv(value.number, DAY);
        long rest = Math.floorMod(value.number, DAY);
        long number = index == 0 ? days : index == 1 ? rest / SECOND : rest % SECOND;
        part.number(Scalar.Type.INT, number);
      }
      case DECIMAL -> part.bytes(Scalar.Type.TEXT, value.bytes, value.offset, value.length);
      case UUID -> part.big(new BigInteger(1, value.bytes, value.offset, value.length));
      case BYTES -> {
        if (graph.kind(of) == Kind.STR) {
          raw(
              java.util.Arrays.copyOfRange(value.bytes, value.offset, value.offset + value.length),
              of,
              part);
        } else {
          part.bytes(Scalar.Type.BYTES, value.bytes, value.offset, value.length);
        }
      }
      case TEXT -> part.bytes(Scalar.Type.TEXT, value.bytes, value.offset, value.length);
      case BOOL, INT -> {
        if (value.type == Scalar.Type.INT && value.isBig) {
          part.big(value.big);
        } else {
          part.number(value.type, value.number);
        }
      }
      case FLOAT -> part.real(value.real);
      case NONE, OTHER -> part.none();
    }
  }

  /** Bytes as the payload node has them: as such, or each as a character of text. */
  private void raw(byte[] bytes, int of, Scalar part) {
    if (graph.kind(of) == Kind.STR) {
      String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
      part.bytes(Scalar.Type.TEXT, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } else {
      part.bytes(Scalar.Type.BYTES, bytes);
    }
  }
}
