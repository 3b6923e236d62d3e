package io.picklift.schema.frames;

import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.arrays.ArrayReader;
import io.picklift.schema.arrays.ElementType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a column's values, or the labels of an index, are kept in: arrays of numpy, and the arrays
 * of pandas that are made of them. Null stands for what is not known.
 */
final class ColumnArrays {
  /** Arrays of pandas are made around few others: an index around a category around an array. */
  private static final int DEEPEST = 8;

  private final ArrayReader arrays;
  private final Parts parts;
  private final ArrowColumns arrows;
  private final Map<Integer, Optional<ArrayReader.Array>> known = new HashMap<>();
  private int depth;

  ColumnArrays(Meaning meaning, ArrayReader arrays) {
    this.arrays = arrays;
    parts = new Parts(meaning);
    arrows = new ArrowColumns(parts);
  }

  /** The array of numpy that a node is. */
  ArrayReader.@Nullable Array array(int node) {
    return known.computeIfAbsent(node, at -> Optional.ofNullable(read(at))).orElse(null);
  }

  private ArrayReader.@Nullable Array read(int node) {
    ArrayReader.Form form = parts.isMade(node) ? arrays.form(node) : null;
    ArrayReader.Array array =
        form == null || form == ArrayReader.Form.SCALAR ? null : arrays.array(node, form);
    return array == null || !isWhole(array) ? null : array;
  }

  /** Whether all elements are there: rows are counted by shapes, which a pickle may make up. */
  private boolean isWhole(ArrayReader.Array array) {
    ElementType type = array.type();
    return type == null
        ? parts.size(array.data()) >= array.elements()
        : parts.length(array.data()) >= array.elements() * Math.max(1, type.size());
  }

  /**
   * The cells of one column of an array.
   *
   * @param column which; an array of one dimension has one
   */
  @Nullable FrameCells column(int node, int column) {
    if (depth == DEEPEST) {
      return null;
    }
    depth++;
    FrameCells cells = within(node, column);
    depth--;
    return cells;
  }

  private @Nullable FrameCells within(int node, int column) {
    ArrayReader.Array array = array(node);
    if (array != null) {
      return column(array, column, Parts.NONE);
    }
    if (isIndex(node)) {
      return index(node);
    }
    String name = parts.made(node);
    if (name.endsWith(".__pyx_unpickle_NDArrayBacked")) {
      return backed(node, column);
    }
    int state = parts.state(node);
    if (!name.startsWith("pandas.") || state < 0) {
      return null;
    }
    if (name.endsWith(".Categorical")) {
      int type = parts.entry(state, "_dtype");
      int values =
          type < 0
              ? parts.entry(state, "_categories")
              : parts.entry(parts.state(type), "categories", "_categories");
      return coded(parts.entry(state, "_codes", "_ndarray"), values);
    }
    if (name.endsWith(".DatetimeArray") || name.endsWith(".TimedeltaArray")) {
      ArrayReader.Array data = array(parts.entry(state, "_data", "_ndarray"));
      return data == null ? null : column(data, column, zone(parts.entry(state, "_dtype")));
    }
    if (name.endsWith(".StringArray") || name.endsWith(".PandasArray")) {
      return column(parts.entry(state, "_ndarray"), column);
    }
    int arrow = arrows.array(name, state);
    return arrow < 0 ? masked(state) : arrows.cells(arrow);
  }

  private @Nullable FrameCells masked(int state) {
    FrameCells values = column(parts.entry(state, "_data"), 0);
    FrameCells mask = column(parts.entry(state, "_mask"), 0);
    return values instanceof FrameCells.Packed of && mask instanceof FrameCells.Packed by
        ? new FrameCells.Masked(of, by)
        : null;
  }

  /** Since pandas 1.3: a call of the class, and a state of its type, the array and attributes. */
  private @Nullable FrameCells backed(int node, int column) {
    int state = parts.state(node);
    boolean isFirst = array(parts.item(state, 0)) != null;
    int data = parts.item(state, isFirst ? 0 : 1);
    int type = parts.item(state, isFirst ? 1 : 0);
    String name = parts.name(parts.argument(node, 0));
    if (name.endsWith(".Categorical")) {
      return coded(data, parts.entry(parts.state(type), "categories", "_categories"));
    }
    ArrayReader.Array array = array(data);
    boolean isKnown =
        name.endsWith(".DatetimeArray")
            || name.endsWith(".TimedeltaArray")
            || name.endsWith(".StringArray")
            || name.endsWith(".PandasArray")
            || name.endsWith(".NumpyExtensionArray");
    return array == null || !isKnown ? null : column(array, column, zone(type));
  }

