package io.picklift.schema.mapping;

import io.picklift.schema.keys.ForeignKeys;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The canonical written form of a mapping: what its {@code mapping.yaml} says, with all defaults
 * spelled out, in one order. Layout and comments of the file do not show in it, so that two files
 * that mean the same are written the same.
 *
 * <p>A fact is a line: its keyword, and after a blank its value, in which a line break and a
 * backslash are escaped. Two blanks more in front of a line say that it belongs to the line above
 * with fewer. What is not set has no line. So a keyword that a later version adds does not change
 * the text, and with it the fingerprint, of a mapping that does not use it.
 *
 * <pre>
 * picklift-mapping 1
 * collation utf8mb4_bin
 * table friend
 *   source class
 *     name game.Friend
 *   column since
 *     role value
 *     type INT
 *     unfit residue
 *     path since
 * </pre>
 */
final class WrittenMapping {
  private final StringBuilder text = new StringBuilder();

  private WrittenMapping() {}

  static String of(Mapping mapping) {
    WrittenMapping written = new WrittenMapping();
    written.line(0, "picklift-mapping", "1");
    written.line(0, "collation", mapping.collation());
    written.optional(0, "ledger", mapping.ledger());
    boolean hasAll = mapping.foreignKeys() == ForeignKeys.ALL;
    written.optional(0, "foreign_keys", hasAll ? ForeignKeys.ALL.label() : null);
    mapping.tables().forEach(written::table);
    return written.text.toString();
  }

  private void table(TableMapping table) {
    line(0, "table", table.name());
    source(table.source());
    for (IndexMapping index : table.indexes()) {
      line(1, "index", index.former());
      all(2, "on", index.columns());
      flag(2, "unique", index.unique());
    }
    table.stored().forEach(this::column);
  }

  private void source(RowSource source) {
    if (source instanceof RowSource.OfClass of) {
      line(1, "source", "class");
      all(2, "name", of.classes());
      optional(2, "class_column", of.classColumn());
    } else if (source instanceof RowSource.Each each) {
      line(1, "source", "each");
      line(2, "owner_table", each.ownerTable());
      line(2, "path", each.path().toString());
      line(2, "owner", each.ownerColumn());
      line(2, "position", each.positionColumn());
      RowSource.KeyColumn key = each.key();
      if (key != null) {
        line(2, "key", key.name());
        line(2, "key_type", key.type().sql());
        flag(2, "key_unique", key.unique());
        optional(2, "key_collation", key.collation());
      }
    } else {
      line(1, "source", "root");
      if (source instanceof RowSource.Root root) {
        all(2, "split", root.split());
      }
    }
  }

  private void column(StoredColumn column) {
    line(1, "column", column.name());
    line(2, "role", word(column.role()));
    line(2, "type", column.type().sql());
    line(2, "unfit", word(column.unfit()));
    SourceColumn source = column.source();
    if (source != null) {
      line(2, "source_column", source.column());
      optional(2, "collation", source.collation());
    }
    shown(column.shown());
    ColumnMapping mapping = column.mapping();
    if (mapping != null) {
      optional(2, "references", mapping.references());
      line(2, "path", mapping.path().toString());
      all(2, "aka", mapping.aka().stream().map(ValuePath::toString).toList());
      defaultValue(mapping.defaultValue());
      flag(2, "index", mapping.index());
      flag(2, "unique", mapping.unique());
      flag(2, "required", mapping.required());
      options(mapping.options());
    }
  }

  private void shown(StoredColumn.@Nullable Shown shown) {
    if (shown instanceof StoredColumn.Document document) {
      line(2, "document", document.isPlain() ? "plain" : "forms");
      flag(2, "beside", document.isBeside());
    } else if (shown instanceof StoredColumn.Generated generated) {
      line(2, "of", generated.of());
      line(2, "path", generated.path().toString());
    }
  }

  private void options(ColumnOptions options) {
    optional(2, "zone", options.isUtc() ? "utc" : null);
    optional(2, "offset", options.offset());
    ScalarKind only = options.only();
    optional(2, "only", only == null ? null : only.label());
    optional(2, "kind", options.kind());
    optional(2, "dtype", options.dtype());
    optional(2, "shape", options.shape());
  }

  private void defaultValue(@Nullable Object value) {
    if (value != null) {
      String kind =
          value instanceof Boolean
              ? "boolean"
              : value instanceof Double
                  ? "double"
                  : value instanceof BigDecimal
                      ? "decimal"
                      : value instanceof String ? "text" : "integer";
      line(2, "default", kind + " " + value);
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void all(int depth, String keyword, List<String> values) {
    values.forEach(value -> line(depth, keyword, value));
  }

  private void optional(int depth, String keyword, @Nullable String value) {
    if (value != null) {
      line(depth, keyword, value);
    }
  }

  private void flag(int depth, String keyword, boolean isSet) {
    if (isSet) {
      text.append("  ".repeat(depth)).append(keyword).append('\n');
    }
  }

  private void line(int depth, String keyword, String value) {
    text.append("  ".repeat(depth)).append(keyword).append(' ');
    text.append(value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r"));
    text.append('\n');
  }
}
