package io.picklift.schema.draft;

import io.picklift.schema.keys.ParentOrder;
import io.picklift.schema.mapping.ColumnOptions;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.ScalarKind;
import io.picklift.schema.mapping.ValuePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes {@code mapping.yaml}. */
final class MappingText {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");
  private static final Pattern PLAIN_TYPE = Pattern.compile("[A-Z]+(\\(\\d+\\))?( UNSIGNED)?");
  private static final int COMMENT_COLUMN = 72;
  private static final int WIDTH = 120;
  private static final int MOST_NAMES = 24;

  private static final String FOREIGN_KEYS =
      """
      foreign_keys: ledger # to picklift_save: deleting a save there deletes its rows
      """;
  private static final String ALL_KEYS =
      """
      # foreign_keys: all # besides, to the rows that own a row and those that it refers to; writing takes longer
      """;

  private static final String UNPADDED =
      """
       # as Python compares, blanks at the end too: so can keys be unique
      """;

  private final StringBuilder out = new StringBuilder();

  private MappingText() {}

  /**
   * Writes a mapping.
   *
   * @param collation of the server by which texts compare as in Python
   * @param classes that are known and have no table
   */
  static String write(
      List<TableDraft> tables,
      List<String> heading,
      @Nullable String collation,
      List<String> classes) {
    MappingText text = new MappingText();
    heading.forEach(line -> text.out.append("# ").append(line).append('\n'));
    text.out.append("version: 1\n").append(FOREIGN_KEYS);
    if (new ParentOrder(parents(tables)).cycle().isEmpty()) {
      text.out.append(ALL_KEYS);
    }
    if (collation != null && tables.stream().anyMatch(MappingText::hasUniqueText)) {
      text.out.append("collation: ").append(collation).append(UNPADDED);
    }
    if (!classes.isEmpty()) {
      text.out.append("classes:").append(" # known, and no rows of a class table\n");
      classes.forEach(name -> text.out.append("  - ").append(quote(name)).append('\n'));
    }
    text.out.append("tables:\n");
    tables.forEach(text::table);
    return text.out.toString();
  }

  private static boolean hasUniqueText(TableDraft table) {
    ColumnDraft key = table.source instanceof TableDraft.Each each ? each.key() : null;
    return key != null && key.unique && key.type.base().isText();
  }

  /** For each table those that its rows refer to. */
  private static Map<String, Set<String>> parents(List<TableDraft> tables) {
    Map<String, Set<String>> parents = new LinkedHashMap<>();
    for (TableDraft table : tables) {
      Set<String> of = new LinkedHashSet<>();
      if (table.source instanceof TableDraft.Each each) {
        of.add(each.owner().name);
      }
      table.columns.stream().map(c -> c.references).filter(Objects::nonNull).forEach(of::add);
      parents.put(table.name, of);
    }
    return parents;
  }

  private void table(TableDraft table) {
    out.append("\n  ").append(table.name).append(":\n");
    table.comments.forEach(comment -> out.append("    # ").append(inComment(comment)).append('\n'));
    source(table);
    outer(table);
    if (!table.columns.isEmpty()) {
      out.append("    columns:\n");
      int width = table.columns.stream().mapToInt(c -> c.name.length()).max().orElse(0) + 1;
      table.columns.forEach(column -> column(column, width));
      always(table);
    }
    if (!table.leftOut.isEmpty()) {
      out.append("    residue:\n");
      table.leftOut.forEach(
          (path, why) -> {
            int start = out.length();
            out.append("      - ").append(quote(path.toString()));
            comment(why, out.length() - start);
            out.append('\n');
          });
    }
  }

  /** Which columns could be NOT NULL: whether they shall is not for the saves so far to say. */
  private void always(TableDraft table) {
    List<String> names = table.columns.stream().filter(c -> c.isAlways).map(c -> c.name).toList();
    if (names.isEmpty()) {
      return;
    }
    StringBuilder line =
        new StringBuilder("      # required: true (NOT NULL) would hold so far for");
    for (String name : names.subList(0, Math.min(names.size(), MOST_NAMES))) {
      if (line.length() + name.length() > WIDTH) {
        out.append(line).append('\n');
        line.setLength(0);
        line.append("      #  ");
      }
      line.append(' ').append(name).append(',');
    }
    line.setLength(line.length() - 1);
    if (names.size() > MOST_NAMES) {
      line.append(" and ").append(names.size() - MOST_NAMES).append(" more");
    }
    out.append(line).append('\n');
  }

