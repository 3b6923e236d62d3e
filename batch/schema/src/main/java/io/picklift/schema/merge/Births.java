package io.picklift.schema.merge;

import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which rows that are new on both sides are the same row: by key, unique columns or value, else
 * those that follow the same member. Whether they hold the same is asked later.
 */
final class Births {
  private final WalkPlan plan;
  private final RowPairs pairs;
  private final Side source;
  private final TargetRows target;
  private final Numbers numbers;
  private boolean isNews;

  Births(WalkPlan plan, RowPairs pairs, Side source, TargetRows target, Numbers numbers) {
    this.plan = plan;
    this.pairs = pairs;
    this.source = source;
    this.target = target;
    this.numbers = numbers;
  }

  /** Finds them, and numbers all new rows of the target. */
  void number() {
    do {
      isNews = false;
      for (int number : plan.order) {
        TableMapping table = plan.mapping.tables().get(number);
        List<Integer> sources = sources(number);
        List<Integer> targets = targets(number);
        if (!sources.isEmpty() && !targets.isEmpty()) {
          if (table.source() instanceof RowSource.Each each) {
            members(table, each, sources, targets);
          } else {
            alike(table, Cells.unique(table), sources, targets);
          }
        }
      }
      references();
    } while (isNews);
    numbers.numberRest();
  }

  private List<Integer> sources(int table) {
    return IntStream.range(0, source.size(table))
        .filter(row -> pairs.one(table, row) == RowPairs.GONE && numbers.partner(table, row) < 0)
        .boxed()
        .toList();
  }

  private List<Integer> targets(int table) {
    return IntStream.range(0, target.table(table).size())
        .filter(row -> numbers.isNew(table, row) && !numbers.isNumbered(table, row))
        .boxed()
        .toList();
  }

  private void partner(int table, int row, int sourceRow) {
    numbers.partner(table, row, sourceRow);
    isNews = true;
  }

  private void alike(
      TableMapping table,
      @Nullable List<Integer> columns,
      List<Integer> sources,
      List<Integer> targets) {
    if (columns == null) {
      return;
    }
    int number = table.number();
    Map<String, Integer> byToken = Cells.byToken(source.rows().table(number), sources, columns);
    for (int row : targets) {
      String token = Cells.token(target.table(number), row, columns);
      Integer found = token == null ? null : byToken.remove(token);
      if (found != null) {
        partner(number, row, found);
      }
    }
  }

  private void members(
      TableMapping table, RowSource.Each each, List<Integer> sources, List<Integer> targets) {
    int number = table.number();
    int column = table.columnNumber(each.ownerColumn());
    Map<Integer, List<Integer>> byOwner = new HashMap<>();
    for (int row : targets) {
      int owner = numbers.cell(table, column, numbers.target(number, row));
      byOwner.computeIfAbsent(owner, k -> new ArrayList<>()).add(row);
    }
    Map<Integer, List<Integer>> sourcesByOwner = new HashMap<>();
    for (int row : sources) {
      int owner = (int) source.rows().table(number).column(column).number(row);
      sourcesByOwner.computeIfAbsent(owner, k -> new ArrayList<>()).add(row);
    }
    byOwner.forEach(
        (owner, rows) -> {
          List<Integer> others = sourcesByOwner.getOrDefault(owner, List.of());
          List<Integer> unique = Cells.unique(table);
          if (others.isEmpty()) {
            return;
          }
          if (each.key() != null) {
            alike(table, List.of(table.columnNumber(each.key().name())), others, rows);
          } else if (unique != null) {
            alike(table, unique, others, rows);
          } else if (source.isSet(number, owner)) {
            alike(table, values(table), others, rows);
          } else {
            byPlace(table, each, owner);
          }
        });
  }

  private static List<Integer> values(TableMapping table) {
    return IntStream.range(0, table.stored().size())
        .filter(i -> table.stored().get(i).role() == StoredColumn.Role.VALUE)
        .boxed()
        .toList();
  }

  /** New ones behind the same member, the first with the first. */
  private void byPlace(TableMapping table, RowSource.Each each, int owner) {
    int number = table.number();
    int column = table.columnNumber(each.ownerColumn());
    Map<Integer, List<Integer>> behind = new HashMap<>();
    int last = -1;
    for (int row : source.members(number, owner)) {
      int base = pairs.one(number, row);
      if (base >= 0 && target.ofBase(number, base) >= 0) {
        last = row;
      } else if (base == RowPairs.GONE) {
        behind.computeIfAbsent(last, k -> new ArrayList<>()).add(row);
      }
    }
    last = -1;
    Map<Integer, Integer> met = new HashMap<>();
    for (int row : target.inOrder(table, each)) {
      if (numbers.cell(table, column, numbers.target(number, row)) != owner) {
        continue;
      }
      if (!numbers.isNew(number, row)) {
        int of = numbers.ofTarget(number, row);
        last = of >= 0 ? of : last;
      } else {
        int i = met.merge(last, 1, Integer::sum) - 1;
        List<Integer> rows = behind.getOrDefault(last, List.of());
        if (i < rows.size() && !numbers.isNumbered(number, row)) {
          partner(number, row, rows.get(i));
        }
      }
    }
  }

  /** New objects that new rows refer to which are the same. */
  private void references() {
    for (TableMapping table : plan.mapping.tables()) {
      int number = table.number();
      for (int column = 0; column < table.stored().size(); column++) {
        int to = RowPairs.referred(plan, table, column);
        for (int row = 0; to >= 0 && row < source.size(number); row++) {
          int partner = numbers.partner(number, row);
          var cells = source.rows().table(number).column(column);
          if (partner >= 0 && !cells.isNull(row)) {
            reference(to, (int) cells.number(row), number, column, partner);
          }
        }
      }
    }
  }

  private void reference(int to, int found, int table, int column, int row) {
    var cells = target.table(table).column(column);
    int other = cells.isNull(row) ? -1 : target.table(to).row((int) cells.number(row));
    boolean isOpen =
        other >= 0
            && numbers.isNew(to, other)
            && !numbers.isNumbered(to, other)
            && pairs.one(to, found) == RowPairs.GONE
            && numbers.partner(to, found) < 0;
    if (isOpen) {
      partner(to, other, found);
    }
  }
}
