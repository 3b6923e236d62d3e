package io.picklift.schema.evolve;

import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.TableMapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which table of a former mapping is which of the new one: the one that has the same rows. */
final class TablePairs {
  private final Mapping former;
  private final Mapping next;

  /** Former tables by the new tables' names. */
  private final Map<String, TableMapping> pairs = new HashMap<>();

  private final Set<String> taken = new HashSet<>();

  TablePairs(Mapping former, Mapping next) {
    this.former = former;
    this.next = next;
    // Names first: of several classes of one table each may get its own.
    for (TableMapping table : next.tables()) {
      TableMapping same = former.table(table.name());
      if (same != null && !sources(table).isEmpty() && sources(table).contains(same)) {
        pair(table, same);
      }
    }
    for (TableMapping table : next.tables()) {
      if (!pairs.containsKey(table.name())) {
        sources(table).stream()
            .filter(same -> !taken.contains(same.name()) && next.table(same.name()) == null)
            .findFirst()
            .ifPresent(same -> pair(table, same));
      }
    }
    for (TableMapping table : next.tables()) {
      TableMapping same = former.table(table.name());
      if (same != null && !pairs.containsKey(table.name()) && !taken.contains(same.name())) {
        pair(table, same);
      }
    }
  }

  private void pair(TableMapping table, TableMapping same) {
    pairs.put(table.name(), same);
    taken.add(same.name());
  }

  /** The former table that this new one is; null for one that is new. */
  @Nullable TableMapping former(TableMapping table) {
    return pairs.get(table.name());
  }

  /** Former tables that no new one is. */
  List<TableMapping> dropped() {
    return former.tables().stream().filter(table -> !taken.contains(table.name())).toList();
  }

  /** The former tables that have rows of this new one. */
  List<TableMapping> sources(TableMapping table) {
    List<TableMapping> found = new ArrayList<>();
    for (TableMapping one : former.tables()) {
      if (isSame(one, table)) {
        found.add(one);
      }
    }
    return found;
  }

  /** The new tables that have rows of this former one. */
  List<TableMapping> targets(TableMapping table) {
    return next.tables().stream().filter(one -> isSame(table, one)).toList();
  }

  private boolean isSame(TableMapping then, TableMapping now) {
    if (now.source() instanceof RowSource.OfClass of
        && then.source() instanceof RowSource.OfClass was) {
      return of.classes().stream().anyMatch(was.classes()::contains);
    }
    if (now.source() instanceof RowSource.Each each
        && then.source() instanceof RowSource.Each was) {
      TableMapping owner = pairs.get(each.ownerTable());
      String ownerName = owner == null ? each.ownerTable() : owner.name();
      return each.path().equals(was.path()) && was.ownerTable().equals(ownerName);
    }
    return now.source() instanceof RowSource.Root root
        && then.source() instanceof RowSource.Root was
        && (root.split().isEmpty()
            ? was.split().isEmpty()
            : root.split().stream().anyMatch(was.split()::contains));
  }
}
