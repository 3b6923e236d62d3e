package io.picklift.schema.frames;

import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.arrays.ArrayReader;
import io.picklift.schema.arrays.ElementValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The block managers of pandas, which keep the columns of one type together: since 1.3 a call with
 * its blocks and axes, before that an object with a state that lists them.
 */
final class BlockReader {
  /** Beyond that nobody asks for a column of its own. */
  private static final int MOST_COLUMNS = 20_000;

  /** So many rows are taken on trust where nothing but labels that count tells how many. */
  private static final int MOST_UNTOLD = 10_000;

  private static final String LAYOUT = "0.14.1";

  private final Meaning meaning;
  private final Parts parts;
  private final ColumnArrays columns;

  BlockReader(Meaning meaning, ColumnArrays columns) {
    this.meaning = meaning;
    this.columns = columns;
    parts = new Parts(meaning);
  }

  /** Columns that are kept together, and which of the table's columns these are. */
  private record Block(int values, int places) {}

  /** The table of a manager of one axis; null where it is of no layout that is known. */
  @Nullable Frame series(int manager) {
    List<Block> blocks = blocks(manager);
    int index = axis(manager, 0);
    if (blocks.size() != 1 || index < 0) {
      return null;
    }
    int values = blocks.get(0).values();
    int rows = rows(index, blocks);
    FrameCells cells = columns.column(values, 0);
    return rows < 0
        ? null
        : new Frame(rows, List.of(new Frame.Column(Frame.VALUE, cells)), columns.levels(index));
  }

