package io.picklift.schema.export;

import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import java.util.stream.Collectors;

/** The page in an export's archive that says how to read it, for somebody who has nothing else. */
public final class ExportGuide {
  public static final String NAME = "HOW-TO-READ.md";

  private static final String PROTO =
      """
      # How to read these saves

      `saves.bin` holds one Protobuf message `Save` after the other, in the order of their keys. Ahead of each message
      stands its length in bytes as a varint, as `parseDelimitedFrom` (Java, C++) reads it; in Python:

      ```python
      from google.protobuf.internal.decoder import _DecodeVarint32
      at = 0
      while at < len(data):
          length, at = _DecodeVarint32(data, at)
          save = Save.FromString(data[at:at + length])
          at += length
      ```

      `%1$s` has the messages (package `%2$s`); `protoc --python_out=. %1$s` makes classes of it. `%1$s.lock` keeps the field
      numbers: a field has the same number in all exports made beside one mapping.

      """;

  private static final String JSON =
      """
      # How to read these saves

      `saves.ndjson` holds one JSON object a line, in the order of the keys. `Save.schema.json` and the other JSON Schemas
      describe them.

      """;

  private static final String COMMON =
      """
      `key` of a `Save` is the source's key. A save has a list for each class; the rows of a list or dict stand in their
      owner. A reference to an object is its place, from 0, in the save's list of that class. A value that its column cannot
      hold, and whatever the mapping has no column for, is not in the export.

      | message | is | columns |
      | --- | --- | --- |
      """;

  private ExportGuide() {}

  /** The page of an export of this model. */
  public static String text(TypedModel model, boolean isJson) {
    String name = model.packageName();
    StringBuilder text = new StringBuilder(isJson ? JSON : PROTO.formatted(name + ".proto", name));
    text.append(COMMON);
    for (TypedModel.Type type : model.types()) {
      String columns =
          type.columns().stream()
              .map(TypedModel.Column::column)
              .map(ExportGuide::column)
              .collect(Collectors.joining(", "));
      text.append("| `").append(type.name()).append("` | ");
      text.append(source(model.mapping().tables().get(type.table()))).append(" | ");
      text.append(columns).append(" |\n");
    }
    return text.toString();
  }

  private static String source(TableMapping table) {
    if (table.source() instanceof RowSource.OfClass of) {
      return "an object of "
          + of.classes().stream().map(ExportGuide::code).collect(Collectors.joining(" or "));
    }
    if (table.source() instanceof RowSource.Each each) {
      return "a member of " + code(each.path().toString()) + " of a " + code(each.ownerTable());
    }
    return "the save's own value";
  }

  private static String column(StoredColumn column) {
    String path =
        column.mapping() == null ? "" : " from " + code(column.mapping().path().toString());
    return code(column.name()) + path;
  }

  private static String code(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }
}
