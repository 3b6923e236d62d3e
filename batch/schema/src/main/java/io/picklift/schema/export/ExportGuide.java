package io.picklift.schema.export;

import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import java.util.Map;
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

  private static final String UNHELD =
      """
      ## Where a column has no value

      - No field, and no entry in `unheld`: there is nothing in the save.
      - An entry in `unheld` with `json: "null"`: None stands there.
      - An entry with another `json`: a value that only the column's SQL type cannot hold, as `picklift decode` writes it
        (`{"$float": "nan"}`, a date with its zone, an int of any length).
      - An entry with `cut`: the value is longer than a megabyte, and left out.

      """;

  private static final String JSON =
      """
      # How to read these saves

      `saves.ndjson` holds one JSON object a line, in the order of the keys. `Save.schema.json` and the other JSON Schemas
      describe them.

      ## Where a column has no value

      - No member: there is nothing in the save.
      - `null`: None stands there.
      - `{"$unheld": value}`: a value that only the column's SQL type cannot hold, as `picklift decode` writes it
        (`{"$float": "nan"}`, a date with its zone, an int of any length).
      - `{"$cut": true}`: the value is longer than a megabyte, and left out.

      """;

  private static final String COMMON =
      """
      `key` of a `Save` is the source's key. A save has a list for each class; the rows of a list or dict stand in their
      owner. A reference to an object is its place, from 0, in the save's list of that class. What the mapping has no column
      for is not in the export; `picklift export --format graph` writes all.

      %s
      | message | is | columns |
      | --- | --- | --- |
      """;

  private ExportGuide() {}

  /**
   * The page of an export of this model.
   *
   * @param left by column, how many values were left out
   */
  public static String text(TypedModel model, boolean isJson, Map<String, Long> left) {
    String name = model.packageName();
    StringBuilder text =
        new StringBuilder(isJson ? JSON : PROTO.formatted(name + ".proto", name) + UNHELD);
    StringBuilder counts = new StringBuilder();
    if (left.isEmpty()) {
      counts.append("No value was left out.\n");
    } else {
      counts.append("Left out, being too long:\n\n");
      left.forEach(
          (column, count) ->
              counts.append("- ").append(code(column)).append(": ").append(count).append('\n'));
    }
    text.append(COMMON.formatted(counts));
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

  /** What the rows of a message are, in words. */
  static String about(TypedModel model, TypedModel.Type type) {
    String source = source(model.mapping().tables().get(type.table())).replace("`", "");
    return Character.toUpperCase(source.charAt(0)) + source.substring(1);
  }

  /** What a column is, in words. */
  static String about(TypedModel.Column column) {
    StoredColumn stored = column.column();
    ColumnMapping from = stored.mapping();
    String path = from == null ? "" : " at " + from.path();
    boolean isUtc = from != null && from.options().isUtc();
    return switch (stored.role()) {
      case KEY -> "the key in the dict";
      case CLASS -> "the class of the object" + path;
      case REFERENCE ->
          "the object"
              + path
              + ", as its place from 0 in the list "
              + (from == null ? "" : from.references());
      case OFFSET -> "how many seconds the clock of the date" + path + " is ahead of UTC";
      case KIND -> "which kind of value stands" + path;
      case DTYPE -> "the type of the array" + path + ", as numpy writes it";
      case SHAPE -> "the sizes of the array" + path;
      case UNFIT -> "the columns that cannot hold their value";
      case COMPUTED -> "computed by an adapter";
      default -> what(column) + path + (isUtc ? ", in UTC" : "");
    };
  }

  private static String what(TypedModel.Column column) {
    if (column.isArray()) {
      return "the elements, as bytes in memory order, of the array";
    }
    return switch (column.column().type().base()) {
      case DATETIME -> "the date";
      case JSON -> "a document of the value";
      case DECIMAL -> "the number, as text,";
      case BINARY -> "the UUID";
      default -> "the value";
    };
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
