package io.picklift.schema.tables.edit;

import io.picklift.codec.model.GraphBuilder;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.values.NaturalOps;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.values.TimeBytes;
import io.picklift.schema.tables.walk.MappingWalk;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Adds the nodes of values of cells to a graph. */
final class NewValues {
  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400;

  private final SaveGraph graph;
  private final NewNodes nodes;
  private final int protocol;
  private final boolean isPython2;

  NewValues(SaveGraph graph, NewNodes nodes) {
    this.graph = graph;
    this.nodes = nodes;
    protocol = nodes.protocol();
    isPython2 = nodes.isPython2();
  }

  /** Adds the nodes of a value; -1 where the protocol has no form for it that is made here. */
  int value(Scalar value) {
    return switch (value.type) {
      case NONE, OTHER -> nodes.none();
      case BOOL -> nodes.node(NaturalOps.ofBool(value.number == 1, protocol), 0, 0);
      case INT -> nodes.integer(value.isBig ? value.big : BigInteger.valueOf(value.number));
      case FLOAT -> nodes.real(value.real);
      case TEXT -> nodes.text(nodes.newKind(copy(value)), copy(value));
      case BYTES -> {
        Kind kind = isPython2 ? Kind.PY2_STR : Kind.BYTES;
        yield protocol < 3 && !isPython2 ? encoded(copy(value)) : nodes.text(kind, copy(value));
      }
      case DATETIME -> made("datetime", "datetime", state(value));
      case INSTANT -> instant(value, utc());
      case DATE -> made("datetime", "date", state(value));
      case TIME -> made("datetime", "time", state(value));
      case DECIMAL ->
          made("decimal", "Decimal", nodes.text(nodes.newKind(copy(value)), copy(value)));
      case DURATION -> duration(value.number);
      case UUID -> uuid(new BigInteger(1, copy(value)));
    };
  }

  /**
   * Adds the nodes of what is to stand in another value's place: where that is an enum member, or
   * another call of the one argument, the same call of the new one.
   */
  int value(Scalar value, int before, NodeValueReader values) {
    boolean isDate =
        value.type == Scalar.Type.DATETIME
            || value.type == Scalar.Type.DATE
            || value.type == Scalar.Type.TIME
            || value.type == Scalar.Type.INSTANT;
    if (isDate && before != MappingWalk.ABSENT && values.isDerivedDate(before, value.type)) {
      return derivedDate(value, before, values);
    }
    if (value.type == Scalar.Type.INSTANT
        && before != MappingWalk.ABSENT
        && values.type(before) == Scalar.Type.INSTANT) {
      return instant(value, values.zone(before));
    }
    if (before != MappingWalk.ABSENT
        && values.isOfLibrary(before)
        && value.type != Scalar.Type.NONE) {
      return ofLibrary(value, before, values);
    }
    if (before != MappingWalk.ABSENT && value.type == Scalar.Type.TEXT && values.isNamed(before)) {
      return named(value, before, values);
    }
    Kind was = before == MappingWalk.ABSENT ? Kind.NONE : graph.kind(before);
    if (value.type == Scalar.Type.BYTES && was == Kind.BYTEARRAY) {
      return byteArray(copy(value), before);
    }
    boolean isText = value.type == Scalar.Type.TEXT && (was == Kind.STR || was == Kind.PY2_STR);
    int with = isText ? nodes.text(was, copy(value)) : value(value);
    if (with < 0 || before == MappingWalk.ABSENT || !values.isCallOf(before, value.type)) {
      return with;
    }
    int arguments = graph.edge(graph.a(before) + 1);
    int made = nodes.node(graph.op(arguments), nodes.edge(with), 1);
    int first = nodes.edge(graph.edge(graph.a(before)));
    nodes.edge(made);
    return nodes.node(graph.op(before), first, GraphBuilder.NO_CHUNK);
  }

  /** Another attribute of the same class. */
  private int named(Scalar value, int before, NodeValueReader values) {
    int arguments = graph.edge(graph.a(before) + 1);
    Kind kind = graph.kind(graph.edge(graph.a(arguments) + 1));
    int made = nodes.tuple(values.namedClass(before), nodes.text(kind, copy(value)));
    int first = nodes.edge(graph.edge(graph.a(before)));
    nodes.edge(made);
    return nodes.node(graph.op(before), first, GraphBuilder.NO_CHUNK);
  }

  /** The call of a class derived from that of dates, with another state. */
  private int derivedDate(Scalar value, int before, NodeValueReader values) {
    boolean hasZone = value.type == Scalar.Type.INSTANT;
    int arguments =
        hasZone ? nodes.tuple(state(value), values.zone(before)) : nodes.tuple(state(value));
    int first = nodes.edge(graph.edge(graph.a(before)));
    nodes.edge(arguments);
    return nodes.node(graph.op(before), first, GraphBuilder.NO_CHUNK);
  }

  /** The same call of another value; -1 where the call has no form for that. */
  private int ofLibrary(Scalar value, int before, NodeValueReader values) {
    int[] payloads = new int[NodeValueReader.MOST_PAYLOADS];
    if (values.payloads(before, payloads) != 1) {
      return -1;
    }
    Scalar part = new Scalar();
    values.part(before, value, 0, payloads[0], part);
    int arguments = graph.edge(graph.a(before) + 1);
    int place = values.libraryPlace(before);
    if (part.type == Scalar.Type.OTHER || place < 0 || graph.firstChunk(graph.b(before)) >= 0) {
      return -1;
    }
    int[] members = new int[graph.b(arguments)];
    for (int i = 0; i < members.length; i++) {
      members[i] = graph.edge(graph.a(arguments) + i);
    }
    members[place] = payload(part, payloads[0]);
    int made = nodes.tuple(members);
    int first = nodes.edge(graph.edge(graph.a(before)));
    nodes.edge(made);
    return nodes.node(graph.op(before), first, GraphBuilder.NO_CHUNK);
  }

