package io.picklift.schema.drift;

import io.picklift.schema.draft.MappingGenerator;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.tables.rows.Ddl;
import io.picklift.schema.yaml.ConfigurationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What would take in what a mapping does not know: the lines that a first mapping of the same saves
 * has for it, and the SQL that changes the tables.
 */
final class MappingAdditions {
  private final Mapping mapping;
  private final Set<String> grown;
  private final String[] text;
  private final Mapping fresh;
  private final Map<String, String> known = new HashMap<>();
  private final List<String> lines = new ArrayList<>();

  private MappingAdditions(Mapping mapping, String text, Set<String> grown)
      throws ConfigurationException {
    this.mapping = mapping;
    this.grown = grown;
    this.text = text.split("\n", -1);
    fresh = Mapping.parse("the first mapping of these saves", text);
  }

  /**
   * A line each, the mapping's first.
   *
   * @param grown columns that their values have outgrown, as {@code table.column}
   */
  static List<String> of(Profile profile, Mapping mapping, Set<String> grown) {
    if (profile.saves().count() == 0) {
      return List.of();
    }
    try {
      return new MappingAdditions(mapping, MappingGenerator.mapping(profile), grown).find();
    } catch (ConfigurationException e) {
      throw new IllegalStateException("a first mapping does not hold together", e);
    }
  }

  private List<String> find() {
    List<String> sql = new ArrayList<>();
    for (TableMapping table : fresh.tables()) {
      TableMapping same = same(table);
      if (same == null) {
        lines.add("mapping: a table " + table.name() + ":");
        int start = table.line();
        int end = start;
        while (end < text.length && !text[end].isBlank()) {
          end++;
        }
        for (int i = start - 1; i < end; i++) {
          lines.add("mapping:   " + text[i]);
        }
        sql.add(Ddl.statement(fresh, table).replaceAll("\\s*\n\\s*", " ") + ";");
        continue;
      }
      known.put(table.name(), same.name());
      for (StoredColumn column : table.stored()) {
        column(same, column, sql);
      }
    }
    sql.forEach(statement -> lines.add("sql: " + statement));
    return lines;
  }

  private void column(TableMapping table, StoredColumn column, List<String> sql) {
    ColumnMapping from = column.mapping();
    if (from == null || column.role().isBeside()) {
      return;
    }
    List<StoredColumn> there =
        table.stored().stream()
            .filter(s -> s.mapping() != null && !s.role().isBeside())
            .filter(s -> isOf(s.mapping(), from))
            .toList();
    for (StoredColumn old : there) {
      if (grown.contains(table.name() + "." + old.name()) && !old.type().equals(column.type())) {
        lines.add("mapping: " + table.name() + "." + old.name() + ": type " + column.type().sql());
        sql.add(Ddl.modify(table, old, column.type()));
      }
    }
    boolean isThere =
        there.stream()
            .anyMatch(s -> s.role() == column.role() && s.type().base() == column.type().base());
    if (there.isEmpty() || (!isThere && from.options().kind() != null)) {
      lines.add("mapping: " + table.name() + ": " + text[from.line() - 1].strip());
      if (table.columnNumber(column.name()) < 0) {
        sql.add(Ddl.add(table, column));
      }
    }
  }

  private static boolean isOf(@Nullable ColumnMapping old, ColumnMapping now) {
    return old != null
        && (old.path().equals(now.path())
            || old.aka().contains(now.path())
            || now.aka().contains(old.path()));
  }

  /** The table of the mapping that has the same rows. */
  private @Nullable TableMapping same(TableMapping table) {
    for (TableMapping one : mapping.tables()) {
      boolean isSame = false;
      if (table.source() instanceof RowSource.OfClass now
          && one.source() instanceof RowSource.OfClass then) {
        isSame = now.classes().stream().anyMatch(then.classes()::contains);
      } else if (table.source() instanceof RowSource.Each now
          && one.source() instanceof RowSource.Each then) {
        isSame =
            now.path().equals(then.path()) && then.ownerTable().equals(known.get(now.ownerTable()));
      } else {
        isSame =
            table.source() instanceof RowSource.Root now
                && one.source() instanceof RowSource.Root then
                && (now.split().isEmpty()
                    ? then.split().isEmpty()
                    : then.split().stream().anyMatch(now.split()::contains));
      }
      if (isSame) {
        return one;
      }
    }
    return null;
  }
}
