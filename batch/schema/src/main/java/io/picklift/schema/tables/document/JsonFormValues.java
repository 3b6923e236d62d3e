package io.picklift.schema.tables.document;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.json.JsonWriter;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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

  private static final JsonWriter WRITER = new JsonWriter(Limits.defaults());

  private final Meaning meaning;
  private final SaveGraph graph;
  private int cut;

  JsonFormValues(Meaning meaning) {
    this.meaning = meaning;
    graph = meaning.graph();
  }

  byte[] of(int node) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      WRITER.write(meaning, node, new BoundedOutput(out));
      byte[] form = out.toByteArray();
      if (isTaken(form)) {
        return form;
      }
    } catch (CodecException | IOException e) {
      // It is too long to be shown whole.
      out.reset();
    }
    cut++;
    return name(node).getBytes(StandardCharsets.UTF_8);
  }

  /** How many values were shown by their name alone. */
  int cut() {
    return cut;
  }

  /** An output for so much and no more. */
  private static final class BoundedOutput extends OutputStream {
    private final ByteArrayOutputStream to;

    BoundedOutput(ByteArrayOutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (to.size() + length > LONGEST) {
        throw new IOException("longer than " + LONGEST);
      }
      to.write(bytes, offset, length);
    }
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
