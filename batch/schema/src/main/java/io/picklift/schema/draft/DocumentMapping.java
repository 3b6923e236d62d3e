package io.picklift.schema.draft;

import io.picklift.schema.profile.OuterColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of saves that become one document each: a table of the source's key and the document.
 *
 * @param table the name of the table
 * @param column of the document
 * @param isPlain in plain JSON, which does not say all
 * @param isBeside whether the document stands in the source's table, and the table has rows alone
 * @param isQuarantined whether a save whose document no server takes is refused
 * @param columns what the server takes out of the documents
 */
public record DocumentMapping(
    String table,
    String column,
    boolean isPlain,
    boolean isBeside,
    boolean isQuarantined,
    List<Part> columns) {
  /**
   * A column that is taken out of the document.
   *
   * @param path null for the column's name
   */
  public record Part(String name, @Nullable String path, String type, boolean isIndexed) {}

  public DocumentMapping {
    columns = List.copyOf(columns);
  }

  /** The text of the {@code mapping.yaml}. */
  public String yaml(List<OuterColumn> outer) {
    StringBuilder out = new StringBuilder("version: 1\ntables:\n");
    out.append("  ").append(quoted(table)).append(":\n    root: true\n");
    String key = isBeside ? "" : source(outer, out);
    out.append("    columns:\n      ").append(quoted(column)).append(": {document: ");
    out.append(isPlain ? "plain" : "forms").append(isBeside ? ", beside: true" : "");
    out.append(", unfit: ").append(isQuarantined ? "quarantine" : "residue").append("}\n");
    for (Part part : columns) {
      out.append("      ").append(quoted(part.name())).append(": {of: ").append(quoted(column));
      String path = part.path();
      out.append(path == null ? "" : ", path: " + quoted(path));
      out.append(", type: ").append(quoted(part.type()));
      out.append(part.isIndexed() ? ", index: true}\n" : "}\n");
    }
    return out.append(key).toString();
  }

  /** Adds the columns of the source's key; returns the line of their index. */
  private String source(List<OuterColumn> outer, StringBuilder out) {
    if (outer.isEmpty()) {
      return "";
    }
    Set<String> used = new HashSet<>(Set.of("save_id", "ordinal", column));
    columns.forEach(part -> used.add(part.name()));
    OuterColumns key = new OuterColumns(outer, Set.of(), used);
    out.append("    source:\n");
    for (OuterColumns.Column one : key.columns()) {
      List<String> parts = new ArrayList<>();
      parts.add("column: " + quoted(one.column()));
      parts.add("type: " + quoted(one.type().sql()));
      String collation = one.collation();
      if (collation != null) {
        parts.add("collation: " + collation);
      }
      out.append("      ").append(quoted(one.name()));
      out.append(": {").append(String.join(", ", parts)).append("}\n");
    }
    return "    indexes:\n      - {columns: ["
        + String.join(", ", key.key().stream().map(DocumentMapping::quoted).toList())
        + "], unique: true}\n";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
