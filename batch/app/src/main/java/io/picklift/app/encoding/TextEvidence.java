package io.picklift.app.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.text.TextEncodings;
import io.picklift.codec.model.NodeText;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

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
    for (int node = 0; node < graph.size(); node++) {
      int op = graph.op(node);
      if ((op == Op.UNICODE && !isBytes[node] && isBeyondAscii(node)) || isLongDate(node, op)) {
        return true;
      }
    }
    return false;
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
            && state >= 0
            && graph.op(state) == Op.REDUCE_BYTES;
    int text = isDate ? firstArgument(state) : -1;
    return text >= 0
        && graph.op(text) == Op.UNICODE
        && DATES.contains(length(mended, text))
        && !DATES.contains(length(graph, text));
  }

  private static int length(SaveGraph of, int text) {
    byte[] utf8 = NodeText.bytes(of.source(), Op.UNICODE, of.a(text), of.b(text));
    return utf8 == null ? -1 : new String(utf8, UTF_8).length();
  }

  private static String slice(SaveGraph of, int node) {
    int from = of.a(node);
    return ByteLiterals.latin1(Arrays.copyOfRange(of.source(), from, from + of.b(node)));
  }

  /**
   * Without the damage each escape is one that picklers write, and with it not: a {@code UNICODE}
   * has one that is none, or a {@code STRING} one of bytes that are no characters, which as text
   * would be the repr of bytes.
   */
  private boolean showsBackslashes() {
    boolean isAny = false;
    for (int node = 0; node < mended.size(); node++) {
      int op = mended.op(node);
      if (op != Op.UNICODE && op != Op.STRING) {
        continue;
      }
      String text = slice(mended, node);
      if (!(op == Op.UNICODE ? UNICODE : STRING).matcher(text).matches()) {
        return false;
      }
      // A STRING with "\\n" and "\\t" may be a path of Windows.
      isAny |=
          op == Op.UNICODE ? !UNICODE.matcher(slice(graph, node)).matches() : text.contains("\\x");
    }
    return isAny;
  }
}
