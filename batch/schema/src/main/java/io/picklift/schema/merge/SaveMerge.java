package io.picklift.schema.merge;

import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Merges one save. What only one side changed is taken from it, and what both changed alike; all
 * else is a conflict, and then nothing is merged. What no column shows is the source's.
 */
public final class SaveMerge {
  private static final String ELSEWHERE = "in another container";
  private static final String UNCLEAR = "not to be told from others";

  private final WalkPlan plan;
  private final Side base;
  private final Side source;
  private final TargetRows target;
  private final RowPairs pairs;
  private final Numbers numbers;
  private final Moves moves;
  private final Map<Integer, List<int[]>> groups = new HashMap<>();
  private final List<MergeConflict> conflicts = new ArrayList<>();

  /**
   * The rows of a save, or why it has none.
   *
   * @param rows null where there are conflicts
   */
  public record Result(@Nullable SaveRows rows, List<MergeConflict> conflicts) {
    public Result {
      conflicts = List.copyOf(conflicts);
    }
  }

  private SaveMerge(WalkPlan plan, Side base, Side source, TargetRows target)
      throws LimitException {
    this.plan = plan;
    this.base = base;
    this.source = source;
    this.target = target;
    pairs = RowPairs.of(plan, base, source);
    numbers = new Numbers(plan, pairs, source, target);
    moves = new Moves(base, source, target, pairs, numbers);
    for (TableMapping table : plan.mapping.tables()) {
      groups.put(table.number(), Cells.groups(table));
    }
  }

  /**
   * Merges a save whose rows have the ordinals that they had when it was taken apart.
   *
   * @param base what both sides agreed on last
   * @param source what the source has now
   * @param rows what the source's save is taken apart into, under the same mapping
   * @param target the rows as they were edited
   * @param memory what the merged rows may take
   * @throws LimitException where there is too little memory to tell
   */
  public static Result merge(
      Mapping mapping, Meaning base, Meaning source, SaveRows rows, SaveRows target, Memory memory)
      throws LimitException {
    WalkPlan plan = WalkPlan.of(mapping);
    Side before = new Side(plan, base);
    return new SaveMerge(
            plan, before, new Side(plan, source), TargetRows.byOrdinal(plan, target, before))
        .run(rows, memory);
  }

  /**
   * The same of one whose ordinals say nothing of the base.
   *
   * @param target what the edited rows mean
   */
  public static Result merge(
      Mapping mapping, Meaning base, Meaning source, SaveRows rows, Meaning target, Memory memory)
      throws LimitException {
    WalkPlan plan = WalkPlan.of(mapping);
    Side before = new Side(plan, base);
    return new SaveMerge(
            plan,
            before,
            new Side(plan, source),
            TargetRows.byContent(plan, before, new Side(plan, target)))
        .run(rows, memory);
  }

  private Result run(SaveRows rows, Memory memory) throws LimitException {
    new Births(plan, pairs, source, target, numbers).number();
    MergedRows merged = new MergedRows(plan, numbers, source, target);
    for (TableMapping table : plan.mapping.tables()) {
      changedInSource(table, merged);
      onlyInTarget(table, merged);
      missingInSource(table);
    }
    for (TableMapping table : plan.mapping.tables()) {
      references(table, merged);
    }
    for (int number : plan.order) {
      TableMapping table = plan.mapping.tables().get(number);
      if (table.source() instanceof RowSource.Each each) {
        owners(table, each, merged);
        order(table, each, merged);
      }
    }
    return conflicts.isEmpty()
        ? new Result(merged.write(rows, memory), conflicts)
        : new Result(null, conflicts);
  }

  /** Rows that the source has. */
  private void changedInSource(TableMapping table, MergedRows merged) throws LimitException {
    int number = table.number();
    for (int row = 0; row < source.size(number); row++) {
      int of = pairs.one(number, row);
      int edited = of >= 0 ? target.ofBase(number, of) : numbers.partner(number, row);
      if (of >= 0 && edited == RowPairs.UNCLEAR) {
        conflict(source.path(number, row), "there", UNCLEAR);
      } else if (of >= 0 && edited < 0) {
        deleted(table, of, row);
      } else {
        MergedRows.Row to = merged.add(table, row, row, edited);
        if (edited >= 0) {
          cells(table, of, row, edited, to);
        }
      }
    }
  }

  private void onlyInTarget(TableMapping table, MergedRows merged) {
    int number = table.number();
    for (int row = 0; row < target.table(number).size(); row++) {
      if (numbers.isNew(number, row) && numbers.ofTarget(number, row) >= source.size(number)) {
        MergedRows.Row to = merged.add(table, numbers.ofTarget(number, row), -1, row);
        for (int[] group : groups(table)) {
          take(table, group, row, to);
        }
      }
    }
  }

