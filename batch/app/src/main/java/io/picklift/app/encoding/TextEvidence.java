package io.picklift.app.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.text.TextEncodings;
import io.picklift.codec.model.NodeText;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the text of a pickle says of damage, beside the same pickle without it. */
final class TextEvidence {
  /**
   * Picklers escape in {@code UNICODE} by code points alone, and so never write two backslashes.
   */
  private static final Pattern UNICODE =
      Pattern.compile("(?:[^\\\\]|\\\\u[0-9a-f]{4}|\\\\U[0-9a-f]{8})*+", Pattern.DOTALL);

  /** As Python 2's {@code repr()} escapes. */
  private static final Pattern STRING =
      Pattern.compile(
          "(?:[^\\\\]|\\\\[nrt'\\\\]|\\\\x(?:[01][0-9a-f]|7f|[89a-f][0-9a-f]))*+", Pattern.DOTALL);

  /** How many bytes {@code date}, {@code time} and {@code datetime} are called with. */
  private static final Set<Integer> DATES = Set.of(4, 6, 10);

  private static final String DATE_MODULE = "datetime\n";

  private final SaveGraph graph;
  private final SaveGraph mended;

  TextEvidence(SaveGraph graph, SaveGraph mended) {
    this.graph = graph;
    this.mended = mended;
  }

  /** Whether both make the same values by the same opcodes. */
  boolean isSameShape() {
    if (graph.size() != mended.size() || graph.style().records() != mended.style().records()) {
      return false;
    }
    for (int node = 0; node < graph.size(); node++) {
      if (graph.op(node) != mended.op(node)) {
        return false;
      }
    }
    return true;
  }

  boolean shows(Encoding damage) {
    return TextEncodings.isOfCharacters(damage) ? showsCharacters() : showsBackslashes();
  }

  /**
   * All bytes beyond ASCII are UTF-8 of Latin-1, as the bytes could be read so. It is text that has
   * them, or a date that no date is; in bytes, which protocol 0 writes as text, UTF-8 is nothing
   * rare.
   */
  private boolean showsCharacters() {
    boolean[] isBytes = textOfBytes();
    for (int node = 0; node < graph.size(); node++) {
      int op = graph.op(node);
      if ((op == Op.UNICODE && !isBytes[node] && isBeyondAscii(node)) || isLongDate(node, op)) {
        return true;
      }
    }
    return false;
  }

  /** Whether text without the damage has control characters beyond ASCII, which nobody types. */
  boolean leavesControls() {
    boolean[] isBytes = textOfBytes();
    for (int node = 0; node < mended.size(); node++) {
      boolean isText = mended.op(node) == Op.UNICODE && !isBytes[node];
      if (isText && slice(mended, node).chars().anyMatch(c -> c >= 0x80 && c < 0xa0)) {
        return true;
      }
    }
    return false;
  }

  /** Which nodes are text that a call makes bytes. */
  private boolean[] textOfBytes() {
    boolean[] isBytes = new boolean[graph.size()];
    for (int node = 0; node < graph.size(); node++) {
      int op = graph.op(node);
      if (op == Op.REDUCE_BYTES || op == Op.REDUCE_BYTEARRAY) {
        int text = firstArgument(node);
        if (text >= 0) {
          isBytes[text] = true;
        }
      }
    }
    return isBytes;
  }

  /** The first argument of a call; -1 where there is none. */
  private int firstArgument(int node) {
    int arguments = graph.edge(graph.a(node) + 1);
    boolean isAny = Op.hasMembers(graph.op(arguments)) && graph.b(arguments) > 0;
    return isAny ? graph.edge(graph.a(arguments)) : -1;
  }

  private boolean isBeyondAscii(int text) {
    for (int i = 0; i < graph.b(text); i++) {
      if (graph.source()[graph.a(text) + i] < 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether it is a date called with too many bytes, which are as many as they should be mended.
   */
  private boolean isLongDate(int node, int op) {
    if (op != Op.REDUCE) {
      return false;
    }
    int callable = graph.edge(graph.a(node));
    int state = firstArgument(node);
    boolean isDate =
        (graph.op(callable) == Op.GLOBAL || graph.op(callable) == Op.GLOBAL_FIX)
            && slice(graph, callable).startsWith(DATE_MODULE)
            && state >= 0;
    // Python 3 makes the bytes of a text.
    int text = isDate && graph.op(state) == Op.REDUCE_BYTES ? firstArgument(state) : state;
    return isDate
        && text >= 0
        && (graph.op(text) == Op.UNICODE || graph.op(text) == Op.STRING)
        && DATES.contains(length(mended, text))
        && !DATES.contains(length(graph, text));
  }

  private static int length(SaveGraph of, int text) {
    byte[] bytes = NodeText.bytes(of.source(), of.op(text), of.a(text), of.b(text));
    if (bytes == null) {
      return -1;
    }
    return of.op(text) == Op.UNICODE ? new String(bytes, UTF_8).length() : bytes.length;
  }

  private static String slice(SaveGraph of, int node) {
    int from = of.a(node);
    return ByteLiterals.latin1(Arrays.copyOfRange(of.source(), from, from + of.b(node)));
  }

  /**
   * Without the damage each escape is one that picklers write, and with it there is a {@code
   * UNICODE} with one that is none, a date that no date is, or a {@code STRING} with the escapes of
   * characters in UTF-8. Other escapes in a {@code STRING} may be a path or a regular expression.
   */
  private boolean showsBackslashes() {
    boolean isAny = false;
    for (int node = 0; node < mended.size(); node++) {
      int op = mended.op(node);
      if (op != Op.UNICODE && op != Op.STRING) {
        isAny |= isLongDate(node, op);
        continue;
      }
      String text = slice(mended, node);
      if (!(op == Op.UNICODE ? UNICODE : STRING).matcher(text).matches()) {
        return false;
      }
      isAny |=
          op == Op.UNICODE
              ? !UNICODE.matcher(slice(graph, node)).matches()
              : isUtf8BeyondAscii(
                  NodeText.bytes(mended.source(), op, mended.a(node), mended.b(node)));
    }
    return isAny;
  }

  private static boolean isUtf8BeyondAscii(byte @Nullable [] bytes) {
    if (bytes == null) {
      return false;
    }
    try {
      CharBuffer text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return text.length() < bytes.length;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
