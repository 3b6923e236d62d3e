package io.picklift.schema.export;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.split.NullCells;
import io.picklift.schema.tables.values.ColumnData;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Writes saves as lines of JSON that are valid by the generated JSON Schemas. A member that is not
 * there has nothing in the save. Safe for several threads.
 */
public final class TypedJson {
  /** What only the SQL type of its column cannot hold, behind this name. */
  static final String UNHELD = "$unheld";

  /** Stands for a value that is too long, and left out. */
  static final String CUT = "$cut";

  private final TypedModel model;

  public TypedJson(TypedModel model) {
    this.model = model;
  }

  /** Writes one save as one line. */
  public void write(String key, SaveRows rows, NullCells nulls, OutputStream out)
      throws IOException {
    StringBuilder line = new StringBuilder("{");
    name(line, TypedModel.KEY);
    string(line, key);
    children(line, model.save(), new ChildRows(rows), rows, nulls, 0);
    out.write(line.append("}\n").toString().getBytes(StandardCharsets.UTF_8));
  }

  /** As deep as tables own tables. */
  private static void children(
      StringBuilder out,
      TypedModel.Type type,
      ChildRows owned,
      SaveRows rows,
      NullCells nulls,
      int owner) {
    for (TypedModel.Child child : type.children()) {
      TableRows table = rows.table(child.type().table());
      int first = owned.first(child.type().table(), owner);
      int end = owned.end(child.type().table(), owner);
      if (first >= end) {
        continue;
      }
      name(out, child.name());
      out.append('[');
      for (int row = first; row < end; row++) {
        out.append(row == first ? "{" : ",{");
        for (TypedModel.Column column : child.type().columns()) {
          ColumnData cells = table.column(column.number());
          if (!cells.isNull(row)) {
            name(out, column.name());
            value(out, cells, row);
          }
        }
        unheld(out, child.type(), nulls.of(child.type().table(), row));
        children(out, child.type(), owned, rows, nulls, row);
        out.append('}');
      }
      out.append(']');
    }
  }

  /** Members for None, and for what only their SQL type could not hold. */
  private static void unheld(StringBuilder out, TypedModel.Type type, List<NullCells.Cell> cells) {
    for (NullCells.Cell cell : cells) {
      TypedModel.Column column = type.column(cell.column());
      if (column != null) {
        name(out, column.name());
        out.append(member(cell.json()));
      }
    }
  }

  private static String member(String json) {
    return json.isEmpty()
        ? "{\"" + CUT + "\":true}"
        : json.equals("null") ? json : "{\"" + UNHELD + "\":" + json + "}";
  }

  private static void name(StringBuilder out, String name) {
    if (out.charAt(out.length() - 1) != '{') {
      out.append(',');
    }
    string(out, name);
    out.append(':');
  }

  private static void value(StringBuilder out, ColumnData cells, int row) {
    ColumnType type = cells.type();
    switch (type.base()) {
      case BOOLEAN -> out.append(cells.number(row) != 0);
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT ->
          out.append(
              type.unsigned()
                  ? Long.toUnsignedString(cells.number(row))
                  : Long.toString(cells.number(row)));
      case DOUBLE -> out.append(Double.longBitsToDouble(cells.number(row)));
      case DATETIME, DATE, TIME -> string(out, CellTexts.time(type, cells.number(row)));
      case BINARY -> string(out, CellTexts.uuid(cells, row));
      case VARBINARY, BLOB, MEDIUMBLOB, LONGBLOB -> {
        byte[] bytes = Arrays.copyOfRange(cells.pool(), cells.start(row), cells.end(row));
        string(out, Base64.getEncoder().encodeToString(bytes));
      }
      case JSON -> out.append(CellTexts.text(cells, row));
      case DECIMAL, VARCHAR, TEXT, MEDIUMTEXT, LONGTEXT -> string(out, CellTexts.text(cells, row));
    }
  }

  private static void string(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u00")
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
