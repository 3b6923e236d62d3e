package io.picklift.schema.export;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import io.picklift.schema.arrays.ElementType;
import io.picklift.schema.arrays.ElementValues;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.tables.rows.TableRows;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bytes of numpy arrays as messages, whose elements are packed fields. */
final class ArrayMessages {
  private final Descriptor descriptor;

  ArrayMessages(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  /** The message of a cell that is not NULL. */
  DynamicMessage message(TableRows table, TypedModel.Column column, int row) {
    ColumnMapping from = column.column().mapping();
    String dtype = from == null ? "" : text(table, String.valueOf(from.options().dtype()), row);
    String shape = from == null ? "" : text(table, String.valueOf(from.options().shape()), row);
    DynamicMessage.Builder to = DynamicMessage.newBuilder(descriptor);
    to.setField(descriptor.findFieldByName("dtype"), dtype);
    for (String size : shape.split(",", -1)) {
      if (!size.isEmpty()) {
        add(to, "shape", Long.parseLong(size));
      }
    }
    var cells = table.column(column.number());
    int start = cells.start(row);
    int end = cells.end(row);
    ElementType type = ElementType.parse(dtype);
    String field = type == null ? null : field(type);
    boolean areTold =
        type != null && field != null && elements(to, field, type, cells.pool(), start, end);
    if (!areTold) {
      to.setField(
          descriptor.findFieldByName("data"),
          ByteString.copyFrom(cells.pool(), start, end - start));
    }
    return to.build();
  }

  /**
   * Adds all elements to the list of their kind; false, adding none, where that has none for one.
   */
  private boolean elements(
      DynamicMessage.Builder to, String field, ElementType type, byte[] bytes, int start, int end) {
    if (type.size() == 0 || (end - start) % type.size() != 0) {
      return false;
    }
    for (int at = start; at < end; at += type.size()) {
      Object element = element(type, bytes, at);
      if (element == null) {
        to.clearField(descriptor.findFieldByName(field));
        return false;
      }
      add(to, field, element);
    }
    return true;
  }

  private static String text(TableRows table, String column, int row) {
    int number = table.table().columnNumber(column);
    return table.column(number).isNull(row) ? "" : CellTexts.text(table.column(number), row);
  }

  private void add(DynamicMessage.Builder to, String field, Object value) {
    to.addRepeatedField(descriptor.findFieldByName(field), value);
  }

  private static @Nullable String field(ElementType type) {
    return switch (type.kind()) {
      case 'b' -> "bools";
      case 'i', 'm', 'M' -> "ints";
      case 'u' -> "uints";
      case 'f' -> "floats";
      case 'U' -> "texts";
      default -> null;
    };
  }

  /** Null for a text that is no Unicode. */
  private static @Nullable Object element(ElementType type, byte[] bytes, int at) {
    return switch (type.kind()) {
      case 'b' -> bytes[at] != 0;
      case 'u' -> ElementValues.unsigned(type, bytes, at).longValue();
      case 'f' -> ElementValues.real(type, bytes, at);
      case 'U' -> text(ElementValues.text(type, bytes, at));
      default -> ElementValues.whole(type, bytes, at);
    };
  }

  private static @Nullable String text(byte @Nullable [] utf8) {
    return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
  }
}
