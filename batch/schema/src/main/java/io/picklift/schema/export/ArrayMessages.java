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
    if (type == null || field == null || type.size() == 0 || (end - start) % type.size() != 0) {
      to.setField(
          descriptor.findFieldByName("data"),
          ByteString.copyFrom(cells.pool(), start, end - start));
      return to.build();
    }
    for (int at = start; at < end; at += type.size()) {
      add(to, field, element(type, cells.pool(), at));
    }
    return to.build();
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

  private static Object element(ElementType type, byte[] bytes, int at) {
    return switch (type.kind()) {
      case 'b' -> bytes[at] != 0;
      case 'u' -> ElementValues.unsigned(type, bytes, at).longValue();
      case 'f' -> ElementValues.real(type, bytes, at);
      case 'U' -> {
        byte[] text = ElementValues.text(type, bytes, at);
        yield text == null ? "" : new String(text, StandardCharsets.UTF_8);
      }
      default -> ElementValues.whole(type, bytes, at);
    };
  }
}
