package io.picklift.schema.tables.document;

import io.picklift.codec.bytes.ByteOutput;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.arrays.ArrayReader;
import io.picklift.schema.arrays.ElementType;
import io.picklift.schema.tables.values.CellText;
import io.picklift.schema.tables.values.ElementScalars;
import io.picklift.schema.tables.values.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/** A numpy array as arrays in arrays, its elements as numbers, texts and times. */
final class ArrayDocument {
  /** Servers take documents of some depth. */
  private static final int MOST_DIMENSIONS = 16;

  private final ArrayReader.Array array;
  private final ElementType type;
  private final byte[] data;
  private final ByteOutput out;
  private final int longest;
  private final long[] strides;
  private final Scalar value = new Scalar();

  ArrayDocument(Meaning meaning, ArrayReader.Array array, ByteOutput out, int longest) {
    this.array = array;
    this.out = out;
    this.longest = longest;
    type = Objects.requireNonNull(array.type());
    data = meaning.bytes(array.data());
    strides = new long[array.shape().length];
    long stride = 1;
    for (int i = 0; i < strides.length; i++) {
      int at = array.isFortran() ? i : strides.length - 1 - i;
      strides[at] = stride;
      stride *= array.shape()[at];
    }
  }

  /** Writes it; false, with nothing written, where it would be too long or is no whole array. */
  boolean write() {
    if (array.shape().length > MOST_DIMENSIONS
        || data.length != array.elements() * type.size()
        || (type.size() == 0 && array.elements() > 0)
        || array.elements() * 2 > longest) {
      return false;
    }
    level(0, 0);
    return true;
  }

  /** As deep as the array has dimensions. */
  private void level(int dimension, long offset) {
    if (dimension == array.shape().length) {
      element((int) offset * type.size());
      return;
    }
    out.put('[');
    for (int i = 0; i < array.shape()[dimension]; i++) {
      if (i > 0) {
        out.put(',');
      }
      level(dimension + 1, offset + i * strides[dimension]);
    }
    out.put(']');
  }

  private void element(int at) {
    ElementScalars.read(type, data, at, value);
    switch (value.type) {
      case BOOL -> ascii(value.number == 1 ? "true" : "false");
      case INT -> ascii(value.isBig ? "{\"$int\": \"" + value.big + "\"}" : "" + value.number);
      case FLOAT -> ascii(real(value.real));
      case TEXT -> JsonDocuments.string(out, value.bytes, value.offset, value.length);
      case BYTES -> {
        byte[] bytes =
            java.util.Arrays.copyOfRange(value.bytes, value.offset, value.offset + value.length);
        ascii("{\"$bytes\": \"" + Base64.getEncoder().encodeToString(bytes) + "\"}");
      }
      case DATETIME -> ascii("\"" + CellText.of(value) + "\"");
      case DURATION -> ascii(Long.toString(value.number));
      default -> ascii("{\"$datetime\": \"NaT\"}");
    }
  }

  private static String real(double value) {
    if (Double.isNaN(value)) {
      return "{\"$float\": \"nan\"}";
    }
    return Double.isInfinite(value)
        ? "{\"$float\": \"" + (value > 0 ? "" : "-") + "inf\"}"
        : Double.toString(value);
  }

  private void ascii(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    out.put(bytes, 0, bytes.length);
  }
}
