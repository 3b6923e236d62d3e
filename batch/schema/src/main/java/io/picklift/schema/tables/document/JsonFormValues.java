package io.picklift.schema.tables.document;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import java.nio.charset.StandardCharsets;

/**
 * Values that JSON has no type for, as {@code decode} shows them: {@code {"$float": "nan"}}. What
 * would be long, deep or no JSON to a server is shown by its name alone.
 */
final class JsonFormValues {
  /** Longer ones say what they are and no more: an object may lead to the whole save. */
  private static final int LONGEST = 1 << 14;

  /** MySQL takes a hundred levels, MariaDB 32 in its JSON functions. */
  private static final int DEEPEST = 16;

  private final Meaning meaning;
  private final SaveGraph graph;
  private int cut;

  JsonFormValues(Meaning meaning) {
    this.meaning = meaning;
    graph = meaning.graph();
  }

  byte[] of(int node) {
    byte[] form = BoundedForms.of(meaning, node, LONGEST);
    if (form != null && isTaken(form)) {
      return form;
    }
    cut++;
    return name(node).getBytes(StandardCharsets.UTF_8);
  }

  /** How many values were shown by their name alone. */
  int cut() {
    return cut;
  }

  /** Whether servers take it: they refuse lone surrogates, which stand escaped, and depth. */
  private static boolean isTaken(byte[] json) {
    int depth = 0;
    boolean inText = false;
    for (int i = 0; i < json.length; i++) {
      byte c = json[i];
      if (c == '\\') {
        boolean isSurrogate =
            i + 2 < json.length && json[i + 1] == 'u' && (json[i + 2] | 0x20) == 'd';
        if (isSurrogate) {
          return false;
        }
        i++;
      } else if (c == '"') {
        inText = !inText;
      } else if (!inText && (c == '[' || c == '{')) {
        depth++;
      } else if (!inText && (c == ']' || c == '}')) {
        depth--;
      }
      if (depth > DEEPEST) {
        return false;
      }
    }
    return true;
  }

  private String name(int node) {
    Kind kind = graph.kind(node);
    if (kind == Kind.OBJECT || kind == Kind.CALL) {
      int callable = meaning.callable(node);
      String known = meaning.className(callable);
      String name = known == null ? "" : plain(known);
      return "{\"$" + (kind == Kind.OBJECT ? "class" : "call") + "\": \"" + name + "\"}";
    }
    return "{\"$" + kind.name().toLowerCase(java.util.Locale.ROOT) + "\": null}";
  }

  private static String plain(String name) {
    return name.replaceAll("[^\\w.<>-]", "?");
  }
}
