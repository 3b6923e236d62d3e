package io.picklift.schema.evolve;

import io.picklift.schema.evolve.TableChange.How;
import io.picklift.schema.keys.ForeignKeys;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.TableMapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which tables are written anew: those that say something else, and those whose rows refer to rows
 * that may have other ordinals then.
 */
final class AffectedTables {
  private final WrittenTables then;
  private final WrittenTables now;
  private final Mapping next;
  private final TablePairs pairs;
  private final Map<String, How> how = new HashMap<>();

  private AffectedTables(Mapping former, Mapping next, TablePairs pairs) {
    this.next = next;
    this.pairs = pairs;
    then = WrittenTables.of(former);
    now = WrittenTables.of(next);
  }

  static List<TableChange> of(Mapping former, Mapping next, TablePairs pairs) {
    return new AffectedTables(former, next, pairs).find();
  }

  private List<TableChange> find() {
    boolean isAll = !then.head().equals(now.head()) || !isInOrder(next, pairs);
    for (TableMapping table : next.tables()) {
      how.put(table.name(), isAll && pairs.former(table) != null ? How.REWRITTEN : own(table));
    }
    boolean isMore = true;
    while (isMore) {
      isMore = false;
      for (TableMapping table : next.tables()) {
        if (!isWritten(table.name()) && table.parents().stream().anyMatch(this::isRenumbered)) {
          how.put(table.name(), How.REWRITTEN);
          isMore = true;
        }
      }
    }
    List<TableChange> found = new ArrayList<>();
    for (TableMapping table : next.tables()) {
      TableMapping same = pairs.former(table);
      found.add(
          new TableChange(
              Objects.requireNonNull(how.get(table.name())),
              table.name(),
              same == null ? null : same.name()));
    }
    pairs.dropped().forEach(t -> found.add(new TableChange(How.DROPPED, t.name(), t.name())));
    return found;
  }

  /** Whether the tables that both mappings have stand in one order. */
  static boolean isInOrder(Mapping next, TablePairs pairs) {
    int before = -1;
    for (TableMapping table : next.tables()) {
      TableMapping same = pairs.former(table);
      if (same != null) {
        if (same.number() < before) {
          return false;
        }
        before = same.number();
      }
    }
    return true;
  }

  private How own(TableMapping table) {
    TableMapping same = pairs.former(table);
    if (same == null) {
      return How.MADE;
    }
    boolean isSame =
        same.name().equals(table.name())
            && Objects.equals(then.rows().get(same.name()), now.rows().get(table.name()));
    if (!isSame) {
      return How.REWRITTEN;
    }
    return IndexChanges.sql(same, table, Set.of()) == null ? How.KEPT : How.ALTERED;
  }

  private boolean isWritten(String table) {
    How known = how.get(table);
    return known == How.REWRITTEN || known == How.MADE;
  }

  /**
   * Whether rows of a table may have other ordinals than before. With foreign keys between tables,
   * a table that is written anew takes along those that refer to it.
   */
  private boolean isRenumbered(String table) {
    TableMapping of = next.table(table);
    TableMapping same = of == null ? null : pairs.former(of);
    boolean isMoved =
        same == null
            || !Objects.equals(then.sources().get(same.name()), now.sources().get(table))
            || (isWritten(table) && next.foreignKeys() == ForeignKeys.ALL);
    return isMoved || (of != null && isEachOfRenumbered(of));
  }

  /** Members are numbered in the order of their owners. */
  private boolean isEachOfRenumbered(TableMapping table) {
    return table.source() instanceof RowSource.Each each
        && !each.ownerTable().equals(table.name())
        && isRenumbered(each.ownerTable());
  }
}