  private void source(TableDraft table) {
    if (table.source instanceof TableDraft.OfClass of) {
      out.append("    class: ").append(list(of.classes())).append('\n');
      if (!of.aka().isEmpty()) {
        out.append("    aka: [").append(String.join(", ", quoted(of.aka()))).append("]\n");
      }
      if (of.classColumn() != null) {
        out.append("    class_column: ").append(of.classColumn()).append('\n');
      }
    } else if (table.source instanceof TableDraft.Each each) {
      out.append("    each: ").append(quote(each(each))).append('\n');
      ColumnDraft key = each.key();
      if (key != null) {
        out.append("    key: {column: ").append(key.name).append(", type: ");
        out.append(type(key)).append(key.unique ? ", unique: true}" : "}");
        comment(key.comment, 0);
        out.append('\n');
      }
      if (table.memberClass != null) {
        out.append("    class_column: ").append(table.memberClass).append('\n');
      }
    } else {
      out.append("    root: true\n");
      if (table.source instanceof TableDraft.Root root && root.split() != null) {
        out.append("    split: ").append(quote(root.split())).append('\n');
      }
    }
  }

  private void outer(TableDraft table) {
    OuterColumns outer = table.outer;
    if (outer == null) {
      return;
    }
    out.append("    source:\n");
    for (OuterColumns.Column column : outer.columns()) {
      List<String> parts = new ArrayList<>();
      if (!column.name().equals(column.column())) {
        parts.add("column: " + quote(column.column()));
      }
      parts.add("type: " + type(column.type()));
      if (column.collation() != null) {
        parts.add("collation: " + column.collation());
      }
      out.append("      ").append(column.name()).append(": ");
      out.append(parts.size() == 1 ? type(column.type()) : "{" + String.join(", ", parts) + "}");
      out.append('\n');
    }
    if (!outer.key().isEmpty()) {
      out.append("    indexes:\n      - {columns: [");
      out.append(String.join(", ", outer.key())).append(']');
      out.append(table.isOneRow ? ", unique: true}\n" : "}\n");
    }
  }

  private static String each(TableDraft.Each each) {
    if (each.path().steps().isEmpty()) {
      return each.owner().name;
    }
    String path = each.path().toString();
    return each.owner().name + (path.startsWith("[") ? "" : ".") + path;
  }

  private static String list(List<String> names) {
    return names.size() == 1 ? quote(names.get(0)) : "[" + String.join(", ", quoted(names)) + "]";
  }

  private static List<String> quoted(List<String> texts) {
    return texts.stream().map(MappingText::quote).toList();
  }

  private void column(ColumnDraft column, int width) {
    int start = out.length();
    out.append("      ").append(column.name).append(':');
    out.append(" ".repeat(Math.max(1, width - column.name.length())));
    boolean isNamed = column.path.equals(ValuePath.of(column.name));
    List<String> parts = new ArrayList<>();
    if (!isNamed) {
      parts.add("path: " + quote(column.path.toString()));
    }
    if (!column.aka.isEmpty()) {
      parts.add(
          "aka: ["
              + String.join(", ", quoted(column.aka.stream().map(ValuePath::toString).toList()))
              + "]");
    }
    if (column.options.isClass()) {
      parts.add("class: true");
    } else {
      parts.add(
          column.references != null ? "references: " + column.references : "type: " + type(column));
    }
    options(column.options, parts);
    if (column.index) {
      parts.add("index: true");
    }
    if (column.unique) {
      parts.add("unique: true");
    }
    if (!column.unit.isEmpty()) {
      parts.add("comment: " + column.unit);
    }
    if (parts.size() == 1 && column.references == null && !column.options.isClass()) {
      out.append(type(column));
    } else {
      out.append('{').append(String.join(", ", parts)).append('}');
    }
    comment(column.comment, out.length() - start);
    out.append('\n');
  }

  private static void options(ColumnOptions options, List<String> parts) {
    if (options.isUtc()) {
      parts.add("zone: utc");
    }
    ScalarKind only = options.only();
    if (only != null) {
      parts.add("only: " + only.label());
    }
    if (options.kind() != null) {
      parts.add("kind: " + options.kind());
    }
    if (options.dtype() != null) {
      parts.add("dtype: " + options.dtype());
    }
    if (options.shape() != null) {
      parts.add("shape: " + options.shape());
    }
  }

  private void comment(String comment, int width) {
    if (!comment.isEmpty()) {
      out.append(" ".repeat(Math.max(1, COMMENT_COLUMN - width)))
          .append("# ")
          .append(inComment(comment));
    }
  }

  private static String type(ColumnDraft column) {
    return type(column.type);
  }

  private static String type(ColumnType type) {
    String sql = type.sql();
    return PLAIN_TYPE.matcher(sql).matches() ? sql : "\"" + sql + "\"";
  }

  /** A text as YAML takes it, plain where that is safe. */
  private static String quote(String text) {
    if (PLAIN.matcher(text).matches()) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else {
        append(quoted, c);
      }
    }
    return quoted.append('"').toString();
  }

  /** What stands in a comment: no character may end it, or may not stand in YAML at all. */
  private static String inComment(String text) {
    StringBuilder line = new StringBuilder();
    text.chars().forEach(c -> append(line, (char) c));
    return line.toString();
  }

  private static void append(StringBuilder text, char c) {
    if (c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c >= 0xfffe) {
      text.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
    } else {
      text.append(c);
    }
  }
}
