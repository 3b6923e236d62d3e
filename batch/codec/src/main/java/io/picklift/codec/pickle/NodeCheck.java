package io.picklift.codec.pickle;

import io.picklift.codec.Limits;
import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.GraphBuilder;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.text.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Whether a node that did not come from a pickle (a graph message, tables) is one that a pickle
 * could make: what the decoder refuses must not come in by another door.
 */
public final class NodeCheck {
  private static final int SHORT = 255;

  private final GraphBuilder graph;
  private final byte[] source;
  private final Limits limits;
  private final Folding folding;
  private final TextArguments texts = new TextArguments();

  /** For nodes of {@code graph} whose slices are of {@code source}. */
  public NodeCheck(GraphBuilder graph, byte[] source, Limits limits) {
    this.graph = graph;
    this.source = source;
    this.limits = limits;
    folding = new Folding(graph);
    folding.reset(source);
  }

  /**
   * What is wrong with a node whose operands a and b are a slice within the source; null where
   * nothing is.
   */
  public @Nullable String slice(int op, int a, int b) {
    if (b > limits.stringLength()) {
      return "is longer than the limit stringLength";
    }
    boolean ok =
        switch (op) {
          case Op.INT -> {
            boolean bool = texts.checkInt(source, a, b, limits) >= 0;
            yield b > 0 && !bool && valid();
          }
          case Op.LONG -> {
            texts.checkLong(source, a, b, limits);
            yield valid() && isLine(a, b);
          }
          case Op.FLOAT -> {
            texts.checkFloat(source, a, b);
            yield valid() && isLine(a, b);
          }
          case Op.STRING -> {
            texts.checkString(source, a, b);
            yield valid() && isLine(a, b);
          }
          case Op.UNICODE -> {
            texts.checkUnicode(source, a, b);
            yield valid() && isLine(a, b);
          }
          case Op.SHORT_BINUNICODE -> b <= SHORT && Utf8.isSurrogatePass(source, a, b);
          case Op.BINUNICODE, Op.BINUNICODE8 -> Utf8.isSurrogatePass(source, a, b);
          case Op.LONG1, Op.SHORT_BINSTRING, Op.SHORT_BINBYTES -> b <= SHORT;
          case Op.PERSID -> Utf8.isAscii(source, a, b) && isLine(a, b);
          case Op.GLOBAL, Op.GLOBAL_FIX -> isName(a, b) && Utf8.isStrict(source, a, b);
          case Op.INST_NAME, Op.INST_NAME_FIX -> isName(a, b) && Utf8.isAscii(source, a, b);
          default -> true;
        };
    return ok ? null : "holds text that its opcode cannot";
  }

  private boolean valid() {
    return texts.failure() == TextArguments.Failure.NONE;
  }

  private boolean isLine(int a, int b) {
    return newline(a, a + b) < 0;
  }

  /** Two lines that are not empty. */
  private boolean isName(int a, int b) {
    int end = newline(a, a + b);
    return end > a && end + 1 < a + b && newline(end + 1, a + b) < 0;
  }

  private int newline(int from, int to) {
    for (int i = from; i < to; i++) {
      if (source[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Whether two nodes may be module and name of a {@code STACK_GLOBAL}. */
  public boolean isStackGlobal(int module, int name) {
    return folding.isText(module) && folding.isText(name);
  }

  /** Whether {@code op} can be made of this class or callable and this argument tuple. */
  public boolean isConstruct(int op, int callable, int arguments) {
    return Folding.isCallable(kind(callable))
        && kind(arguments) == Kind.TUPLE
        && (op < Op.REDUCE || folding.fold(callable, arguments) == op);
  }

  /** Whether a node may be the class of an {@code INST} or {@code OBJ}. */
  public boolean isClass(int op, int node) {
    int cls = graph.op(node);
    boolean instName = cls == Op.INST_NAME || cls == Op.INST_NAME_FIX;
    return op == Op.INST ? instName : !instName && Folding.isCallable(kind(node));
  }

  /** Whether {@code op} may be given this chunk; {@code length} counts edges. */
  public boolean isChunk(int op, int chunkKind, int length) {
    Kind kind = Op.kind(op);
    boolean open = kind == Kind.OBJECT || kind == Kind.CALL;
    return switch (chunkKind) {
      case ChunkKind.INITIAL -> op == Op.LIST || (op == Op.DICT && length % 2 == 0);
      case ChunkKind.APPEND, ChunkKind.APPENDS -> open || kind == Kind.LIST;
      case ChunkKind.SETITEM, ChunkKind.SETITEMS -> length % 2 == 0 && (open || kind == Kind.DICT);
      case ChunkKind.ADDITEMS -> open || kind == Kind.SET;
      case ChunkKind.BUILD -> open && length == 1;
      default -> false;
    };
  }

  private Kind kind(int node) {
    return Op.kind(graph.op(node));
  }
}
