package io.picklift.app.target;

import io.picklift.app.beside.BesideColumn;
import io.picklift.app.source.SourceRow;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.ColumnData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The documents among a mapping's columns: those that go into the source's table, and whether one
 * that is stored says what its save says.
 *
 * @param table the number of the table that has the document
 * @param column its number in the table
 */
record DocumentCells(int table, int column) {
  /** The document that goes into the source's table; null where a mapping has none. */
  static @Nullable DocumentCells beside(Mapping mapping) {
    for (TableMapping table : mapping.tables()) {
      for (int i = 0; i < table.stored().size(); i++) {
        if (table.stored().get(i).isBeside()) {
          return new DocumentCells(table.number(), i);
        }
      }
    }
    return null;
  }

  /** Whether a mapping has a document at all. */
  static boolean areIn(Mapping mapping) {
    return mapping.tables().stream()
        .flatMap(table -> table.stored().stream())
        .anyMatch(column -> column.role() == StoredColumn.Role.DOCUMENT);
  }

  /** What the source's rows get; a save that is quarantined has no document. */
  List<BesideColumn.Document> of(List<NumberedSave> saves) {
    List<BesideColumn.Document> documents = new ArrayList<>();
    for (NumberedSave numbered : saves) {
      PreparedSave save = numbered.save();
      PreparedSave.Blob blob = save.blob();
      byte[] json =
          save.content() instanceof PreparedSave.Migrated migrated
              ? cell(migrated.rows().table(table), column, 0)
              : null;
      documents.add(
          new BesideColumn.Document(save.key(), blob == null ? null : blob.sha256(), json));
    }
    return documents;
  }

  /** The documents, like {@code document.doc}, that say something else than the save does. */
  static Set<String> differences(Mapping mapping, SaveRows rows, SaveRows anew, SourceRow row) {
    Set<String> differences = new TreeSet<>();
    for (TableMapping table : mapping.tables()) {
      TableRows there = rows.table(table.number());
      TableRows wanted = anew.table(table.number());
      for (int i = 0; i < table.stored().size(); i++) {
        StoredColumn column = table.stored().get(i);
        if (column.role() == StoredColumn.Role.DOCUMENT) {
          for (int at = 0; at < Math.min(there.size(), wanted.size()); at++) {
            String json = row.json();
            byte[] stored =
                !column.isBeside()
                    ? cell(there, i, at)
                    : json == null ? null : json.getBytes(StandardCharsets.UTF_8);
            if (!isSame(stored, cell(wanted, i, at))) {
              differences.add(
                  column.isBeside() ? column.name() : table.name() + "." + column.name());
            }
          }
        }
      }
    }
    return differences;
  }

  private static boolean isSame(byte @Nullable [] some, byte @Nullable [] others) {
    if (some == null || others == null) {
      return some == others;
    }
    return Arrays.equals(some, others)
        || JsonReader.same(
            JsonReader.parse(some, 0, some.length), JsonReader.parse(others, 0, others.length));
  }

  private static byte @Nullable [] cell(TableRows rows, int column, int row) {
    ColumnData cells = rows.column(column);
    return row >= rows.size() || cells.isNull(row)
        ? null
        : Arrays.copyOfRange(cells.pool(), cells.start(row), cells.end(row));
  }
}