  private @Nullable FrameCells coded(int codes, int values) {
    FrameCells of = index(values);
    return of != null && column(codes, 0) instanceof FrameCells.Packed packed
        ? new FrameCells.Coded(packed, of, length(values))
        : null;
  }

  /** The zone of a type of pandas; -1 where it has none. */
  private int zone(int type) {
    int zone = parts.entry(parts.state(type), "tz", "_tz");
    return parts.isNone(zone) ? Parts.NONE : zone;
  }

  private static @Nullable FrameCells column(ArrayReader.Array array, int column, int zone) {
    int[] shape = array.shape();
    if (shape.length == 0 || shape.length > 2 || (shape.length == 2 && column >= shape[0])) {
      return null;
    }
    boolean isAcross = shape.length == 2 && array.isFortran();
    int rows = shape[shape.length - 1];
    int first = shape.length == 1 ? 0 : isAcross ? column : column * rows;
    int stride = isAcross ? shape[0] : 1;
    ElementType type = array.type();
    return type == null
        ? new FrameCells.Members(array.data(), first, stride)
        : new FrameCells.Packed(
            type, array.data(), first * type.size(), stride * type.size(), zone);
  }

  /** The labels of an index of one level. */
  @Nullable FrameCells index(int node) {
    int given = parts.argument(node, 1);
    if (!isIndex(node)) {
      return null;
    }
    int step = parts.entry(given, "step");
    int start = parts.entry(given, "start");
    if (parts.isNumber(step) && parts.isNumber(start)) {
      return new FrameCells.Range(parts.number(start), parts.number(step));
    }
    int data = parts.entry(given, "data");
    FrameCells cells = column(data, 0);
    int zone = parts.entry(given, "tz");
    return cells instanceof FrameCells.Packed packed && !parts.isNone(zone)
        ? new FrameCells.Packed(packed.type(), packed.data(), packed.start(), packed.stride(), zone)
        : cells;
  }

  /** Whether the labels of an index count, so that they take no bytes however many they are. */
  boolean isRange(int node) {
    return isIndex(node) && parts.isNumber(parts.entry(parts.argument(node, 1), "step"));
  }

  private boolean isIndex(int node) {
    return FrameReader.isIndex(parts.made(node));
  }

  /** How many labels an index has; -1 where that is not known. */
  int length(int node) {
    int given = parts.argument(node, 1);
    if (!isIndex(node)) {
      return Parts.NONE;
    }
    if (isRange(node)) {
      long start = parts.number(parts.entry(given, "start"));
      long step = parts.number(parts.entry(given, "step"));
      int stop = parts.entry(given, "stop");
      long count =
          step == 0 || !parts.isNumber(stop)
              ? 0
              : Math.floorDiv(parts.number(stop) - start + step - Long.signum(step), step);
      return (int) Math.max(0, Math.min(count, Integer.MAX_VALUE));
    }
    int codes = parts.item(parts.entry(given, "codes", "labels"), 0);
    return codes >= 0 ? rows(codes) : rows(parts.entry(given, "data"));
  }

  /** How many rows the values of a block have; -1 where that is not known. */
  int height(int node) {
    ArrayReader.Array array = array(node);
    boolean isTable = array != null && array.shape().length == 2;
    return isTable && array != null ? array.shape()[1] : rows(node);
  }

  private int rows(int node) {
    int at = node;
    ArrayReader.Array array = array(at);
    if (array == null && parts.isMade(at)) {
      int state = parts.state(at);
      int arrow = arrows.array(parts.made(at), state);
      if (arrow >= 0) {
        return arrows.length(arrow);
      }
      boolean isFirst = array(parts.item(state, 0)) != null;
      int inner = parts.item(state, isFirst ? 0 : 1);
      array = array(inner >= 0 ? inner : parts.entry(state, "_data", "_codes"));
    }
    return array == null || array.shape().length == 0 ? Parts.NONE : array.shape()[0];
  }

  /** The levels of the labels of rows. */
  List<Frame.Column> levels(int node) {
    int given = parts.argument(node, 1);
    int levels = parts.entry(given, "levels");
    int codes = parts.entry(given, "codes", "labels");
    if (levels < 0 || codes < 0) {
      return List.of(new Frame.Column(Frame.INDEX, index(node)));
    }
    List<Frame.Column> all = new ArrayList<>();
    for (int i = 0; i < parts.size(levels); i++) {
      FrameCells cells = coded(parts.item(codes, i), parts.item(levels, i));
      all.add(new Frame.Column(Frame.INDEX, cells));
    }
    return all;
  }
}
