package io.picklift.schema.export;

import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a {@link TypedModel} as a {@code .proto} file. */
public final class ProtoText {
  private final TypedModel model;
  private final StringBuilder out = new StringBuilder();

  private ProtoText(TypedModel model) {
    this.model = model;
  }

  /** The text of {@code <package>.proto}. */
  public static String write(TypedModel model) {
    return new ProtoText(model).text();
  }

  private String text() {
    out.append(
        """
        // Written by picklift profile: one message for each table of mapping.yaml. Field numbers are kept in the
        // lock file beside this one and never used again, so what was written with an older one of these can be read.
        syntax = "proto3";

        """);
    out.append("package ").append(model.packageName()).append(";\n");
    boolean hasTimes =
        model.mapping().tables().stream()
            .flatMap(table -> table.stored().stream())
            .anyMatch(column -> ProtoType.of(column.type()) == ProtoType.TIMESTAMP);
    if (hasTimes) {
      out.append("\nimport \"google/protobuf/timestamp.proto\";\n");
    }
    out.append(
        "\n"
            + "// A save. A field that refers to an object holds its place, from 0, in the list of"
            + " its class here.\n");
    message(model.save());
    for (TypedModel.Type type : model.types()) {
      TableMapping table = model.mapping().tables().get(type.table());
      out.append("\n// A row of ").append(table.name()).append(".\n");
      message(type);
    }
    out.append(
        """

        // What the field of a column does not say: that None stands there, or a value that only the column's SQL type
        // cannot hold. A field that is not set, and is not named so, has nothing in the save.
        """);
    message(
        TypedModel.UNHELD,
        Map.of(
            "column", "the field's name",
            "json", "the value, as picklift decode writes it: null, {\"$float\": \"nan\"}",
            "cut", "true: the value is too long, and left out"));
    if (model.hasArrays()) {
      out.append(
          "\n// An array of numpy: its elements in memory order, in the one list of their kind.\n");
      message(
          TypedModel.ARRAY,
          Map.of(
              "ints",
              "also times: in the unit that dtype tells",
              "data",
              "the elements' bytes, where dtype is none of these kinds or a text is no"
                  + " Unicode"));
    }
    return out.toString();
  }

  private void message(TypedModel.Type type) {
    Map<String, String> comments = new HashMap<>();
    type.columns().forEach(column -> comments.put(column.name(), comment(column)));
    message(type.name(), comments);
  }

  private void message(String name, Map<String, String> comments) {
    ProtoMessage message = model.lock().message(name);
    if (message == null) {
      throw new IllegalStateException("no numbers for " + name);
    }
    out.append("message ").append(name).append(" {\n");
    if (!message.reserved().isEmpty()) {
      out.append("  reserved ").append(ranges(List.copyOf(message.reserved()))).append(";\n");
    }
    for (ProtoField field : message.fields()) {
      out.append("  ").append(field.label()).append(' ').append(field.name());
      out.append(" = ").append(field.number()).append(';');
      String comment = comments.getOrDefault(field.name(), "");
      out.append(comment.isEmpty() ? "" : "  // " + comment).append('\n');
    }
    out.append("}\n");
  }

  private static String comment(TypedModel.Column of) {
    StoredColumn column = of.column();
    ColumnMapping from = column.mapping();
    if (of.isArray()) {
      return "";
    }
    boolean isUtc = from != null && from.options().isUtc();
    if (isUtc && column.role() == StoredColumn.Role.VALUE) {
      return "in UTC";
    }
    return switch (column.role()) {
      case KEY -> "the key in the dict";
      case CLASS -> "the object's class";
      case REFERENCE ->
          column.mapping() == null ? "" : "place in Save." + column.mapping().references();
      default -> type(column.type());
    };
  }

  private static String type(ColumnType type) {
    return switch (type.base()) {
      case DATETIME -> "by the save's own clock, as if that were UTC";
      case DATE -> "2024-12-31";
      case TIME -> "23:59:59.123456";
      case DECIMAL -> type.sql();
      case BINARY -> "UUID";
      case JSON -> "JSON";
      default -> "";
    };
  }

  private static String ranges(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
