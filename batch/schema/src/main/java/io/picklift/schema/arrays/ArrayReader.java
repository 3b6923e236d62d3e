package io.picklift.schema.arrays;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the calls that numpy pickles as say. Looks at names, structure, types and shapes alone, and
 * never at the bytes of the elements.
 */
public final class ArrayReader {
  /** What such a call makes. */
  public enum Form {
    SCALAR,
    /** An array that was made empty and given its elements as a state. */
    STATE,
    /** An array over the bytes of a buffer. */
    BUFFER
  }

  private static final Map<String, Form> NAMES =
      Map.of(
          "numpy.core.multiarray.scalar", Form.SCALAR,
          "numpy._core.multiarray.scalar", Form.SCALAR,
          "numpy.core.multiarray._reconstruct", Form.STATE,
          "numpy._core.multiarray._reconstruct", Form.STATE,
          "numpy.core.numeric._frombuffer", Form.BUFFER,
          "numpy._core.numeric._frombuffer", Form.BUFFER);

  private static final long MOST_ELEMENTS = Integer.MAX_VALUE;

  /**
   * An array.
   *
   * @param type null for an array of objects
   * @param isFortran whether the first index runs fastest
   * @param data the node of the elements' bytes, of objects their list
   */
  public record Array(@Nullable ElementType type, int[] shape, boolean isFortran, int data) {
    /** How many elements there are. */
    public long elements() {
      return Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
    }

    public String shapeText() {
      StringBuilder text = new StringBuilder();
      for (int size : shape) {
        text.append(text.isEmpty() ? "" : ",").append(size);
      }
      return text.toString();
    }
  }

  private final Meaning meaning;
  private final SaveGraph graph;
  private final Map<Integer, Optional<ElementType>> types = new HashMap<>();

  public ArrayReader(Meaning meaning) {
    this.meaning = meaning;
    graph = meaning.graph();
  }

  /** The form of calls of that name; null for any other. */
  public static @Nullable Form form(String name) {
    return name.startsWith("numpy.") ? NAMES.get(name) : null;
  }

  /** The node that tells the type of a scalar or array; -1 where there is none. */
  public int typeNode(int node, Form form) {
    return switch (form) {
      case SCALAR -> argument(node, 0, 2);
      case BUFFER -> argument(node, 1, 4);
      case STATE -> {
        int state = state(node);
        yield state < 0 ? -1 : item(state, 2);
      }
    };
  }

  /** The type of a scalar; null where it is not of a plain one. */
  public @Nullable ElementType scalar(int node) {
    int type = typeNode(node, Form.SCALAR);
    return type < 0 || !isBytes(argument(node, 1, 2)) ? null : type(type);
  }

  /** The node of a scalar's bytes. */
  public int scalarData(int node) {
    return argument(node, 1, 2);
  }

  /** An array; null where it is not of a layout that is known. */
  public @Nullable Array array(int node, Form form) {
    int state = form == Form.STATE ? state(node) : -1;
    if (form == Form.STATE && state < 0) {
      return null;
    }
    int shapeNode = state < 0 ? argument(node, 2, 4) : item(state, 1);
    int data = state < 0 ? argument(node, 0, 4) : item(state, 4);
    int[] shape = shape(shapeNode);
    int typeNode = typeNode(node, form);
    if (shape == null || typeNode < 0 || data < 0) {
      return null;
    }
    boolean isFortran = state < 0 ? isText(argument(node, 3, 4), "F") : isTrue(item(state, 3));
    if (graph.kind(data) == Kind.LIST && isObjects(typeNode)) {
      return new Array(null, shape, isFortran, data);
    }
    ElementType type = isBytes(data) ? type(typeNode) : null;
    return type == null ? null : new Array(type, shape, isFortran, data);
  }

  private boolean isTrue(int node) {
    return graph.kind(node) == Kind.BOOL
        ? meaning.isTrue(node)
        : graph.kind(node) == Kind.INT && meaning.longValue(node) != 0;
  }

  private boolean isText(int node, String text) {
    return meaning.isText(node) && meaning.text(node).equals(text);
  }

  private boolean isBytes(int node) {
    if (node < 0) {
      return false;
    }
    Kind kind = graph.kind(node);
    return kind == Kind.BYTES || kind == Kind.PY2_STR || kind == Kind.BYTEARRAY;
  }

