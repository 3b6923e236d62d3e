package io.picklift.schema.tables.document;

import io.picklift.schema.text.PlacePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What MySQL's JSON refuses of a document. MariaDB's refuses depth earlier. */
final class ServerJson {
  /** MySQL takes as many levels. */
  private static final int DEEPEST = 100;

  /** MySQL's length of a key has two bytes. */
  private static final int LONGEST_KEY = 65_535;

  /** Of a path in a message. */
  private static final int MOST_STEPS = 12;

  private static final int LONGEST_NAME = 40;

  private final byte[] json;
  private int depth;

  /** For each level: where its key at hand begins, or -1 in an array; and the place there. */
  private final int[] keys = new int[DEEPEST + 1];

  private final int[] places = new int[DEEPEST + 1];

  private ServerJson(byte[] json) {
    this.json = json;
  }

  /** Why a server would not take a document, behind the path of the value; null if it would. */
  static @Nullable String problem(byte[] json) {
    return new ServerJson(json).find();
  }

  private @Nullable String find() {
    boolean isKey = false;
    for (int at = 0; at < json.length; at++) {
      switch (json[at]) {
        case '{', '[' -> {
          if (depth == DEEPEST) {
            return here()
                + ": more than "
                + DEEPEST
                + " levels, which a server's JSON does not take";
          }
          depth++;
          keys[depth] = json[at] == '{' ? 0 : -1;
          places[depth] = 0;
          isKey = json[at] == '{';
        }
        case '}', ']' -> depth--;
        case ',' -> {
          places[depth]++;
          isKey = keys[depth] >= 0;
        }
        case '"' -> {
          int end = end(at);
          if (isKey) {
            keys[depth] = at;
            isKey = false;
            if (end - at > LONGEST_KEY) {
              return here() + ": a key of more than " + LONGEST_KEY + " bytes";
            }
          }
          if (hasSurrogate(at, end)) {
            return here() + ": text with a lone surrogate, which a server's JSON does not take";
          }
          at = end;
        }
        default -> {
          // A number or a word.
        }
      }
    }
    return null;
  }

  /** Where the text that begins at {@code start} has its last quote. */
  private int end(int start) {
    int at = start + 1;
    while (json[at] != '"') {
      at += json[at] == '\\' ? 2 : 1;
    }
    return at;
  }

  /** Pairs stand as UTF-8, so that one that is escaped is alone. */
  private boolean hasSurrogate(int start, int end) {
    for (int i = start + 1; i < end; i++) {
      if (json[i] == '\\') {
        if (json[i + 1] == 'u' && (json[i + 2] | 0x20) == 'd' && isHigh(json[i + 3])) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  /** Of the digit behind a {@code d}: from 8 on it is a surrogate. */
  private static boolean isHigh(byte digit) {
    return digit >= '8';
  }

  private String here() {
    Object[] path = new Object[depth];
    for (int level = 1; level <= depth; level++) {
      path[level - 1] =
          keys[level] < 0
              ? (Object) places[level]
              : new String(
                  json,
                  keys[level] + 1,
                  end(keys[level]) - keys[level] - 1,
                  StandardCharsets.UTF_8);
    }
    return path(path);
  }

  /** Keys and places as a path in a message, which is not to be long. */
  static String path(Object[] steps) {
    StringBuilder path = new StringBuilder();
    for (Object step : Arrays.copyOf(steps, Math.min(steps.length, MOST_STEPS))) {
      if (step instanceof Integer place) {
        path.append('[').append(place).append(']');
      } else {
        String name = String.valueOf(step);
        PlacePath.appendMember(
            path, name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "..." : name);
      }
    }
    return path.length() == 0
        ? "the value itself"
        : path + (steps.length > MOST_STEPS ? "..." : "");
  }
}
