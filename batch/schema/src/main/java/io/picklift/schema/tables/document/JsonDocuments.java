package io.picklift.schema.tables.document;

import io.picklift.codec.bytes.ByteOutput;
import io.picklift.codec.meaning.Attributes;
import io.picklift.codec.meaning.Contents;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.MemberVisitor;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.text.Utf8;
import io.picklift.schema.arrays.ArrayReader;
import io.picklift.schema.tables.values.CellText;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.text.PlacePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Values as the documents of a JSON column. A document gives values by path; which container and in
 * which order is the graph's. Without recursion.
 */
public final class JsonDocuments implements MemberVisitor {
  /** MySQL takes documents of a hundred levels. */
  private static final int DEEPEST = 90;

  /** Values that refer to each other can make a long document of few bytes. */
  private static final int LONGEST = 1 << 24;

  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final long EXACT = 1L << 53;

  private final MappingWalk walk;
  private final Meaning meaning;
  private final SaveGraph graph;
  private final NodeValueReader values;
  private final JsonFormValues forms;
  private final Scalar scalar = new Scalar();

  private final int[] containers = new int[DEEPEST];
  private final long[] spans = new long[DEEPEST];
  private final int[] positions = new int[DEEPEST];
  private final boolean[] objects = new boolean[DEEPEST];
  private int depth;

  /** Why there is no document. */
  private String problem = "";

  /** What {@link #open} gave for the members of an object. */
  private int held;

  /**
   * What a document shows of a value that has members.
   *
   * @param holder the node that has them
   * @param span of them, of keys and values where they are pairs
   * @param isHiding whether it has others that the document does not show
   */
  public record Held(int holder, long span, boolean isKeyed, boolean isHiding) {}

  /** What a value holds, wherever it stands; null where a document shows one value for it. */
  public @Nullable Held held(int node) {
    ArrayReader.Array array = values.array(node);
    if (array != null && array.type() != null) {
      return null;
    }
    depth = 0;
    isHiding = false;
    int container = container(node);
    return container < 0 ? null : new Held(container, spans[0], objects[0], isHiding);
  }

  /** Counts what an object holds beside its attributes. */
  private final MemberVisitor counting =
      new MemberVisitor() {
        @Override
        public void items(int holder, long items) {
          members += MemberSpan.count(items);
        }

        @Override
        public void pairs(int holder, long pairs) {
          members += MemberSpan.count(pairs);
        }
      };

  private int members;

  /**
   * Whether the container at hand is an object with attributes and members, shown by the former.
   */
  private boolean isHiding;

  private ByteOutput out = new ByteOutput();

  public JsonDocuments(MappingWalk walk, Meaning meaning, NodeValueReader values) {
    this.walk = walk;
    this.meaning = meaning;
    this.graph = meaning.graph();
    this.values = values;
    forms = new JsonFormValues(meaning);
  }

  /** How many values of all documents so far are shown by their name alone. */
  public int cut() {
    return forms.cut();
  }

  /** What is told of a document's values, in its order. */
  public interface Leaves {
    /**
     * A value at the path that {@code path} gives, None among them.
     *
     * @param exact whether the document holds it exactly
     */
    void leaf(int node, boolean exact);

    /** A value whose members follow. */
    default void container(int node) {}

    /** That it is shown as an array of these members. */
    default void array(int node, long members) {}

    /** A value whose attributes follow, and whose members the document does not show. */
    default void hidden(int node) {}
  }

  /**
   * Writes a value's document.
   *
   * @return null where it cannot be one
   */
  public byte @Nullable [] document(int root, Leaves leaves) {
    out = new ByteOutput();
    depth = 0;
    if (!value(root, leaves)) {
      return null;
    }
    while (depth > 0) {
      int top = depth - 1;
      int at = positions[top];
      if (at >= MemberSpan.count(spans[top])) {
        out.put(objects[top] ? '}' : ']');
        depth--;
        continue;
      }
      if (at > 0) {
        out.put(',');
      }
      int start = MemberSpan.start(spans[top]) + at;
      int member = meaning.member(start);
      positions[top]++;
      if (objects[top]) {
        positions[top]++;
        if (!key(member)) {
          return null;
        }
        member = meaning.member(start + 1);
      }
      if (!value(member, leaves)) {
        return null;
      }
      if (out.size() > LONGEST) {
        problem = "more than " + (LONGEST >> 20) + " MB by here";
        return null;
      }
    }
    return out.toArray();
  }

