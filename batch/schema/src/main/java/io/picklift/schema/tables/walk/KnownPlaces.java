package io.picklift.schema.tables.walk;

import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.mapping.ValuePath;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The places that a mapping knows: those that its paths lead to, and those that it names as left in
 * the residue. Made once for a plan.
 */
final class KnownPlaces {
  private final WalkPlan plan;

  /** Names that lead from a place and are known to be left in the residue. */
  private final IdentityHashMap<PathNode, Set<String>> residue = new IdentityHashMap<>();

  /** Places that may hold anything. */
  private final IdentityHashMap<PathNode, Boolean> open = new IdentityHashMap<>();

  private final IdentityHashMap<PathNode, String> paths = new IdentityHashMap<>();

  KnownPlaces(WalkPlan plan) {
    this.plan = plan;
    for (TableMapping table : plan.mapping.tables()) {
      paths.put(plan.paths[table.number()], "");
      for (StoredColumn column : table.stored()) {
        ColumnMapping from = column.mapping();
        if (from != null) {
          follow(table, from.path());
          from.aka().forEach(path -> follow(table, path));
        }
      }
      if (table.source() instanceof RowSource.Each each) {
        TableMapping owner = plan.mapping.table(each.ownerTable());
        if (owner != null) {
          follow(owner, each.path());
        }
      }
      plan.mapping.contract().table(table.name()).residue().forEach(path -> leave(table, path));
    }
  }

  /** Whether a place may hold anything. */
  boolean isOpen(PathNode path) {
    return open.containsKey(path);
  }

  /** The names of a place's members that are known to be left in the residue. */
  Set<String> residue(PathNode path) {
    return residue.getOrDefault(path, Set.of());
  }

  /** The path of a place in its row, with a dot ahead; empty for the row itself. */
  String path(PathNode path) {
    return paths.getOrDefault(path, "");
  }

  private void follow(TableMapping table, ValuePath path) {
    PathNode at = plan.start(table, path);
    ValuePath here = path.isOfKey() ? ValuePath.KEY : ValuePath.SELF;
    if (at != null && path.isOfKey()) {
      paths.put(at, "." + here);
    }
    for (ValuePath.Step step : path.following()) {
      PathNode next = at == null ? null : next(at, step);
      if (next == null) {
        return;
      }
      here = here.then(step);
      paths.put(next, "." + here);
      at = next;
    }
  }

  private void leave(TableMapping table, ValuePath path) {
    PathNode at = plan.start(table, path);
    if (at == null) {
      return;
    }
    for (ValuePath.Step step : path.following()) {
      PathNode next = next(at, step);
      if (next == null) {
        if (step instanceof ValuePath.Name name) {
          residue.computeIfAbsent(at, n -> new HashSet<>()).add(name.name());
        }
        return;
      }
      at = next;
    }
    open.put(at, true);
  }

  private @Nullable PathNode next(PathNode at, ValuePath.Step step) {
    if (step instanceof ValuePath.Name name) {
      byte[] utf8 = name.name().getBytes(StandardCharsets.UTF_8);
      int number = plan.name(utf8, 0, utf8.length);
      return number < 0 ? null : at.name(number);
    }
    for (int i = 0; i < at.placeCount(); i++) {
      if (step instanceof ValuePath.Place place && at.place(i) == place.place()) {
        return at.placeNode(i);
      }
    }
    return null;
  }
}