  private int @Nullable [] shape(int node) {
    if (node < 0 || graph.kind(node) != Kind.TUPLE) {
      return null;
    }
    int[] items = meaning.items(node);
    int[] shape = new int[items.length];
    long elements = 1;
    for (int i = 0; i < items.length; i++) {
      boolean isNumber = graph.kind(items[i]) == Kind.INT && meaning.fitsLong(items[i]);
      long size = isNumber ? meaning.longValue(items[i]) : -1;
      if (size < 0 || size > MOST_ELEMENTS) {
        return null;
      }
      shape[i] = (int) size;
      elements = elements * Math.max(1, size);
      if (elements > MOST_ELEMENTS) {
        return null;
      }
    }
    return shape;
  }

  /** The type that a {@code numpy.dtype} is; null where it is no plain one. */
  public @Nullable ElementType elementType(int node) {
    return node < 0 ? null : type(node);
  }

  private @Nullable ElementType type(int node) {
    return types.computeIfAbsent(node, n -> Optional.ofNullable(read(n))).orElse(null);
  }

  private boolean isObjects(int node) {
    String name = typeName(node);
    return name != null && name.startsWith("O");
  }

  private @Nullable String typeName(int node) {
    boolean isType =
        graph.kind(node) == Kind.CALL
            && graph.kind(meaning.callable(node)) == Kind.GLOBAL
            && meaning.globalName(meaning.callable(node)).equals("numpy.dtype");
    int name = isType ? argument(node, 0, 3) : -1;
    return name >= 0 && meaning.isText(name) ? meaning.text(name) : null;
  }

  private @Nullable ElementType read(int node) {
    String name = typeName(node);
    int state = name == null ? -1 : state(node);
    if (name == null || !name.matches("[biufSUMm][0-9]{1,9}") || state < 0 || isCompound(state)) {
      return null;
    }
    char kind = name.charAt(0);
    int size = Integer.parseInt(name.substring(1)) * (kind == 'U' ? 4 : 1);
    boolean isTime = kind == 'M' || kind == 'm';
    boolean isKnown =
        switch (kind) {
          case 'b' -> size == 1;
          case 'i', 'u' -> size == 1 || size == 2 || size == 4 || size == 8;
          case 'f' -> size == 2 || size == 4 || size == 8;
          case 'M', 'm' -> size == 8;
          default -> true;
        };
    TimeUnits unit = isTime ? unit(state) : null;
    if (!isKnown || (isTime && unit == null)) {
      return null;
    }
    return new ElementType(kind, size, isText(item(state, 1), ">"), unit);
  }

  /** Whether it has fields, or is an array itself. */
  private boolean isCompound(int state) {
    for (int i = 2; i <= 4; i++) {
      int part = item(state, i);
      if (part < 0 || graph.kind(part) != Kind.NONE) {
        return true;
      }
    }
    return false;
  }

  private @Nullable TimeUnits unit(int state) {
    int metadata = item(state, 8);
    int unit = metadata < 0 || graph.kind(metadata) != Kind.TUPLE ? -1 : item(metadata, 1);
    if (unit < 0 || graph.kind(unit) != Kind.TUPLE) {
      return null;
    }
    int name = item(unit, 0);
    int count = item(unit, 1);
    if (!(isBytes(name) || meaning.isText(name)) || graph.kind(count) != Kind.INT) {
      return null;
    }
    String text = new String(meaning.bytes(name), java.nio.charset.StandardCharsets.ISO_8859_1);
    long number = meaning.longValue(count);
    return number > 0 && number < MOST_ELEMENTS && text.matches("[YMWDhms]|[munpfa]s")
        ? new TimeUnits(text, (int) number)
        : null;
  }

  /** The state, a tuple, of a call that was given one; else -1. */
  private int state(int node) {
    long states = meaning.stateSpan(node);
    int state = MemberSpan.count(states) == 1 ? meaning.member(MemberSpan.start(states)) : -1;
    return state >= 0 && graph.kind(state) == Kind.TUPLE ? state : -1;
  }

  private int argument(int node, int index, int count) {
    long arguments = meaning.argumentSpan(node);
    return MemberSpan.count(arguments) == count
        ? meaning.member(MemberSpan.start(arguments) + index)
        : -1;
  }

  private int item(int tuple, int index) {
    long items = meaning.itemSpan(tuple);
    return index < MemberSpan.count(items) ? meaning.member(MemberSpan.start(items) + index) : -1;
  }

  /** Whether a call is one of numpy's, by name. */
  public @Nullable Form form(int node) {
    int callable = meaning.callable(node);
    return graph.kind(callable) == Kind.GLOBAL && graph.op(callable) != Op.REDUCE_NAME
        ? form(meaning.globalName(callable))
        : null;
  }
}