  /** The same of two axes. */
  @Nullable Frame table(int manager) {
    int labels = axis(manager, 0);
    int index = axis(manager, 1);
    int count = labels < 0 ? -1 : columns.length(labels);
    List<Block> blocks = blocks(manager);
    int rows = index < 0 ? Parts.NONE : rows(index, blocks);
    if (count < 0 || rows < 0 || count > MOST_COLUMNS) {
      return null;
    }
    @Nullable FrameCells[] cells = new FrameCells[count];
    for (Block block : blocks) {
      int[] places = places(block.places());
      for (int i = 0; places != null && i < places.length; i++) {
        if (places[i] >= 0 && places[i] < count) {
          cells[places[i]] = columns.column(block.values(), i);
        }
      }
    }
    @Nullable String[] names = labels(labels, count);
    List<Frame.Column> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new Frame.Column(names[i], cells[i]));
    }
    return new Frame(rows, all, columns.levels(index));
  }

  /** How many rows there are; -1 where that is not known. */
  private int rows(int index, List<Block> blocks) {
    int tallest = Parts.NONE;
    for (Block block : blocks) {
      tallest = Math.max(tallest, columns.height(block.values()));
    }
    int labels = columns.length(index);
    if (labels < 0) {
      return tallest;
    }
    boolean isTold = !columns.isRange(index) || labels <= Math.max(tallest, MOST_UNTOLD);
    return isTold ? labels : Parts.NONE;
  }

  private int axis(int manager, int axis) {
    int axes = axes(manager);
    return parts.isList(axes)
        ? parts.item(axes, axis)
        // A manager of one block has the one axis itself.
        : axis == 0 && parts.isMade(axes) ? axes : Parts.NONE;
  }

  private int axes(int manager) {
    int state = parts.state(manager);
    int listed = parts.entry(parts.item(state, 3), LAYOUT);
    return listed >= 0 ? parts.entry(listed, "axes") : parts.argument(manager, 1);
  }

  private List<Block> blocks(int manager) {
    List<Block> blocks = new ArrayList<>();
    int listed = parts.entry(parts.item(parts.state(manager), 3), LAYOUT);
    if (listed >= 0) {
      int all = parts.entry(listed, "blocks");
      for (int i = 0; i < parts.size(all); i++) {
        int block = parts.item(all, i);
        blocks.add(new Block(parts.entry(block, "values"), parts.entry(block, "mgr_locs")));
      }
      return blocks;
    }
    int given = parts.argument(manager, 0);
    if (parts.isList(given)) {
      for (int i = 0; i < parts.size(given); i++) {
        add(parts.item(given, i), blocks);
      }
    } else {
      add(given, blocks);
    }
    return blocks;
  }

  private void add(int block, List<Block> blocks) {
    if (parts.made(block).endsWith("._unpickle_block")) {
      blocks.add(new Block(parts.argument(block, 0), parts.argument(block, 1)));
    }
  }

  /** Which columns a block has: a slice, or an array of numbers. */
  private int @Nullable [] places(int node) {
    if (parts.made(node).equals("builtins.slice")) {
      int start = parts.argument(node, 0);
      int stop = parts.argument(node, 1);
      int step = parts.argument(node, 2);
      if (!parts.isNumber(start) || !parts.isNumber(stop)) {
        return null;
      }
      long by = parts.isNumber(step) ? parts.number(step) : 1;
      long from = parts.number(start);
      long count = by <= 0 ? 0 : (parts.number(stop) - from + by - 1) / by;
      if (count < 0 || count > MOST_COLUMNS || from < 0 || from > MOST_COLUMNS) {
        return null;
      }
      int[] places = new int[(int) count];
      for (int i = 0; i < places.length; i++) {
        places[i] = (int) Math.min(from + i * by, Integer.MAX_VALUE);
      }
      return places;
    }
    long[] numbers = numbers(columns.column(node, 0), columns.array(node));
    return numbers == null
        ? null
        : Arrays.stream(numbers)
            .mapToInt(number -> number < 0 || number > MOST_COLUMNS ? -1 : (int) number)
            .toArray();
  }

  private long @Nullable [] numbers(@Nullable FrameCells cells, ArrayReader.@Nullable Array array) {
    if (array == null
        || array.shape().length != 1
        || !(cells instanceof FrameCells.Packed packed)
        || (packed.type().kind() != 'i' && packed.type().kind() != 'u')
        || array.elements() > MOST_COLUMNS) {
      return null;
    }
    byte[] bytes = meaning.bytes(packed.data());
    long[] numbers = new long[(int) array.elements()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = ElementValues.whole(packed.type(), bytes, packed.at(i));
    }
    return numbers;
  }

  /** The labels of columns; those of several levels are joined by dots. */
  private @Nullable String[] labels(int index, int count) {
    int levels = parts.entry(parts.argument(index, 1), "levels");
    if (parts.size(levels) == 0) {
      return ofOneLevel(index, count);
    }
    @Nullable String[] labels = new String[count];
    int codes = parts.entry(parts.argument(index, 1), "codes", "labels");
    for (int level = 0; level < parts.size(levels); level++) {
      int of = parts.item(levels, level);
      int known = Math.max(0, columns.length(of));
      @Nullable String[] names = ofOneLevel(of, Math.min(known, MOST_COLUMNS));
      int code = parts.item(codes, level);
      long[] numbers = numbers(columns.column(code, 0), columns.array(code));
      for (int i = 0; i < count; i++) {
        boolean isThere =
            numbers != null && i < numbers.length && numbers[i] >= 0 && numbers[i] < names.length;
        String name = isThere && numbers != null ? names[(int) numbers[i]] : null;
        String before = labels[i];
        labels[i] =
            name == null ? null : level == 0 ? name : before == null ? null : before + "." + name;
      }
    }
    return labels;
  }

  private @Nullable String[] ofOneLevel(int index, int count) {
    @Nullable String[] labels = new String[count];
    int data = parts.entry(parts.argument(index, 1), "data");
    FrameCells cells = columns.index(index);
    if (cells instanceof FrameCells.Range range) {
      for (int i = 0; i < count; i++) {
        labels[i] = Long.toString(range.start() + i * range.step());
      }
    } else if (cells instanceof FrameCells.Members members) {
      for (int i = 0; i < count; i++) {
        int label = parts.item(members.list(), members.start() + i * members.stride());
        labels[i] =
            parts.isText(label)
                ? parts.text(label)
                : parts.isNumber(label) ? Long.toString(parts.number(label)) : null;
      }
    } else {
      long[] numbers = numbers(cells, columns.array(data));
      for (int i = 0; numbers != null && i < Math.min(count, numbers.length); i++) {
        labels[i] = Long.toString(numbers[i]);
      }
    }
    return labels;
  }
}