  /** Rows of the base that the source has no more, or that may be any of its rows. */
  private void missingInSource(TableMapping table) throws LimitException {
    int number = table.number();
    for (int row = 0; row < base.size(number); row++) {
      if (pairs.isPaired(number, row)) {
        continue;
      }
      boolean isGone = pairs.other(number, row) == RowPairs.GONE;
      String inSource = isGone ? "gone" : UNCLEAR;
      int edited = target.ofBase(number, row);
      if (edited == RowPairs.UNCLEAR || (edited < 0 && !isGone)) {
        conflict(base.path(number, row), inSource, edited < -1 ? inSource : "deleted");
      } else if (edited >= 0) {
        Numbers.View before = numbers.base(base, number, row);
        Numbers.View after = numbers.target(number, edited);
        for (int[] group : groups(table)) {
          if (!numbers.areSame(table, group, before, after)) {
            conflict(path(number, row, group), inSource, Numbers.text(table, group, after));
          }
        }
      }
      if (isGone && table.source() instanceof RowSource.Each each) {
        moved(table, each, row, edited);
      }
    }
  }

  /** A member that the source has no more in its container, and the target nowhere or elsewhere. */
  private void moved(TableMapping table, RowSource.Each each, int row, int edited)
      throws LimitException {
    int number = table.number();
    int[] owner = {table.columnNumber(each.ownerColumn())};
    boolean isInTarget =
        edited >= 0
            ? !numbers.areSame(
                table, owner, numbers.base(base, number, row), numbers.target(number, edited))
            : edited == RowPairs.GONE && moves.inTarget(table, row, groups(table));
    boolean isInSource = (edited == RowPairs.GONE || isInTarget) && moves.inSource(table, row);
    if (isInSource || isInTarget) {
      conflict(
          base.path(number, row),
          isInSource ? ELSEWHERE : "gone",
          isInTarget ? ELSEWHERE : "deleted");
    }
  }

  /** References that the source made anew, to objects that the target deleted. */
  private void references(TableMapping table, MergedRows merged) {
    int number = table.number();
    for (int column = 0; column < table.stored().size(); column++) {
      int to = RowPairs.referred(plan, table, column);
      if (to < 0) {
        continue;
      }
      for (MergedRows.Row row : merged.rows(number)) {
        if (row.source() < 0 || row.isTaken(column)) {
          continue;
        }
        int now = numbers.cell(table, column, numbers.source(source, number, row.source()));
        int of = pairs.one(number, row.source());
        boolean isNew =
            of < 0 || numbers.cell(table, column, numbers.base(base, number, of)) != now;
        if (isNew && !Numbers.isNull(now) && !merged.has(to, now)) {
          conflict(
              source.path(number, row.source(), column),
              "an object",
              "without this object, which was deleted");
        }
      }
    }
  }

  /** One that the source still has: it goes where nothing of it was changed there. */
  private void deleted(TableMapping table, int of, int row) throws LimitException {
    int number = table.number();
    Numbers.View before = numbers.base(base, number, of);
    Numbers.View now = numbers.source(source, number, row);
    boolean isReference =
        table.source() instanceof RowSource.Each && source.classTable(number, row) >= 0;
    boolean isChanged =
        !isReference && !base.content(number, of).equals(source.content(number, row));
    for (int[] group : groups(table)) {
      if (!numbers.areSame(table, group, before, now)) {
        conflict(path(number, of, group), Numbers.text(table, group, now), "deleted");
        isChanged = false;
      }
    }
    if (isChanged) {
      conflict(source.path(number, row), "changed where no column shows it", "deleted");
    }
  }

  /**
   * The cells of a row that all have, or that is new on both sides.
   *
   * @param of the base's row; negative where it has none
   */
  private void cells(TableMapping table, int of, int row, int edited, MergedRows.Row to)
      throws LimitException {
    int number = table.number();
    Numbers.View now = numbers.source(source, number, row);
    Numbers.View after = numbers.target(number, edited);
    for (int[] group : groups(table)) {
      if (of < 0) {
        if (!numbers.areSame(table, group, now, after)) {
          conflict(table, group, now, after, source.path(number, row, group[0]));
        }
        continue;
      }
      Numbers.View before = numbers.base(base, number, of);
      if (numbers.areSame(table, group, before, after)) {
        continue;
      }
      boolean isHidden = false;
      for (int column : group) {
        isHidden |= !base.hidden(number, of, column).equals(source.hidden(number, row, column));
      }
      if (!isHidden && numbers.areSame(table, group, before, now)) {
        take(table, group, edited, to);
      } else if (isHidden || !numbers.areSame(table, group, now, after)) {
        conflict(table, group, now, after, path(number, of, group));
      }
    }
  }

