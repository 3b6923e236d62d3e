package io.picklift.schema.evolve;

import io.picklift.schema.mapping.IndexMapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.Ddl;
import io.picklift.schema.tables.rows.SqlNames;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The indexes of a table whose rows stay as they are. */
public final class IndexChanges {
  private IndexChanges() {}

  /**
   * The {@code ALTER TABLE}, without a final semicolon, that drops what the new mapping does not
   * have and adds what the former had not: one statement, since an index that a foreign key needs
   * can be dropped with its successor alone. Null where there is nothing to do.
   *
   * @param there the names that the server has, of which one may be an index's former one; empty
   *     where it is not asked
   */
  public static @Nullable String sql(TableMapping former, TableMapping next, Set<String> there) {
    List<String> dropped =
        former.indexes().stream()
            .filter(index -> !ColumnChanges.isAmong(next, index))
            .filter(index -> there.isEmpty() || index.isOneOf(there))
            .map(index -> there.contains(index.former()) ? index.former() : index.name())
            .toList();
    List<IndexMapping> added =
        next.indexes().stream()
            .filter(index -> !ColumnChanges.isAmong(former, index))
            // What is dropped may come again under its name.
            .filter(index -> dropped.contains(index.name()) || !index.isOneOf(there))
            .toList();
    if (dropped.isEmpty() && added.isEmpty()) {
      return null;
    }
    String alter =
        added.isEmpty()
            ? "ALTER TABLE " + SqlNames.quote(next.name()) + " "
            : Ddl.addIndexes(next, added) + (dropped.isEmpty() ? "" : ", ");
    return alter
        + dropped.stream()
            .map(name -> "DROP INDEX " + SqlNames.quote(name))
            .collect(Collectors.joining(", "));
  }
}
