package io.picklift.codec.pickle;

import io.picklift.codec.model.GraphBuilder;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.NodeText;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.Python2Names;
import io.picklift.codec.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which {@code REDUCE} is a plain value written the way of another protocol ({@code
 * proto/JSON.md}): names and arguments are compared, nothing is called.
 */
final class Folding {
  /** The most bytes a name that matters here has; longer ones are not looked at. */
  private static final int LONGEST_NAME = 400;

  private final GraphBuilder graph;
  private byte[] source = new byte[0];

  /** What was found of long texts, by node: a pickle may use one as often as it has bytes. */
  private final Map<Integer, Boolean> latin1 = new HashMap<>();

  private final Map<Integer, Boolean> texts = new HashMap<>();

  Folding(GraphBuilder graph) {
    this.graph = graph;
  }

  void reset(byte[] source) {
    this.source = source;
    latin1.clear();
    texts.clear();
  }

  /**
   * Adds the node of {@code callable(*args)}.
   *
   * @param args a tuple's node
   */
  int reduce(int callable, int args) {
    int op = fold(callable, args);
    int start = graph.edge(callable);
    graph.edge(args);
    int held = held(op);
    if (held >= 0) {
      int container = container(op, args);
      graph.edge(graph.countMembers(container, held == 1));
    }
    return graph.node(op, start, GraphBuilder.NO_CHUNK);
  }

  /** 0: holds a list's items, 1: a dict's pairs, -1: neither. */
  private static int held(int op) {
    return switch (op) {
      case Op.REDUCE_SET, Op.REDUCE_FROZENSET, Op.REDUCE_LIST_OBJECT -> 0;
      case Op.REDUCE_DICT_OBJECT, Op.REDUCE_NEWOBJ_EX -> 1;
      default -> -1;
    };
  }

  private int container(int op, int args) {
    return op == Op.REDUCE_SET || op == Op.REDUCE_FROZENSET ? argument(args, 0) : argument(args, 2);
  }

  /** The op of {@code callable(*args)}. */
  int fold(int callable, int args) {
    int op = graph.op(callable);
    if (op < Op.GLOBAL || op > Op.STACK_GLOBAL_FIX) {
      return Op.REDUCE;
    }
    if (op <= Op.GLOBAL_FIX && !mayFold(source[graph.a(callable)])) {
      return Op.REDUCE;
    }
    String name = name(callable);
    if (name == null) {
      return Op.REDUCE;
    }
    int count = graph.b(args);
    if (graph.op(args) == Op.EMPTY_TUPLE) {
      count = 0;
    }
    return switch (name) {
      case "_codecs\nencode" ->
          count == 2 && isLatin1(args, "latin1") ? Op.REDUCE_BYTES : Op.REDUCE;
      case "builtins\nbytes" -> count == 0 ? Op.REDUCE_BYTES : Op.REDUCE;
      case "builtins\nbytearray" -> isByteArray(args, count) ? Op.REDUCE_BYTEARRAY : Op.REDUCE;
      case "builtins\nset" -> count == 1 && kind(args, 0) == Kind.LIST ? Op.REDUCE_SET : Op.REDUCE;
      case "builtins\nfrozenset" ->
          count == 1 && kind(args, 0) == Kind.LIST ? Op.REDUCE_FROZENSET : Op.REDUCE;
      case "builtins\ngetattr" -> isName(args, count) ? Op.REDUCE_NAME : Op.REDUCE;
      case "copyreg\n_reconstructor" -> count == 3 ? reconstructor(args) : Op.REDUCE;
      case "copyreg\n__newobj__" ->
          count >= 1 && isCallable(kind(args, 0)) ? Op.REDUCE_NEWOBJ : Op.REDUCE;
      case "copyreg\n__newobj_ex__" ->
          count == 3
                  && isCallable(kind(args, 0))
                  && kind(args, 1) == Kind.TUPLE
                  && kind(args, 2) == Kind.DICT
              ? Op.REDUCE_NEWOBJ_EX
              : Op.REDUCE;
      default -> Op.REDUCE;
    };
  }

  /** Whether a value may stand as a class or be called: {@code proto/DECODING.md}. */
  static boolean isCallable(Kind kind) {
    return switch (kind) {
      case GLOBAL, OBJECT, CALL, PERSID, EXT -> true;
      default -> false;
    };
  }

  private static boolean mayFold(byte first) {
    return first == '_' || first == 'b' || first == 'c';
  }