  /** Takes the cells of a group from the target. */
  private void take(TableMapping table, int[] group, int row, MergedRows.Row to) {
    for (int column : group) {
      if (isLost(table, column, row)) {
        conflict(
            "row " + target.table(table.number()).ordinal(row) + " of table " + table.name(),
            "without the row that its " + table.stored().get(column).name() + " leads to",
            Cells.text(target.table(table.number()), row, column));
      }
      to.take(column);
    }
  }

  private boolean isLost(TableMapping table, int column, int row) {
    StoredColumn.Role role = table.stored().get(column).role();
    boolean leads = role == StoredColumn.Role.REFERENCE || role == StoredColumn.Role.OWNER;
    int to = leads ? numbers.cell(table, column, numbers.target(table.number(), row)) : 0;
    return to < 0 && !Numbers.isNull(to);
  }

  /** Who owns the members: moved by one side, or by both alike. */
  private void owners(TableMapping table, RowSource.Each each, MergedRows merged) {
    int number = table.number();
    int[] group = {table.columnNumber(each.ownerColumn())};
    TableMapping owner = plan.mapping.table(each.ownerTable());
    for (MergedRows.Row row : merged.rows(number)) {
      int of = row.source() < 0 ? -1 : pairs.one(number, row.source());
      if (row.source() < 0) {
        take(table, group, row.target(), row);
      } else if (of >= 0 && row.target() >= 0) {
        Numbers.View before = numbers.base(base, number, of);
        Numbers.View now = numbers.source(source, number, row.source());
        Numbers.View after = numbers.target(number, row.target());
        if (!numbers.areSame(table, group, before, after)) {
          if (numbers.areSame(table, group, before, now)) {
            take(table, group, row.target(), row);
          } else if (!numbers.areSame(table, group, now, after)) {
            conflict(source.path(number, row.source()), "in one place", "in another");
          }
        }
      }
      int to = merged.owner(table, each, row);
      if (owner != null && to >= 0 && !merged.has(owner.number(), to)) {
        conflict(
            row.source() < 0 ? "a new row of " + table.name() : source.path(number, row.source()),
            row.source() < 0 ? "of something that is gone" : "there",
            row.source() < 0 ? "there" : "of something that was deleted");
      }
    }
  }

  private void order(TableMapping table, RowSource.Each each, MergedRows merged) {
    int number = table.number();
    TableMapping owners = plan.mapping.table(each.ownerTable());
    if (owners == null || !conflicts.isEmpty()) {
      return;
    }
    int column = table.columnNumber(each.ownerColumn());
    Map<Integer, List<Integer>> inTarget = new HashMap<>();
    for (int row : target.inOrder(table, each)) {
      int owner = numbers.cell(table, column, numbers.target(number, row));
      inTarget.computeIfAbsent(owner, k -> new ArrayList<>()).add(numbers.ofTarget(number, row));
    }
    merged
        .byOwner(table, each)
        .forEach(
            (owner, members) -> {
              boolean isInSource = owner < source.size(owners.number());
              int of = isInSource ? pairs.one(owners.number(), owner) : -1;
              List<Integer> before =
                  of < 0
                      ? List.of()
                      : base.members(number, of).stream()
                          .map(row -> numbers.ofBase(number, row))
                          .toList();
              List<Integer> now = isInSource ? source.members(number, owner) : List.of();
              List<Integer> after = inTarget.getOrDefault(owner, List.of());
              boolean isOrdered = !source.isSet(number, owner);
              boolean isUnclear =
                  now.stream().anyMatch(row -> pairs.one(number, row) == RowPairs.UNCLEAR);
              List<Integer> order =
                  MemberOrder.merge(before, now, after, members.keySet(), isOrdered);
              if (isUnclear && isOrdered && of >= 0 && !after.equals(before)) {
                conflict(
                    source.path(owners.number(), owner) + each.path(), UNCLEAR, "in another order");
              } else if (order == null) {
                conflict(
                    source.path(owners.number(), owner) + each.path(),
                    "in one order",
                    "in another");
              } else if (!order.equals(now.stream().filter(members::containsKey).toList())) {
                for (int i = 0; i < order.size(); i++) {
                  MergedRows.Row member = members.get(order.get(i));
                  if (member != null) {
                    member.place(i);
                  }
                }
              }
            });
  }

  private List<int[]> groups(TableMapping table) {
    return groups.getOrDefault(table.number(), List.of());
  }

  private String path(int table, int baseRow, int[] group) {
    return base.path(table, baseRow, group[0]);
  }

  private void conflict(
      TableMapping table, int[] group, Numbers.View now, Numbers.View after, String path) {
    conflict(path, Numbers.text(table, group, now), Numbers.text(table, group, after));
  }

  private void conflict(String path, String inSource, String inTarget) {
    conflicts.add(new MergeConflict(path, inSource, inTarget));
  }
}
