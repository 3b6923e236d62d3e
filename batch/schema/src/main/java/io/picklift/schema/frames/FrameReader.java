package io.picklift.schema.frames;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.arrays.ArrayReader;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tables of pandas and numpy in one graph. It looks at structure, names, types and labels
 * alone, never at a cell, so that it finds the same in a graph whose values were taken out; the
 * nodes that it looks at must stay there: {@link #structure}.
 */
public final class FrameReader {
  private final Meaning meaning;
  private final SaveGraph graph;
  private final Parts parts;
  private final BlockReader blocks;
  private final ColumnArrays columns;
  private final StructuredArrays structured;
  private final Map<Integer, Optional<Frame>> known = new HashMap<>();

  /** By the node of a callable whether it makes such tables. */
  private final Map<Integer, Boolean> makers = new HashMap<>();

  public FrameReader(Meaning meaning) {
    this.meaning = meaning;
    graph = meaning.graph();
    parts = new Parts(meaning);
    ArrayReader arrays = new ArrayReader(meaning);
    columns = new ColumnArrays(meaning, arrays);
    blocks = new BlockReader(meaning, columns);
    structured = new StructuredArrays(meaning, arrays);
  }

  /** Whether objects or calls of that name may be such tables. */
  public static boolean isMaker(String name) {
    return isTable(name) || isSeries(name) || isArray(name) || isIndex(name);
  }

  /** Whether calls of that name make the labels of a table, which may stand alone too. */
  public static boolean isIndex(String name) {
    return name.startsWith("pandas.")
        && (name.endsWith("._new_Index") || name.endsWith("._new_DatetimeIndex"));
  }

  private static boolean isTable(String name) {
    return name.startsWith("pandas.") && name.endsWith(".DataFrame");
  }

  private static boolean isSeries(String name) {
    return name.startsWith("pandas.") && name.endsWith(".Series");
  }

  private static boolean isArray(String name) {
    ArrayReader.Form form = ArrayReader.form(name);
    return form == ArrayReader.Form.STATE || form == ArrayReader.Form.BUFFER;
  }

  /** The table that a value is; null where it is none, or of a layout that is not known. */
  public @Nullable Frame frame(int node) {
    if (!parts.isMade(node)
        || !makers.computeIfAbsent(meaning.callable(node), at -> isMaker(parts.name(at)))) {
      return null;
    }
    return known.computeIfAbsent(node, at -> Optional.ofNullable(read(at))).orElse(null);
  }

  private @Nullable Frame read(int node) {
    String name = parts.made(node);
    if (isArray(name)) {
      return structured.read(node);
    }
    if (isIndex(name)) {
      return labels(node);
    }
    int manager = parts.entry(parts.state(node), "_mgr", "_data");
    if (manager < 0) {
      return null;
    }
    return isTable(name) ? blocks.table(manager) : blocks.series(manager);
  }

  /** Labels that stand alone; those that count have no cells. */
  private @Nullable Frame labels(int node) {
    int rows = columns.isRange(node) ? Parts.NONE : columns.length(node);
    List<Frame.Column> levels = rows < 0 ? List.of() : columns.levels(node);
    if (levels.size() == 1) {
      Frame.Column only = new Frame.Column(Frame.VALUE, levels.get(0).cells());
      return new Frame(rows, List.of(only), List.of());
    }
    return levels.isEmpty() ? null : new Frame(rows, List.of(), levels);
  }

  /**
   * Whether a member stands for a value that is not there: pandas has NA, NaT, and in columns of
   * objects nan. What it is by its value is asked where its value is.
   */
  public boolean isMissing(int node) {
    return switch (graph.kind(node)) {
      case NONE -> true;
      case GLOBAL ->
          meaning.globalName(node).startsWith("pandas.") && meaning.globalName(node).endsWith("NA");
      case FLOAT -> Double.isNaN(meaning.floatValue(node));
      case CALL -> parts.made(node).endsWith("._nat_unpickle");
      default -> false;
    };
  }

  /** The node of the bytes of a structured array; -1 for anything else. */
  public int structuredData(int node) {
    return structured.data(node);
  }

  /**
   * The nodes that tell where the cells of the tables are that were asked for, and what else these
   * are made of, apart from the cells.
   *
   * @param into structure, and the bytes of elements, whose lengths tell whether they are all there
   * @param data to which these bytes are added too, and marks of values that are not there
   */
  public void structure(BitSet into, BitSet data) {
    known.forEach((node, frame) -> frame.ifPresent(found -> structure(node, found, into, data)));
  }

  /** The nodes that a table is made of, without cells that are values of their own. */
  public void parts(int node, BitSet into) {
    Frame frame = frame(node);
    if (frame != null) {
      structure(node, frame, into, into);
    }
  }

  private void structure(int node, Frame frame, BitSet into, BitSet data) {
    Set<Integer> closed = new HashSet<>();
    frame.columns().forEach(column -> close(column.cells(), closed, into, data));
    frame.index().forEach(column -> close(column.cells(), closed, into, data));
    BitSet seen = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    open.add(node);
    while (!open.isEmpty()) {
      int at = open.remove();
      if (seen.get(at) || closed.contains(at)) {
        continue;
      }
      seen.set(at);
      into.set(at);
      switch (graph.kind(at)) {
        case LIST, TUPLE, SET, FROZENSET, DICT -> add(meaning.itemSpan(at), open);
        case OBJECT, CALL -> {
          add(meaning.argumentSpan(at), open);
          add(meaning.stateSpan(at), open);
        }
        case BYTES, BYTEARRAY -> {
          // At protocols that have no bytes they are written as text.
          if (graph.op(at) == Op.REDUCE_BYTES || graph.op(at) == Op.REDUCE_BYTEARRAY) {
            add(meaning.itemSpan(graph.edge(graph.a(at) + 1)), open);
          }
        }
        default -> {}
      }
    }
  }

  private void add(long span, Deque<Integer> open) {
    for (int i = 0; i < MemberSpan.count(span); i++) {
      open.add(meaning.member(MemberSpan.start(span) + i));
    }
  }

  private void close(int bytes, Set<Integer> closed, BitSet into, BitSet data) {
    if (bytes >= 0) {
      closed.add(bytes);
      into.set(bytes);
      data.set(bytes);
      if (graph.op(bytes) == Op.REDUCE_BYTEARRAY || graph.op(bytes) == Op.REDUCE_BYTES) {
        // What they are made of is no value beside them.
        long given = meaning.itemSpan(graph.edge(graph.a(bytes) + 1));
        for (int i = 0; i < MemberSpan.count(given); i++) {
          close(meaning.member(MemberSpan.start(given) + i), closed, into, data);
        }
      }
    }
  }

  private void close(@Nullable FrameCells cells, Set<Integer> closed, BitSet into, BitSet data) {
    if (cells instanceof FrameCells.Packed packed) {
      close(packed.data(), closed, into, data);
    } else if (cells instanceof FrameCells.Members members) {
      closed.add(members.list());
      long items = meaning.itemSpan(members.list());
      for (int i = 0; i < MemberSpan.count(items); i++) {
        int member = meaning.member(MemberSpan.start(items) + i);
        if (isMissing(member)) {
          data.set(member);
        }
      }
    } else if (cells instanceof FrameCells.Masked masked) {
      close(masked.values(), closed, into, data);
      close(masked.mask(), closed, into, data);
    } else if (cells instanceof FrameCells.Bits bits) {
      close(bits.data(), closed, into, data);
    } else if (cells instanceof FrameCells.Marked marked) {
      close(marked.values(), closed, into, data);
      close(marked.there(), closed, into, data);
    } else if (cells instanceof FrameCells.Spans spans) {
      close(spans.ends(), closed, into, data);
      close(spans.data(), closed, into, data);
    } else if (cells instanceof FrameCells.Chunks chunks) {
      chunks.parts().forEach(part -> close(part, closed, into, data));
    } else if (cells instanceof FrameCells.Coded coded) {
      close(coded.codes(), closed, into, data);
      if (!(coded.values() instanceof FrameCells.Members)) {
        close(coded.values(), closed, into, data);
      }
    }
  }
}
