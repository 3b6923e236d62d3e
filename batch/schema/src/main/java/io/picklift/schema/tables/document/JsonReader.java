package io.picklift.schema.tables.document;

import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.values.Scalar;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the documents of a JSON column as a server gives them back. Objects become maps, arrays
 * lists, numbers Long, BigInteger or Double, null {@link #NULL}. Without recursion.
 */
public final class JsonReader {
  public static final Object NULL = new Object();

  private static final double LAST_BITS = 0x1p-49;

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /** The document; {@link #NULL} where the text is none, which no server keeps in such a column. */
  public static Object parse(byte[] utf8, int offset, int length) {
    try {
      return new JsonReader(new String(utf8, offset, length, StandardCharsets.UTF_8)).read();
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      return NULL;
    }
  }

  /** The document of a row's cell. */
  public static Object document(ColumnData cells, int row) {
    return parse(cells.pool(), cells.start(row), cells.end(row) - cells.start(row));
  }

  private Object read() {
    Deque<Object> open = new ArrayDeque<>();
    Deque<String> keys = new ArrayDeque<>();
    while (true) {
      skip();
      char c = text.charAt(at);
      Object value = null;
      if (c == '{' || c == '[') {
        at++;
        Object container = c == '{' ? new LinkedHashMap<String, Object>() : new ArrayList<>();
        skip();
        if (text.charAt(at) == (c == '{' ? '}' : ']')) {
          at++;
          value = container;
        } else {
          open.push(container);
          if (c == '{') {
            keys.push(key());
          }
        }
      } else {
        value = scalar(c);
      }
      // A value ends; with it may end what it stands in.
      while (value != null) {
        Object container = open.peek();
        if (container == null) {
          return value;
        }
        add(container, keys, value);
        skip();
        char next = text.charAt(at++);
        value = null;
        if (next == ',') {
          if (container instanceof Map) {
            keys.push(key());
          }
        } else {
          open.pop();
          value = container;
        }
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static void add(Object container, Deque<String> keys, Object value) {
    if (container instanceof Map) {
      ((Map<String, Object>) container).put(keys.pop(), value);
    } else {
      ((List<Object>) container).add(value);
    }
  }

  private String key() {
    skip();
    String key = string();
    skip();
    at++;
    return key;
  }

  private Object scalar(char c) {
    if (c == '"') {
      return string();
    }
    Object word = c == 'n' ? NULL : (Object) (c == 't');
    if (c == 't' || c == 'f' || c == 'n') {
      at += c == 'f' ? 5 : 4;
      return word;
    }
    return number();
  }

  private Object number() {
    int start = at;
    boolean real = false;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      real |= ".eE".indexOf(text.charAt(at)) >= 0;
      at++;
    }
    String digits = text.substring(start, at);
    if (real) {
      return Double.valueOf(digits);
    }
    BigInteger whole = new BigInteger(digits);
    return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
  }

  private String string() {
    StringBuilder out = new StringBuilder();
    at++;
    while (true) {
      char c = text.charAt(at++);
      if (c == '"') {
        return out.toString();
      }
      if (c != '\\') {
        out.append(c);
        continue;
      }
      c = text.charAt(at++);
      switch (c) {
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'u' -> {
          out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
          at += 4;
        }
        default -> out.append(c);
      }
    }
  }

  private void skip() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
  }

  /**
   * Whether two documents say the same. MySQL reads a fraction of many digits with an error in the
   * last bits, which is no difference.
   */
  public static boolean same(Object left, Object right) {
    Deque<Object> open = new ArrayDeque<>();
    open.push(left);
    open.push(right);
    while (!open.isEmpty()) {
      Object a = open.pop();
      Object b = open.pop();
      if (a instanceof Map<?, ?> mapA && b instanceof Map<?, ?> mapB) {
        if (!mapA.keySet().equals(mapB.keySet())) {
          return false;
        }
        for (Map.Entry<?, ?> entry : mapA.entrySet()) {
          open.push(Objects.requireNonNull(entry.getValue()));
          open.push(Objects.requireNonNull(mapB.get(entry.getKey())));
        }
      } else if (a instanceof List<?> listA && b instanceof List<?> listB) {
        if (listA.size() != listB.size()) {
          return false;
        }
        for (int i = 0; i < listA.size(); i++) {
          open.push(listA.get(i));
          open.push(listB.get(i));
        }
      } else if (a instanceof Map || a instanceof List || b instanceof Map || b instanceof List) {
        return false;
      } else if (a instanceof Number numberA && b instanceof Number numberB) {
        if (!isSame(numberA, numberB)) {
          return false;
        }
      } else if (!a.equals(b)) {
        return false;
      }
    }
    return true;
  }

  /** Whether it stands for one value that JSON has no type for. */
  public static boolean isForm(Object value) {
    return value instanceof Map<?, ?> map
        && map.keySet().stream().anyMatch(key -> String.valueOf(key).startsWith("$"));
  }

  private static boolean isSame(Number a, Number b) {
    if (a.equals(b)) {
      return true;
    }
    double left = a.doubleValue();
    double right = b.doubleValue();
    boolean real = a instanceof Double || b instanceof Double;
    return real && Math.abs(left - right) <= LAST_BITS * Math.abs(left);
  }

  /** Reads a value as the kind that it was, if it can be one; false where there is none. */
  public static boolean value(@Nullable Object found, Scalar.Type kind, Scalar value) {
    if (found instanceof Boolean bool) {
      value.number(Scalar.Type.BOOL, bool ? 1 : 0);
    } else if (found instanceof Long number) {
      // MySQL gives a float without a fraction back with one; MariaDB as it was written.
      if (kind == Scalar.Type.FLOAT) {
        value.real((double) number);
      } else {
        value.number(Scalar.Type.INT, number);
      }
    } else if (found instanceof BigInteger number) {
      value.big(number);
    } else if (found instanceof Double real) {
      value.real(real);
    } else if (found instanceof String text) {
      value.bytes(Scalar.Type.TEXT, text.getBytes(StandardCharsets.UTF_8));
    } else {
      return false;
    }
    return true;
  }

  /**
   * Names in the order of their bytes: servers give the keys of a document in orders of their own.
   */
  public static List<String> sorted(Collection<?> names) {
    return names.stream()
        .map(String::valueOf)
        .sorted(
            (one, other) ->
                Arrays.compareUnsigned(
                    one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  /** Whether a document has an object that stands for what JSON has no type for. */
  public static boolean hasForm(Object document) {
    if (document instanceof Map<?, ?> map) {
      return isForm(map) || map.values().stream().anyMatch(JsonReader::hasForm);
    }
    return document instanceof List<?> list && list.stream().anyMatch(JsonReader::hasForm);
  }

  /** Whether a document has a number that another one would not give back. */
  public static boolean isTooLong(Object document) {
    if (document instanceof Map<?, ?> map) {
      return map.values().stream().anyMatch(JsonReader::isTooLong);
    }
    return document instanceof BigInteger
        || (document instanceof List<?> list && list.stream().anyMatch(JsonReader::isTooLong));
  }
}
