package io.picklift.schema.export;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Timestamp;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.split.NullCells;
import io.picklift.schema.tables.values.ColumnData;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes saves as typed Protobuf messages, one {@code Save} each, delimited: with the classes that
 * protoc makes of the generated {@code .proto}, {@code Save.parseDelimitedFrom} reads them. Safe
 * for several threads.
 */
public final class TypedMessages {
  private static final int NANOS = 1_000;

  private final TypedModel model;
  private final FileDescriptor file;

  public TypedMessages(TypedModel model) {
    this.model = model;
    file = ProtoDescriptors.of(model);
  }

  /** Writes one save, with its length ahead. */
  public void write(String key, SaveRows rows, NullCells nulls, OutputStream out)
      throws IOException {
    Descriptor descriptor = descriptor(model.save());
    DynamicMessage.Builder save = DynamicMessage.newBuilder(descriptor);
    save.setField(descriptor.findFieldByName(TypedModel.KEY), key);
    children(save, descriptor, model.save(), new ChildRows(rows), rows, nulls, 0);
    save.build().writeDelimitedTo(out);
  }

  private Descriptor descriptor(TypedModel.Type type) {
    return file.findMessageTypeByName(type.name());
  }

  /** As deep as tables own tables. */
  private void children(
      DynamicMessage.Builder to,
      Descriptor descriptor,
      TypedModel.Type type,
      ChildRows owned,
      SaveRows rows,
      NullCells nulls,
      int owner) {
    for (TypedModel.Child child : type.children()) {
      FieldDescriptor field = descriptor.findFieldByName(child.name());
      TableRows table = rows.table(child.type().table());
      Descriptor of = descriptor(child.type());
      int end = owned.end(child.type().table(), owner);
      for (int row = owned.first(child.type().table(), owner); row < end; row++) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(of);
        for (TypedModel.Column column : child.type().columns()) {
          ColumnData cells = table.column(column.number());
          if (!cells.isNull(row)) {
            Object value =
                column.isArray() ? arrays().message(table, column, row) : value(cells, row);
            message.setField(of.findFieldByName(column.name()), value);
          }
        }
        children(message, of, child.type(), owned, rows, nulls, row);
        unheld(message, of, child.type(), nulls.of(child.type().table(), row));
        to.addRepeatedField(field, message.build());
      }
    }
  }

  private ArrayMessages arrays() {
    return new ArrayMessages(file.findMessageTypeByName(TypedModel.ARRAY));
  }

  /** What the row's fields do not say. */
  private void unheld(
      DynamicMessage.Builder to,
      Descriptor descriptor,
      TypedModel.Type type,
      List<NullCells.Cell> cells) {
    Descriptor of = file.findMessageTypeByName(TypedModel.UNHELD);
    for (NullCells.Cell cell : cells) {
      TypedModel.Column column = type.column(cell.column());
      if (column != null) {
        DynamicMessage.Builder made = DynamicMessage.newBuilder(of);
        made.setField(of.findFieldByName("column"), column.name());
        if (cell.json().isEmpty()) {
          made.setField(of.findFieldByName("cut"), true);
        } else {
          made.setField(of.findFieldByName("json"), cell.json());
        }
        to.addRepeatedField(descriptor.findFieldByName(type.unheld()), made.build());
      }
    }
  }

  private static Object value(ColumnData cells, int row) {
    ColumnType type = cells.type();
    return switch (ProtoType.of(type)) {
      case BOOL -> cells.number(row) != 0;
      case INT32, UINT32 -> (int) cells.number(row);
      case INT64, UINT64 -> cells.number(row);
      case DOUBLE -> Double.longBitsToDouble(cells.number(row));
      case BYTES -> {
        int start = cells.start(row);
        yield ByteString.copyFrom(cells.pool(), start, cells.end(row) - start);
      }
      case TIMESTAMP -> timestamp(cells.number(row));
      case STRING, MESSAGE -> text(type, cells, row);
    };
  }

  private static Timestamp timestamp(long micros) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(micros, CellTexts.MICROS))
        .setNanos((int) Math.floorMod(micros, CellTexts.MICROS) * NANOS)
        .build();
  }

  private static String text(ColumnType type, ColumnData cells, int row) {
    return switch (type.base()) {
      case BINARY -> CellTexts.uuid(cells, row);
      case DATE, TIME -> CellTexts.time(type, cells.number(row));
      default -> CellTexts.text(cells, row);
    };
  }
}