  /** A part in the form that the node before has. */
  private int payload(Scalar part, int before) {
    if (part.type == Scalar.Type.INT) {
      return nodes.integer(part.isBig ? part.big : BigInteger.valueOf(part.number));
    }
    Kind kind = graph.kind(before);
    byte[] bytes = copy(part);
    if (kind != Kind.STR) {
      return nodes.text(kind, bytes);
    }
    String characters = new String(bytes, StandardCharsets.UTF_8);
    return encoded(characters.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] copy(Scalar value) {
    return java.util.Arrays.copyOfRange(value.bytes, value.offset, value.offset + value.length);
  }

  private int state(Scalar value) {
    if (isPython2) {
      return nodes.text(Kind.PY2_STR, TimeBytes.of(value));
    }
    return protocol < 3
        ? encoded(TimeBytes.of(value))
        : nodes.text(Kind.BYTES, TimeBytes.of(value));
  }

  /** Bytes as Python 3 writes them for protocols that have none. */
  int encoded(byte[] bytes) {
    if (bytes.length == 0) {
      int none = nodes.tuple();
      int at = nodes.edge(nodes.global("__builtin__\nbytes"));
      nodes.edge(none);
      return nodes.node(Op.REDUCE_BYTES, at, GraphBuilder.NO_CHUNK);
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int first = nodes.text(Kind.STR, text.getBytes(StandardCharsets.UTF_8));
    int second = nodes.text(Kind.STR, "latin1".getBytes(StandardCharsets.UTF_8));
    int callable = nodes.global("_codecs\nencode");
    int arguments = nodes.tuple(first, second);
    int at = nodes.edge(callable);
    nodes.edge(arguments);
    return nodes.node(Op.REDUCE_BYTES, at, GraphBuilder.NO_CHUNK);
  }

  /**
   * A bytearray, written as another one is: before protocol 5 it is a call with bytes or, by Python
   * 2 and by Python 3 up to 3.7 for protocols before 3, with characters of latin-1.
   */
  private int byteArray(byte[] bytes, int like) {
    if (graph.op(like) == Op.BYTEARRAY8) {
      return nodes.text(Kind.BYTEARRAY, bytes);
    }
    int given = graph.edge(graph.a(like) + 1);
    int count = graph.op(given) == Op.EMPTY_TUPLE ? 0 : graph.b(given);
    boolean isOfText = count == 2 || (count == 0 && isPython2);
    int arguments;
    if (bytes.length == 0 && count < 2) {
      arguments = nodes.tuple();
    } else if (isOfText) {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      int encoding = count == 2 ? graph.edge(graph.a(given) + 1) : nodes.name("latin-1");
      arguments =
          nodes.tuple(nodes.text(Kind.STR, text.getBytes(StandardCharsets.UTF_8)), encoding);
    } else {
      arguments = nodes.tuple(protocol < 3 ? encoded(bytes) : nodes.text(Kind.BYTES, bytes));
    }
    int first = nodes.edge(graph.edge(graph.a(like)));
    nodes.edge(arguments);
    return nodes.node(Op.REDUCE_BYTEARRAY, first, GraphBuilder.NO_CHUNK);
  }

  /** A datetime of a zone that is there already. */
  private int instant(Scalar value, int zone) {
    return nodes.call("datetime", "datetime", state(value), zone);
  }

  private int duration(long micros) {
    long seconds = Math.floorDiv(micros, SECOND);
    return nodes.call(
        "datetime",
        "timedelta",
        nodes.integer(BigInteger.valueOf(Math.floorDiv(seconds, DAY))),
        nodes.integer(BigInteger.valueOf(Math.floorMod(seconds, DAY))),
        nodes.integer(BigInteger.valueOf(Math.floorMod(micros, SECOND))));
  }

  /** An object of the class, and what it keeps of a UUID: the number. */
  private int uuid(BigInteger number) {
    int type = nodes.global("uuid\nUUID");
    int object;
    if (protocol >= 2) {
      object = nodes.made(Op.NEWOBJ, type, nodes.tuple());
    } else {
      int base = nodes.global("__builtin__\nobject");
      int maker = nodes.global("copy_reg\n_reconstructor");
      object = nodes.made(Op.REDUCE_OBJECT, maker, nodes.tuple(type, base, nodes.none()));
    }
    nodes.build(object, nodes.dict(new int[] {nodes.name("int"), nodes.integer(number)}));
    return object;
  }

  /** {@code datetime.timezone.utc}. */
  private int utc() {
    int zero = nodes.integer(BigInteger.ZERO);
    return nodes.call(
        "datetime", "timezone", nodes.call("datetime", "timedelta", zero, zero, zero));
  }

  /** The result of calling a class with one argument, as {@code __reduce__} gives it. */
  private int made(String module, String name, int argument) {
    if (argument < 0) {
      return -1;
    }
    return nodes.call(module, name, argument);
  }
}
