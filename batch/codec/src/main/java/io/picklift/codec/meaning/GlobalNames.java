package io.picklift.codec.meaning;

import io.picklift.codec.model.GlobalName;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.NameBytes;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.Python2Names;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.model.Scalars;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The names behind {@link Kind#GLOBAL} nodes; remembers those that are short, since a class is
 * named for each object.
 */
public final class GlobalNames {
  /**
   * Longer names are made each time they are asked for: a pickle can make many long ones of few
   * bytes.
   */
  private static final int LONGEST_KEPT = 512;

  /** The most bytes of heap that names which are kept may take: there are few classes in a save. */
  static final int MOST_KEPT = 1 << 23;

  /** What a name takes that is kept, beside its characters. */
  private static final int KEPT = 300;

  private static final int FIRST_CAPACITY = 16;

  private final SaveGraph graph;
  private final Scalars scalars;
  private final IntMap index = new IntMap();
  private final ValueHashTable lines = new ValueHashTable();
  private final IntMap byLine = new IntMap();
  private int keptCount;
  private int keptBytes;
  private NameBytes[] keptNames = new NameBytes[FIRST_CAPACITY];
  private GlobalName[] kept = new GlobalName[FIRST_CAPACITY];

  GlobalNames(SaveGraph graph, Scalars scalars) {
    this.graph = graph;
    this.scalars = scalars;
  }

  GlobalName name(int node) {
    int known = find(node);
    return known >= 0 ? kept[known] : make(node).decode();
  }

  NameBytes utf8(int node) {
    int known = find(node);
    return known >= 0 ? keptNames[known] : make(node);
  }

  /** Where the name is kept; -1 where it is too long for that. */
  private int find(int node) {
    int known = index.get(node);
    if (known >= 0) {
      return known;
    }
    int op = graph.op(node);
    boolean isFull = keptBytes > MOST_KEPT;
    int line = !isFull && Op.isSlice(op) && graph.b(node) <= LONGEST_KEPT ? line(op, node) : -1;
    known = line < 0 ? -1 : byLine.get(line);
    if (known < 0) {
      known = keep(make(node));
      if (known >= 0 && line >= 0) {
        byLine.put(line, known);
      }
    }
    if (known >= 0) {
      index.put(node, known);
    }
    return known;
  }

  /** A number of what the pickle says: old pickles name a class again for each object. */
  private int line(int op, int node) {
    int tag = isFixed(op) ? 1 : 0;
    return lines.bytes(tag, graph.source(), graph.a(node), graph.b(node));
  }

  private int keep(NameBytes name) {
    if (name.length() > LONGEST_KEPT || keptBytes > MOST_KEPT) {
      return -1;
    }
    keptBytes += KEPT + 4 * name.length();
    int size = keptCount++;
    if (size == kept.length) {
      kept = Arrays.copyOf(kept, size * 2);
      keptNames = Arrays.copyOf(keptNames, size * 2);
    }
    kept[size] = name.decode();
    keptNames[size] = name;
    return size;
  }

  private static boolean isFixed(int op) {
    return op == Op.GLOBAL_FIX || op == Op.STACK_GLOBAL_FIX || op == Op.INST_NAME_FIX;
  }

  private NameBytes make(int node) {
    return graph.op(node) == Op.REDUCE_NAME ? attribute(node) : plain(node);
  }

  /** {@code getattr(name, "attr")}, of which many may stand one in the other. */
  private NameBytes attribute(int node) {
    Deque<Integer> attributes = new ArrayDeque<>();
    int at = node;
    while (graph.op(at) == Op.REDUCE_NAME) {
      int args = graph.a(graph.edge(graph.a(at) + 1));
      attributes.push(graph.edge(args + 1));
      at = graph.edge(args);
    }
    NameBytes base = plain(at);
    ByteArrayOutputStream qualname = new ByteArrayOutputStream();
    qualname.writeBytes(base.qualname());
    for (int attribute : attributes) {
      qualname.write('.');
      qualname.writeBytes(scalars.bytes(attribute));
    }
    return new NameBytes(base.module(), qualname.toByteArray());
  }

  private NameBytes plain(int node) {
    int op = graph.op(node);
    NameBytes name;
    if (op == Op.STACK_GLOBAL || op == Op.STACK_GLOBAL_FIX) {
      name = new NameBytes(scalars.bytes(graph.a(node)), scalars.bytes(graph.b(node)));
    } else {
      byte[] source = graph.source();
      int start = graph.a(node);
      int end = start + graph.b(node);
      int line = start;
      while (source[line] != '\n') {
        line++;
      }
      name =
          new NameBytes(
              Arrays.copyOfRange(source, start, line), Arrays.copyOfRange(source, line + 1, end));
    }
    return isFixed(op) && isShortAscii(name.module()) ? mapped(name) : name;
  }

  /**
   * Whether the part of a name can be one of Python 2's own: they are short, ASCII, of one line.
   */
  private static boolean isShortAscii(byte[] part) {
    if (part.length > LONGEST_KEPT) {
      return false;
    }
    for (byte b : part) {
      if (b <= ' ') {
        return false;
      }
    }
    return true;
  }

  private static NameBytes mapped(NameBytes name) {
    String module = new String(name.module(), StandardCharsets.US_ASCII);
    if (!isShortAscii(name.qualname())) {
      // No name of Python 2's, but its module may be one.
      String mapped = Python2Names.mapModule(module);
      return new NameBytes(mapped.getBytes(StandardCharsets.US_ASCII), name.qualname());
    }
    String mapped =
        Python2Names.map(module + "\n" + new String(name.qualname(), StandardCharsets.US_ASCII));
    int end = mapped.indexOf('\n');
    return new NameBytes(
        mapped.substring(0, end).getBytes(StandardCharsets.US_ASCII),
        mapped.substring(end + 1).getBytes(StandardCharsets.US_ASCII));
  }

  /** Whether it is short and no attribute of another: what a well-known type's can be. */
  boolean isShort(int node) {
    int op = graph.op(node);
    return op != Op.REDUCE_NAME && nameLength(node, op) <= LONGEST_KEPT;
  }

  /** A number of a name that is kept; -1 of any other. */
  int number(int node) {
    return find(node);
  }

  private int nameLength(int node, int op) {
    return op == Op.STACK_GLOBAL || op == Op.STACK_GLOBAL_FIX
        ? Math.max(graph.b(graph.a(node)), graph.b(graph.b(node)))
        : graph.b(node);
  }
}