  private boolean value(int node, Leaves leaves) {
    ArrayReader.Array array = values.array(node);
    if (array != null && array.type() != null) {
      boolean isWhole = new ArrayDocument(meaning, array, out, LONGEST).write();
      if (isWhole) {
        leaves.leaf(node, false);
      } else {
        leaf(node, leaves);
      }
      return true;
    }
    isHiding = false;
    int container = container(node);
    if (container < 0) {
      leaf(node, leaves);
      return true;
    }
    if (depth == DEEPEST) {
      problem = "more than " + DEEPEST + " levels";
      return false;
    }
    leaves.container(node);
    if (!objects[depth]) {
      leaves.array(node, spans[depth]);
    }
    if (isHiding) {
      leaves.hidden(node);
    }
    containers[depth] = container;
    positions[depth] = 0;
    out.put(objects[depth] ? '{' : '[');
    depth++;
    return true;
  }

  /**
   * Prepares {@link #spans} and {@link #objects} for what {@code node} holds.
   *
   * @return the node whose members they are; -1 where the document shows a single value for it
   */
  private int container(int node) {
    switch (graph.kind(node)) {
      case LIST, TUPLE, SET, FROZENSET -> {
        return open(node, meaning.itemSpan(node), false);
      }
      case DICT -> {
        return pairsOf(node, meaning.itemSpan(node));
      }
      case OBJECT, CALL -> {
        WellKnown known = meaning.wellKnown(node);
        if (known instanceof WellKnown.Container container) {
          return container.isKeyed()
              ? pairsOf(node, container.members())
              : open(node, container.members(), false);
        } else if (known != null) {
          return -1;
        }
        ArrayReader.Array array = values.array(node);
        if (array != null && array.shape().length == 1) {
          // Of objects: a list of them.
          return open(array.data(), meaning.itemSpan(array.data()), false);
        }
        int argument = walk.argument(node);
        if (argument >= 0) {
          return container(argument);
        }
        if (walk.isEarlier()) {
          return attributesOf(node);
        }
        long places = meaning.contents().places(node);
        if (places != Contents.NO_PLACES) {
          return open(node, places, false);
        }
        Attributes attributes = meaning.attributes();
        boolean hasNames = attributes.form(node) == Attributes.Form.DICT;
        if (hasNames && MemberSpan.count(attributes.dictPairs(node)) > 0) {
          members = 0;
          meaning.contents().visit(node, counting);
          isHiding = members > 0;
          return pairsOf(attributes.state(node), attributes.dictPairs(node));
        }
        held = -1;
        meaning.contents().visit(node, this);
        if (held >= 0) {
          return held;
        }
        return attributesOf(node);
      }
      default -> {
        return -1;
      }
    }
  }

  private int attributesOf(int node) {
    Attributes attributes = meaning.attributes();
    if (attributes.form(node) == Attributes.Form.DICT) {
      return pairsOf(attributes.state(node), attributes.dictPairs(node));
    }
    walk.needStates(node);
    return -1;
  }

  /**
   * What an object that is a container holds: the same as a plain one. An object or call to which
   * nothing was appended need not be one.
   */
  @Override
  public void items(int holder, long items) {
    boolean isMade = graph.kind(holder) == Kind.OBJECT || graph.kind(holder) == Kind.CALL;
    if (MemberSpan.count(items) > 0 || !isMade) {
      held = open(holder, items, false);
    }
  }

  @Override
  public void pairs(int holder, long pairs) {
    held = pairsOf(holder, pairs);
  }

  private int pairsOf(int node, long pairs) {
    walk.needKeys(node, pairs);
    int start = MemberSpan.start(pairs);
    boolean text = true;
    boolean whole = true;
    for (int i = start; i < start + MemberSpan.count(pairs); i += 2) {
      int key = meaning.member(i);
      text &= meaning.isText(key);
      whole &= graph.kind(key) == Kind.INT && meaning.fitsLong(key);
    }
    return text || whole ? open(node, pairs, true) : -1;
  }

  private int open(int node, long span, boolean object) {
    for (int i = 0; i < depth; i++) {
      if (containers[i] == node) {
        return -1;
      }
    }
    if (depth < DEEPEST) {
      spans[depth] = span;
      objects[depth] = object;
    }
    return node;
  }

  private boolean key(int node) {
    if (graph.kind(node) == Kind.INT) {
      out.put('"');
      ascii(Long.toString(meaning.longValue(node)));
      out.put('"');
    } else {
      values.read(node, scalar);
      if (!Utf8.isStrict(scalar.bytes, scalar.offset, scalar.length)) {
        problem = "a key that is no Unicode";
        return false;
      }
      string(scalar.bytes, scalar.offset, scalar.length);
    }
    out.put(':');
    return true;
  }

