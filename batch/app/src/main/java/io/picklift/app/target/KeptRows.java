package io.picklift.app.target;

import io.picklift.schema.keys.ForeignKeys;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.StoredRows;
import io.picklift.schema.tables.rows.TableRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the rows of changed saves that need not be written again. They are compared with what the
 * tables have now and not with what the save was before: a row that someone edited is written
 * again.
 */
final class KeptRows {
  private KeptRows() {}

  /** The same saves, each with the tables that have its rows as they are to be. */
  static List<NumberedSave> find(Connection connection, Mapping mapping, List<NumberedSave> saves)
      throws SQLException {
    Map<Long, Set<Integer>> kept = new HashMap<>();
    for (TableMapping table : mapping.parentsFirst()) {
      Map<Long, TableRows> wanted = new HashMap<>();
      Set<Integer> parents = parents(mapping, table);
      for (NumberedSave save : saves) {
        boolean mayStay = kept.getOrDefault(save.saveId(), Set.of()).containsAll(parents);
        if (mayStay
            && !save.isNew()
            && save.save().content() instanceof PreparedSave.Migrated migrated) {
          wanted.put(save.saveId(), migrated.rows().table(table.number()));
        }
      }
      for (Long id : StoredRows.same(connection, table, wanted)) {
        kept.computeIfAbsent(id, any -> new HashSet<>()).add(table.number());
      }
    }
    List<NumberedSave> found = new ArrayList<>();
    for (NumberedSave save : saves) {
      found.add(save.keeping(kept.getOrDefault(save.saveId(), Set.of())));
    }
    return found;
  }

  /** The tables without whose rows the server takes none of this one's, or deletes them too. */
  private static Set<Integer> parents(Mapping mapping, TableMapping table) {
    if (mapping.foreignKeys() != ForeignKeys.ALL) {
      return Set.of();
    }
    return mapping.tables().stream()
        .filter(other -> table.parents().contains(other.name()))
        .map(TableMapping::number)
        .collect(Collectors.toSet());
  }
}
