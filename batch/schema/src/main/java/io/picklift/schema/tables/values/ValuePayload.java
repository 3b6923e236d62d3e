package io.picklift.schema.tables.values;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.arrays.ArrayReader;
import io.picklift.schema.arrays.ElementType;
import io.picklift.schema.tables.values.ValueForms.Form;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The payload of a value: the plain nodes that it is written in, and what must stand in each of
 * them for the whole to be another value. They are found by structure and names alone.
 */
final class ValuePayload {
  /** The most nodes that one value is written in. */
  static final int MOST_NODES = 3;

  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;

  private final Meaning meaning;
  private final SaveGraph graph;
  private final ValueForms forms;
  private final ArrayReader arrays;
  private final PandasTimes pandas;

  ValuePayload(Meaning meaning, ValueForms forms, ArrayReader arrays, PandasTimes pandas) {
    this.meaning = meaning;
    this.forms = forms;
    this.arrays = arrays;
    this.pandas = pandas;
    graph = meaning.graph();
  }

  /**
   * The plain nodes that the value is written in.
   *
   * @return how many, 0 where the value is not to be taken apart
   */
  int nodes(int node, int[] into) {
    switch (graph.kind(node)) {
      case BOOL, INT, FLOAT, STR, PY2_STR -> {
        into[0] = node;
        return 1;
      }
      case BYTES, BYTEARRAY -> {
        into[0] = bytesNode(node);
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
        return nodesOfMade(node, into);
      }
      default -> {
        return 0;
      }
    }
  }

  private int bytesNode(int node) {
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

  private int nodesOfMade(int node, int[] into) {
    Form form = forms.form(node);
    long arguments = meaning.argumentSpan(node);
    int count = MemberSpan.count(arguments);
    switch (form) {
      case DATETIME, DATE, TIME -> {
        int state = count == 0 ? -1 : meaning.member(MemberSpan.start(arguments));
        if (state < 0 || !isBytes(state)) {
          return 0;
        }
        into[0] = bytesNode(state);
        return into[0] < 0 ? 0 : 1;
      }
      case DECIMAL -> {
        into[0] = count == 1 ? meaning.member(MemberSpan.start(arguments)) : -1;
        return count == 1 && isText(into[0]) ? 1 : 0;
      }
      case DURATION -> {
        for (int i = 0; i < count && i < MOST_NODES; i++) {
          into[i] = meaning.member(MemberSpan.start(arguments) + i);
          if (graph.kind(into[i]) != Kind.INT) {
            return 0;
          }
        }
        return count == MOST_NODES ? MOST_NODES : 0;
      }
      case UUID -> {
        into[0] = forms.uuidNumber(node);
        return into[0] < 0 ? 0 : 1;
      }
      case ELEMENT, ARRAY -> {
        into[0] = dataNode(node, form);
        into[0] = into[0] < 0 ? -1 : bytesNode(into[0]);
        return into[0] < 0 ? 0 : 1;
      }
      case TIMESTAMP, TIMEDELTA -> {
        into[0] = pandas.number(node);
        return into[0] < 0 ? 0 : 1;
      }
      case ANY, UNKNOWN -> {
        int argument = forms.onlyArgument(node);
        if (argument < 0 && forms.isZonedCall(node)) {
          argument = meaning.member(MemberSpan.start(arguments));
        }
        return argument < 0 ? 0 : nodes(argument, into);
      }
    }
    return 0;
  }

  private int dataNode(int node, Form form) {
    if (form == Form.ELEMENT) {
      return arrays.scalar(node) == null ? -1 : arrays.scalarData(node);
    }
    ArrayReader.Array array = forms.array(node);
    return array == null || array.type() == null ? -1 : array.data();
  }

  /** Whether the bytes are as many as the array's elements take. */
  private boolean fills(int node, Scalar value) {
    ArrayReader.Array array = forms.array(node);
    ElementType of = array == null ? null : array.type();
    return array != null
        && of != null
        && value.type == Scalar.Type.BYTES
        && value.length == array.elements() * of.size();
  }

  private boolean isBytes(int node) {
    Kind kind = graph.kind(node);
    return kind == Kind.BYTES || kind == Kind.PY2_STR;
  }

  private boolean isText(int node) {
    Kind kind = graph.kind(node);
    return kind == Kind.STR || kind == Kind.PY2_STR;
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
  void part(int node, Scalar value, int index, int of, Scalar part) {
    Form form =
        graph.kind(node) == Kind.CALL || graph.kind(node) == Kind.OBJECT
            ? forms.form(node)
            : Form.ANY;
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
          raw(Arrays.copyOfRange(value.bytes, value.offset, value.offset + value.length), of, part);
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
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      part.bytes(Scalar.Type.TEXT, text.getBytes(StandardCharsets.UTF_8));
    } else {
      part.bytes(Scalar.Type.BYTES, bytes);
    }
  }
}
