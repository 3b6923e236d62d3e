package io.picklift.schema.export;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.text.JsonOut;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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

  private JsonSchemas() {}

  /**
   * The files: {@code Save.schema.json} for a whole line, and one for each class, by name. Each
   * stands for itself.
   */
  public static Map<String, String> write(TypedModel model) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(TypedModel.SAVE + ".schema.json", document(model.save()));
    for (TypedModel.Child child : model.save().children()) {
      files.put(child.type().name() + ".schema.json", document(child.type()));
    }
    return files;
  }

  private static String document(TypedModel.Type type) {
    JsonOut json = new JsonOut();
    json.object().field("$schema", DIALECT).field("title", type.name());
    members(json, type);
    Set<TypedModel.Type> below = below(type);
    if (!below.isEmpty()) {
      json.name("$defs").object();
      for (TypedModel.Type one : below) {
        json.name(one.name()).object();
        members(json, one);
        json.end();
      }
      json.end();
    }
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

  private static void members(JsonOut json, TypedModel.Type type) {
    json.field("type", "object");
    boolean isSave = type.table() < 0;
    if (isSave) {
      json.onOneLine().name("required").array().value(TypedModel.KEY).endArray();
    }
    json.name("properties").object();
    if (isSave) {
      json.onOneLine().name(TypedModel.KEY).object().field("type", "string").end();
    }
    for (TypedModel.Column column : type.columns()) {
      json.onOneLine().name(column.name()).object();
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
    if (column.role() == StoredColumn.Role.REFERENCE) {
      json.field("type", "integer").field("minimum", 0);
      return;
    }
    ColumnType type = column.type();
    switch (type.base()) {
      case BOOLEAN -> json.field("type", "boolean");
      case TINYINT -> integer(json, type, 8);
      case SMALLINT -> integer(json, type, 16);
      case MEDIUMINT -> integer(json, type, 24);
      case INT -> integer(json, type, 32);
      case BIGINT -> integer(json, type, 64);
      case DOUBLE -> json.field("type", "number");
      case DECIMAL -> pattern(json, "^-?[0-9]+(\\.[0-9]+)?$");
      case VARCHAR -> json.field("type", "string").field("maxLength", type.size());
      case TEXT, MEDIUMTEXT, LONGTEXT -> json.field("type", "string");
      case DATETIME -> pattern(json, DATE_TIME);
      case DATE -> pattern(json, DATE);
      case TIME -> pattern(json, TIME);
      case BINARY -> pattern(json, UUID);
      case VARBINARY, BLOB, MEDIUMBLOB, LONGBLOB -> {
        json.field("type", "string").field("contentEncoding", "base64");
        json.field("pattern", BASE64);
      }
      case JSON -> json.field("description", "any JSON");
    }
  }

  private static void integer(JsonOut json, ColumnType type, int bits) {
    BigInteger range = BigInteger.ONE.shiftLeft(type.unsigned() ? bits : bits - 1);
    json.field("type", "integer");
    json.name("minimum").value(type.unsigned() ? BigInteger.ZERO : range.negate());
    json.name("maximum").value(range.subtract(BigInteger.ONE));
  }

  private static void pattern(JsonOut json, String pattern) {
    json.field("type", "string").field("pattern", pattern);
  }
}