  private void leaf(int node, Leaves leaves) {
    values.read(node, scalar);
    boolean exact = true;
    switch (scalar.type) {
      case NONE -> out.put(NULL, 0, NULL.length);
      case BOOL -> ascii(scalar.number == 1 ? "true" : "false");
      case INT -> {
        exact = !scalar.isBig;
        if (exact) {
          ascii(Long.toString(scalar.number));
        } else {
          other(node);
        }
      }
      case FLOAT -> {
        exact = isExact(scalar.real);
        if (Double.isFinite(scalar.real)) {
          ascii(Double.toString(scalar.real));
        } else {
          other(node);
        }
      }
      case TEXT -> {
        exact = Utf8.isStrict(scalar.bytes, scalar.offset, scalar.length);
        if (exact) {
          string(scalar.bytes, scalar.offset, scalar.length);
        } else {
          surrogates(node);
        }
      }
      case DATETIME, INSTANT, DATE, TIME, DECIMAL, UUID -> {
        exact = false;
        byte[] text = CellText.of(scalar).getBytes(StandardCharsets.US_ASCII);
        string(text, 0, text.length);
      }
      case BYTES, DURATION, OTHER -> {
        exact = false;
        other(node);
      }
    }
    leaves.leaf(node, exact);
  }

  /** What JSON has no type for. Residues of old say null, whose documents are compared. */
  private void other(int node) {
    byte[] form = values.isKnown() ? forms.of(node) : NULL;
    out.put(form, 0, form.length);
  }

  /** Text that is no Unicode: its bytes. */
  private void surrogates(int node) {
    if (values.isKnown()) {
      byte[] bytes = Arrays.copyOfRange(scalar.bytes, scalar.offset, scalar.offset + scalar.length);
      ascii("{\"$str\": \"" + Base64.getEncoder().encodeToString(bytes) + "\"}");
    } else {
      other(node);
    }
  }

  /**
   * MySQL's JSON parser is not always exact in the last bit of a number's fraction, so only numbers
   * whose digits are few are left to it.
   */
  public static boolean isExact(double value) {
    if (!Double.isFinite(value)
        || Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(-0.0)) {
      return false;
    }
    double scaled = value * 1_000_000;
    return Math.abs(scaled) < EXACT && scaled == Math.rint(scaled) && scaled / 1_000_000 == value;
  }

  private void ascii(String text) {
    ascii(out, text);
  }

  private static void ascii(ByteOutput out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    out.put(bytes, 0, bytes.length);
  }

  private void string(byte[] utf8, int offset, int length) {
    string(out, utf8, offset, length);
  }

  static void string(ByteOutput out, byte[] utf8, int offset, int length) {
    out.put('"');
    int run = offset;
    for (int i = offset; i < offset + length; i++) {
      int c = utf8[i];
      if (c == '"' || c == '\\' || (c >= 0 && c < ' ')) {
        out.put(utf8, run, i - run);
        run = i + 1;
        ascii(out, c >= ' ' ? "\\" + (char) c : String.format(java.util.Locale.ROOT, "\\u%04x", c));
      }
    }
    out.put(utf8, run, offset + length - run);
    out.put('"');
  }

  /** Why {@link #document} gave none. */
  String problem() {
    return problem;
  }

  /** The keys and places that lead from the document's root to the value at hand. */
  Object[] path() {
    Object[] path = new Object[depth];
    for (int i = 0; i < depth; i++) {
      path[i] = step(i);
    }
    return path;
  }

  /**
   * The path of the value at hand.
   *
   * @param document the path of the document's root
   */
  public String path(String document) {
    StringBuilder path = new StringBuilder(document);
    for (Object step : path()) {
      if (step instanceof Integer place) {
        path.append('[').append(place).append(']');
      } else {
        PlacePath.appendMember(path, String.valueOf(step));
      }
    }
    return path.toString();
  }

  /** How many containers the value at hand stands in. */
  int depth() {
    return depth;
  }

  /** The key or place of the value at hand in the container that it stands in. */
  Object step() {
    return step(depth - 1);
  }

  private Object step(int level) {
    if (!objects[level]) {
      return positions[level] - 1;
    }
    return keyText(meaning.member(MemberSpan.start(spans[level]) + positions[level] - 2));
  }

  /** The index among the members of the graph of the value at hand; -1 where it is the root. */
  public int place() {
    return depth == 0 ? -1 : MemberSpan.start(spans[depth - 1]) + positions[depth - 1] - 1;
  }

  private String keyText(int node) {
    return graph.kind(node) == Kind.INT
        ? Long.toString(meaning.longValue(node))
        : meaning.text(node);
  }

  /** For tests: how deep a document may be. */
  static int deepest() {
    return DEEPEST;
  }

  @Override
  public String toString() {
    return "JsonCells" + Arrays.toString(path());
  }
}
