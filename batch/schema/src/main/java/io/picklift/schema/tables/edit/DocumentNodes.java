package io.picklift.schema.tables.edit;

import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The nodes of documents that are new. */
public final class DocumentNodes {
  private final Meaning meaning;
  private final NodeValueReader values;
  private final GraphEditor editor;
  private final Scalar value = new Scalar();

  public DocumentNodes(Meaning meaning, NodeValueReader values, GraphEditor editor) {
    this.meaning = meaning;
    this.values = values;
    this.editor = editor;
  }

  /** Whether a value is one that a document gives. */
  public boolean isJson(int node) {
    return switch (meaning.kind(node)) {
      case NONE, BOOL, INT, FLOAT, STR, PY2_STR -> true;
      case LIST -> Arrays.stream(meaning.items(node)).allMatch(this::isJson);
      case DICT -> {
        int[] pairs = meaning.items(node);
        boolean isJson = true;
        for (int i = 0; i < pairs.length; i += 2) {
          isJson &= meaning.isText(pairs[i]) && isJson(pairs[i + 1]);
        }
        yield isJson;
      }
      default -> false;
    };
  }

  /**
   * What a document says, as {@code json.loads} gives it.
   *
   * @param like a text that texts are made like; negative for none
   */
  public int node(Object document, int like) {
    if (document instanceof Map<?, ?> map) {
      int[] pairs = new int[2 * map.size()];
      int at = 0;
      for (String name : JsonReader.sorted(map.keySet())) {
        pairs[at++] = like < 0 ? editor.name(name) : text(name, like);
        pairs[at++] = node(Objects.requireNonNull(map.get(name)), like);
      }
      return editor.dict(pairs);
    }
    if (document instanceof List<?> list) {
      return editor.list(list.stream().mapToInt(member -> node(member, like)).toArray());
    }
    if (document instanceof String text) {
      return text(text, like);
    } else if (document instanceof Boolean bool) {
      value.number(Scalar.Type.BOOL, bool ? 1 : 0);
    } else if (document instanceof Long number) {
      value.number(Scalar.Type.INT, number);
    } else if (document instanceof BigInteger number) {
      value.big(number);
    } else if (document instanceof Double number) {
      value.real(number);
    } else {
      value.none();
    }
    return editor.value(value);
  }

  private int text(String text, int like) {
    value.bytes(Scalar.Type.TEXT, text.getBytes(StandardCharsets.UTF_8));
    return like < 0 ? editor.value(value) : editor.value(value, like, values);
  }
}
