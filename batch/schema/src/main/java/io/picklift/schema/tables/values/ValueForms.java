package io.picklift.schema.tables.values;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.arrays.ArrayReader;
import io.picklift.schema.arrays.ElementType;
import io.picklift.schema.zones.ZoneReader;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a graph are made up, told by structure and names alone, so that the answer is
 * the same in a graph whose values were taken out.
 */
final class ValueForms {
  /** How a value is made up. */
  enum Form {
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

  private final Meaning meaning;
  private final SaveGraph graph;
  private final boolean areLibrariesKnown;
  private final ArrayReader arrays;
  private final PandasTimes pandas;
  private final ZoneReader zones;

  /** For each node that was met as a callable its form's number. */
  private final byte[] forms;

  /**
   * @param areLibrariesKnown whether values of numpy and pandas and persistent ids have a form: for
   *     residues before version 3 they had none
   */
  ValueForms(
      Meaning meaning,
      boolean areLibrariesKnown,
      ArrayReader arrays,
      PandasTimes pandas,
      ZoneReader zones) {
    this.meaning = meaning;
    this.areLibrariesKnown = areLibrariesKnown;
    this.arrays = arrays;
    this.pandas = pandas;
    this.zones = zones;
    graph = meaning.graph();
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

  Form form(int node) {
    int callable = meaning.callable(node);
    Form known = FORMS[forms[callable]];
    if (known != Form.UNKNOWN) {
      return known;
    }
    Form form = Form.ANY;
    if (graph.kind(callable) == Kind.GLOBAL && graph.op(callable) != Op.REDUCE_NAME) {
      String name = meaning.globalName(callable);
      form = NAMES.getOrDefault(name, Form.ANY);
      if (form == Form.ANY && areLibrariesKnown) {
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
  Scalar.Type type(int node) {
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
              Scalar.Type zoned = isZonedCall(node) ? Scalar.Type.INSTANT : Scalar.Type.OTHER;
              yield argument < 0 ? zoned : type(argument);
            }
          };
      default -> Scalar.Type.OTHER;
    };
  }

  /**
   * Whether a value is a call with one plain argument of that type and nothing more, as an enum
   * member is: with another argument it is another of the kind.
   */
  boolean isCallOf(int node, Scalar.Type type) {
    int op = graph.op(node);
    return (op == Op.REDUCE || op == Op.NEWOBJ)
        && graph.firstChunk(graph.b(node)) < 0
        && form(node) == Form.ANY
        && type(node) == type
        && onlyArgument(node) >= 0;
  }

  /** The one argument of a call or object, where it is plain data; else -1. */
  int onlyArgument(int node) {
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

  /** Whether a call is one of bytes and a time zone, as that of a class derived from datetime. */
  boolean isZonedCall(int node) {
    long arguments = meaning.argumentSpan(node);
    if (graph.kind(node) != Kind.CALL
        || !areLibrariesKnown
        || MemberSpan.count(arguments) != 2
        || MemberSpan.count(meaning.keywordSpan(node)) > 0
        || MemberSpan.count(meaning.appendedSpan(node)) > 0
        || MemberSpan.count(meaning.entrySpan(node)) > 0) {
      return false;
    }
    Kind first = graph.kind(meaning.member(MemberSpan.start(arguments)));
    return (first == Kind.BYTES || first == Kind.PY2_STR) && zones.isZone(zone(node));
  }

  /** The array that a call makes; null for anything else. */
  ArrayReader.@Nullable Array array(int node) {
    boolean isMade = graph.kind(node) == Kind.CALL;
    ArrayReader.Form of = isMade && form(node) == Form.ARRAY ? arrays.form(node) : null;
    return of == null ? null : arrays.array(node, of);
  }

  int uuidNumber(int node) {
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

  boolean isForm(int node, Form form) {
    Kind kind = graph.kind(node);
    return (kind == Kind.CALL || kind == Kind.OBJECT) && form(node) == form;
  }

  /**
   * Whether a value that is none of Python's own must be made again as what it was, and cannot be
   * replaced by a plain one.
   */
  boolean isOfLibrary(int node) {
    return isForm(node, Form.ELEMENT)
        || isForm(node, Form.ARRAY)
        || isForm(node, Form.TIMESTAMP)
        || isForm(node, Form.TIMEDELTA);
  }

  /** Which argument of such a call its value is; -1 where it is none. */
  int libraryPlace(int node) {
    return switch (form(node)) {
      case ELEMENT -> 1;
      case TIMESTAMP, TIMEDELTA -> 0;
      default -> -1;
    };
  }

  /** The zone of a datetime that has one, or -1. */
  int zone(int node) {
    long arguments = meaning.argumentSpan(node);
    return MemberSpan.count(arguments) == 2 ? meaning.member(MemberSpan.start(arguments) + 1) : -1;
  }

  /** A persistent id that was written as a line, which a cell shows and the residue keeps. */
  boolean isTextId(int node) {
    return graph.op(node) == Op.PERSID && areLibrariesKnown;
  }
}