  private int reconstructor(int args) {
    if (!isCallable(kind(args, 0)) || kind(args, 1) != Kind.GLOBAL) {
      return Op.REDUCE;
    }
    String base = name(argument(args, 1));
    if (base == null || !base.startsWith("builtins\n")) {
      return Op.REDUCE;
    }
    Kind value = kind(args, 2);
    return switch (base) {
      case "builtins\nobject" -> value == Kind.NONE ? Op.REDUCE_OBJECT : Op.REDUCE;
      case "builtins\nlist" -> value == Kind.LIST ? Op.REDUCE_LIST_OBJECT : Op.REDUCE;
      case "builtins\ndict" -> value == Kind.DICT ? Op.REDUCE_DICT_OBJECT : Op.REDUCE;
      default -> Op.REDUCE_BASE_OBJECT;
    };
  }

  private boolean isByteArray(int args, int count) {
    return switch (count) {
      case 0 -> true;
      case 1 -> kind(args, 0) == Kind.BYTES;
      case 2 -> isLatin1(args, "latin-1");
      default -> false;
    };
  }

  /** Whether the arguments are text that Latin-1 can hold and the encoding's name. */
  private boolean isLatin1(int args, String encoding) {
    int given = argument(args, 1);
    byte[] name = graph.b(given) > LONGEST_NAME ? null : text(given);
    if (name == null || !new String(name, StandardCharsets.ISO_8859_1).equals(encoding)) {
      return false;
    }
    int node = argument(args, 0);
    return graph.b(node) > LONGEST_NAME
        ? latin1.computeIfAbsent(node, this::isLatin1)
        : isLatin1(node);
  }

  private boolean isLatin1(int node) {
    byte[] text = text(node);
    if (text == null) {
      return false;
    }
    for (byte b : text) {
      // U+00FF is c3 bf: no text of Latin-1 has a first byte beyond c3.
      if ((b & 0xff) > 0xc3) {
        return false;
      }
    }
    return true;
  }

  private boolean isName(int args, int count) {
    return count == 2 && kind(args, 0) == Kind.GLOBAL && isText(argument(args, 1));
  }

  /** Whether a value counts as text. */
  boolean isText(int node) {
    return switch (Op.kind(graph.op(node))) {
      case STR -> true;
      case PY2_STR ->
          graph.b(node) > LONGEST_NAME
              ? texts.computeIfAbsent(node, n -> text(n) != null)
              : text(node) != null;
      default -> false;
    };
  }

  private int argument(int args, int index) {
    return graph.edgeAt(graph.a(args) + index);
  }

  private Kind kind(int args, int index) {
    return Op.kind(graph.op(argument(args, index)));
  }

  /** The UTF-8 of a value that counts as text; null for any other. */
  private byte @Nullable [] text(int node) {
    Kind kind = Op.kind(graph.op(node));
    if (kind != Kind.STR && kind != Kind.PY2_STR) {
      return null;
    }
    byte[] bytes = NodeText.bytes(source, graph.op(node), graph.a(node), graph.b(node));
    boolean ok = bytes != null && (kind == Kind.STR || Utf8.isStrict(bytes, 0, bytes.length));
    return ok ? bytes : null;
  }

  /** {@code module\nqualname} after the mapping from Python 2; null where it cannot matter here. */
  private @Nullable String name(int global) {
    int op = graph.op(global);
    boolean fix = op == Op.GLOBAL_FIX || op == Op.STACK_GLOBAL_FIX;
    String name;
    if (op == Op.GLOBAL || op == Op.GLOBAL_FIX) {
      if (graph.b(global) > LONGEST_NAME) {
        return null;
      }
      name = new String(source, graph.a(global), graph.b(global), StandardCharsets.UTF_8);
    } else if (op == Op.STACK_GLOBAL || op == Op.STACK_GLOBAL_FIX) {
      if (graph.b(graph.a(global)) > LONGEST_NAME || graph.b(graph.b(global)) > LONGEST_NAME) {
        return null;
      }
      byte[] module = text(graph.a(global));
      byte[] qualname = text(graph.b(global));
      if (module == null || qualname == null) {
        return null;
      }
      name =
          new String(module, StandardCharsets.UTF_8)
              + "\n"
              + new String(qualname, StandardCharsets.UTF_8);
    } else {
      return null;
    }
    return fix ? Python2Names.map(name) : name;
  }
}
