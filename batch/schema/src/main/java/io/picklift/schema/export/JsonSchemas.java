package io.picklift.schema.export;

import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.text.JsonOut;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** JSON Schemas (2020-12) of the lines that {@code export} writes as NDJSON. */
public final class JsonSchemas {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final String DATE_TIME =
      "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{6})?$";
  private static final String DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
  private static final String TIME = "^[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{6})?$";
  private static final String UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";
  private static final String BASE64 = "^[A-Za-z0-9+/]*={0,2}$";

  private static final String SAVE =
      "A save: a list for each class; the rows of lists and dicts stand in their owners.";
  private static final String UNHELD = "Unheld";
  private static final String BESIDE =
      "A value that only the SQL type of its column cannot hold, as picklift decode writes it, or"
          + " one that is too long and left out.";

  private JsonSchemas() {}

  /**
   * The files: {@code Save.schema.json} for a whole line, and one for each class, by name. Each
   * stands for itself.
   */
  public static Map<String, String> write(TypedModel model) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(TypedModel.SAVE + ".schema.json", document(model, model.save()));
    for (TypedModel.Child child : model.save().children()) {
      files.put(child.type().name() + ".schema.json", document(model, child.type()));
    }
    return files;
  }

  private static String document(TypedModel model, TypedModel.Type type) {
    JsonOut json = new JsonOut();
    json.object().field("$schema", DIALECT).field("title", type.name());
    members(json, model, type);
    json.name("$defs").object();
    for (TypedModel.Type one : below(type)) {
      json.name(one.name()).object();
      members(json, model, one);
      json.end();
    }
    json.name(UNHELD).object().field("description", BESIDE);
    json.onOneLine().name("properties").object();
    json.name(TypedJson.UNHELD).object().end();
    json.name(TypedJson.CUT).object().field("const", true).end().end();
    json.field("additionalProperties", false).end().end();
    return json.end().text();
  }

  private static Set<TypedModel.Type> below(TypedModel.Type type) {
    Set<TypedModel.Type> below = new LinkedHashSet<>();
    Deque<TypedModel.Type> open = new ArrayDeque<>();
    open.add(type);
    while (!open.isEmpty()) {
      for (TypedModel.Child child : open.poll().children()) {
        below.add(child.type());
        open.add(child.type());
      }
    }
    return below;
  }

  /** What is always there, be it null. */
  private static List<String> required(TypedModel model, TypedModel.Type type) {
    if (type.table() < 0) {
      return List.of(TypedModel.KEY);
    }
    boolean isOfClass =
        model.mapping().tables().get(type.table()).source() instanceof RowSource.OfClass;
    return type.columns().stream()
        .filter(
            column ->
                column.column().role() == StoredColumn.Role.KEY
                    || isRequired(column.column())
                    || (isOfClass
                        && column.column().role() == StoredColumn.Role.CLASS
                        && column.column().mapping() == null))
        .map(TypedModel.Column::name)
        .toList();
  }

  private static boolean isRequired(StoredColumn column) {
    ColumnMapping from = column.mapping();
    return column.role() == StoredColumn.Role.VALUE && from != null && from.required();
  }

  private static void members(JsonOut json, TypedModel model, TypedModel.Type type) {
    boolean isSave = type.table() < 0;
    json.field("description", isSave ? SAVE : ExportGuide.about(model, type));
    json.field("type", "object");
    List<String> required = required(model, type);
    if (!required.isEmpty()) {
      json.onOneLine().name("required").array();
      required.forEach(json::value);
      json.endArray();
    }
    json.name("properties").object();
    if (isSave) {
      json.onOneLine().name(TypedModel.KEY).object();
      json.field("description", "the key of the source's row").field("type", "string").end();
    }
    for (TypedModel.Column column : type.columns()) {
      json.onOneLine().name(column.name()).object();
      json.field("description", ExportGuide.about(column));
      column(json, column.column());
      json.end();
    }
    for (TypedModel.Child child : type.children()) {
      json.onOneLine().name(child.name()).object().field("type", "array");
      json.name("items").object().field("$ref", "#/$defs/" + child.type().name()).end().end();
    }
    json.end().field("additionalProperties", false);
  }

  private static void column(JsonOut json, StoredColumn column) {
    ColumnType type = column.type();
    if (column.role() == StoredColumn.Role.REFERENCE) {
      type(json, "integer").field("minimum", 0);
      return;
    }
    switch (type.base()) {
      case BOOLEAN -> type(json, "boolean");
      case TINYINT -> integer(json, type, 8);
      case SMALLINT -> integer(json, type, 16);
      case MEDIUMINT -> integer(json, type, 24);
      case INT -> integer(json, type, 32);
      case BIGINT -> integer(json, type, 64);
      case DOUBLE -> type(json, "number");
      case DECIMAL -> pattern(json, decimal(type));
      case VARCHAR -> type(json, "string").field("maxLength", type.size());
      case TEXT, MEDIUMTEXT, LONGTEXT -> type(json, "string");
      case DATETIME -> pattern(json, DATE_TIME);
      case DATE -> pattern(json, DATE);
      case TIME -> pattern(json, TIME);
      case BINARY -> pattern(json, UUID);
      case VARBINARY, BLOB, MEDIUMBLOB, LONGBLOB -> {
        type(json, "string").field("contentEncoding", "base64").field("pattern", BASE64);
        if (type.base() == ColumnType.Base.VARBINARY) {
          json.field("maxLength", (type.size() + 2) / 3 * 4L);
        }
      }
      case JSON -> {
        // Any JSON is one.
      }
    }
  }

  /** A value of that type, None, or what the type cannot hold. */
  private static JsonOut type(JsonOut json, String type) {
    json.name("type").array().value(type).value("null").value("object").endArray();
    return json.field("$ref", "#/$defs/" + UNHELD);
  }

  private static String decimal(ColumnType type) {
    String whole = "^-?[0-9]{1," + Math.max(1, type.size() - type.scale()) + "}";
    return whole + (type.scale() == 0 ? "$" : "\\.[0-9]{" + type.scale() + "}$");
  }

  private static void integer(JsonOut json, ColumnType type, int bits) {
    BigInteger range = BigInteger.ONE.shiftLeft(type.unsigned() ? bits : bits - 1);
    type(json, "integer");
    json.name("minimum").value(type.unsigned() ? BigInteger.ZERO : range.negate());
    json.name("maximum").value(range.subtract(BigInteger.ONE));
  }

  private static void pattern(JsonOut json, String pattern) {
    type(json, "string").field("pattern", pattern);
  }
}
