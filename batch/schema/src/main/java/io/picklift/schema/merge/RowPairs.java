package io.picklift.schema.merge;

import io.picklift.codec.error.LimitException;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which row of the one state of a save is which of another: members by key, unique columns, else
 * what they hold or their place; objects by unique columns, else what refers to them, else what
 * they hold.
 */
final class RowPairs {
  /** The other state has no such row. */
  static final int GONE = -1;

  /** The other state may have it, and nothing tells which it is. */
  static final int UNCLEAR = -2;

  private final WalkPlan plan;
  private final Side one;
  private final Side other;
  private final int[][] pairs;
  private final int[][] reverse;

  /** Owners whose members were looked at: table and row. */
  private final Set<List<Integer>> done = new HashSet<>();

  /** Objects of the one and of the other that are not to be paired: evidence is against it. */
  private final Doubts doubts;

  /** Rows of the one that were paired by unique columns, or are roots. */
  private final Set<List<Integer>> sure = new HashSet<>();

  /** Those that were paired by what they hold alone. */
  private final Set<List<Integer>> byContent = new HashSet<>();

  private RowPairs(WalkPlan plan, Side one, Side other, Doubts doubts) {
    this.doubts = doubts;
    this.plan = plan;
    this.one = one;
    this.other = other;
    pairs = new int[plan.mapping.tables().size()][];
    reverse = new int[pairs.length][];
    for (int table = 0; table < pairs.length; table++) {
      pairs[table] = new int[one.size(table)];
      reverse[table] = new int[other.size(table)];
      Arrays.fill(pairs[table], GONE);
      Arrays.fill(reverse[table], GONE);
    }
  }

  static RowPairs of(WalkPlan plan, Side one, Side other) throws LimitException {
    Doubts doubts = new Doubts(plan, one, other);
    while (true) {
      RowPairs pairs = new RowPairs(plan, one, other, doubts);
      pairs.find();
      if (!doubts.find(pairs)) {
        return pairs;
      }
    }
  }

  /** What refers to an object counts before what it holds, which many may hold. */
  private void find() throws LimitException {
    roots();
    for (TableMapping table : plan.mapping.tables()) {
      if (table.source() instanceof RowSource.OfClass) {
        uniques(table);
      }
    }
    for (int table = 0; table < pairs.length; table++) {
      for (int row = 0; row < pairs[table].length; row++) {
        if (isPaired(table, row)) {
          sure.add(List.of(table, row));
        }
      }
    }
    boolean isNews = true;
    while (isNews) {
      isNews = references() || members() || equals();
    }
    unclear();
  }

  boolean isSure(int table, int row) {
    return sure.contains(List.of(table, row));
  }

  boolean isByContent(int table, int row) {
    return byContent.contains(List.of(table, row));
  }

  /** The other's row; {@link #GONE}, {@link #UNCLEAR}. */
  int other(int table, int row) {
    return pairs[table][row];
  }

  /** The one's row of a row of the other; {@link #GONE} where it has none. */
  int one(int table, int otherRow) {
    return reverse[table][otherRow];
  }

  boolean isPaired(int table, int row) {
    return pairs[table][row] >= 0;
  }

  void pair(int table, int row, int otherRow) {
    pairs[table][row] = otherRow;
    reverse[table][otherRow] = row;
  }

  void unclear(int table, int row) {
    pairs[table][row] = UNCLEAR;
  }

  void unclearOther(int table, int otherRow) {
    reverse[table][otherRow] = UNCLEAR;
  }

  private void roots() {
    for (TableMapping table : plan.mapping.tables()) {
      int number = table.number();
      boolean isRoot = table.source() instanceof RowSource.Root;
      if (isRoot && one.size(number) == 1 && other.size(number) == 1) {
        pair(number, 0, 0);
      }
    }
    if (one.rootTable() >= 0 && one.rootTable() == other.rootTable()) {
      pair(one.rootTable(), one.rootRow(), other.rootRow());
    }
  }

  private void uniques(TableMapping table) {
    List<Integer> columns = Cells.unique(table);
    if (columns == null) {
      return;
    }
    int number = table.number();
    TableRows others = other.rows().table(number);
    Map<String, Integer> byToken =
        Cells.byToken(others, () -> IntStream.range(0, others.size()).iterator(), columns);
    for (int row = 0; row < one.size(number); row++) {
      String token = Cells.token(one.rows().table(number), row, columns);
      Integer found = token == null ? null : byToken.get(token);
      if (found != null && !isPaired(number, row) && one(number, found) < 0) {
        pair(number, row, found);
      }
    }
  }

  private boolean equals() throws LimitException {
    int before = byContent.size();
    for (TableMapping table : plan.mapping.tables()) {
      if (table.source() instanceof RowSource.OfClass) {
        equals(table.number());
      }
    }
    return byContent.size() > before;
  }

  /** Objects that hold what no other of their table holds. */
  private void equals(int table) throws LimitException {
    Map<String, List<Integer>> of = new HashMap<>();
    Map<String, List<Integer>> by = new HashMap<>();
    for (int row = 0; row < one.size(table); row++) {
      if (!isPaired(table, row)) {
        of.computeIfAbsent(one.content(table, row), k -> new ArrayList<>()).add(row);
      }
    }
    for (int row = 0; row < other.size(table); row++) {
      if (one(table, row) < 0) {
        by.computeIfAbsent(other.content(table, row), k -> new ArrayList<>()).add(row);
      }
    }
    of.forEach(
        (content, rows) -> {
          List<Integer> others = by.getOrDefault(content, List.of());
          boolean isOne = rows.size() == 1 && others.size() == 1;
          if (isOne && !doubts.areAbout(table, rows.get(0), others.get(0))) {
            pair(table, rows.get(0), others.get(0));
            byContent.add(List.of(table, rows.get(0)));
          }
        });
  }

  private boolean members() throws LimitException {
    boolean isNews = false;
    for (int number : plan.order) {
      TableMapping table = plan.mapping.tables().get(number);
      if (table.source() instanceof RowSource.Each each) {
        TableMapping owner = plan.mapping.table(each.ownerTable());
        for (int row = 0; owner != null && row < one.size(owner.number()); row++) {
          int otherRow = other(owner.number(), row);
          if (otherRow >= 0 && done.add(List.of(number, row))) {
            new MemberPairs(this, one, other, table).pair(row, otherRow);
            isNews = true;
          }
        }
      }
    }
    return isNews;
  }

  /** Objects that only each other's references lead to. */
  private boolean references() throws LimitException {
    Map<List<Integer>, Set<Integer>> candidates = new HashMap<>();
    Map<List<Integer>, Set<Integer>> back = new HashMap<>();
    for (TableMapping table : plan.mapping.tables()) {
      for (int column = 0; column < table.stored().size(); column++) {
        int to = referred(plan, table, column);
        for (int row = 0; to >= 0 && row < one.size(table.number()); row++) {
          int otherRow = other(table.number(), row);
          if (otherRow >= 0) {
            candidate(table.number(), column, to, row, otherRow, candidates, back);
          }
        }
      }
    }
    boolean[] isNews = {false};
    candidates.forEach(
        (of, rows) -> {
          int found = rows.iterator().next();
          if (rows.size() == 1
              && back.getOrDefault(List.of(of.get(0), found), Set.of()).size() == 1) {
            pair(of.get(0), of.get(1), found);
            isNews[0] = true;
          }
        });
    return isNews[0];
  }

  private void candidate(
      int table,
      int column,
      int to,
      int row,
      int otherRow,
      Map<List<Integer>, Set<Integer>> candidates,
      Map<List<Integer>, Set<Integer>> back)
      throws LimitException {
    var cells = one.rows().table(table).column(column);
    var others = other.rows().table(table).column(column);
    if (cells.isNull(row) || others.isNull(otherRow)) {
      return;
    }
    int from = (int) cells.number(row);
    int found = (int) others.number(otherRow);
    boolean isOpen = !isPaired(to, from) && one(to, found) < 0;
    if (isOpen && !doubts.areAbout(to, from, found) && doubts.mayBeSame(to, from, found)) {
      candidates.computeIfAbsent(List.of(to, from), k -> new HashSet<>()).add(found);
      back.computeIfAbsent(List.of(to, found), k -> new HashSet<>()).add(from);
    }
  }

  /** The number of the table that a column refers to; -1 where it refers to none. */
  static int referred(WalkPlan plan, TableMapping table, int column) {
    StoredColumn stored = table.stored().get(column);
    ColumnMapping mapped = stored.mapping();
    String name = mapped == null ? null : mapped.references();
    TableMapping to =
        stored.role() == StoredColumn.Role.REFERENCE && name != null
            ? plan.mapping.table(name)
            : null;
    return to == null ? -1 : to.number();
  }

  /**
   * An object without a pair is gone where the other state has none without one; nothing is known
   * of the members of one that is unclear.
   */
  private void unclear() {
    for (int number : plan.order) {
      TableMapping table = plan.mapping.tables().get(number);
      boolean isOfClass = table.source() instanceof RowSource.OfClass;
      boolean isOpen = isOfClass && Arrays.stream(reverse[number]).anyMatch(row -> row < 0);
      boolean isOtherOpen = isOfClass && Arrays.stream(pairs[number]).anyMatch(row -> row < 0);
      for (int row = 0; row < pairs[number].length; row++) {
        if (!isPaired(number, row) && (isOpen || isOfUnclear(table, one, row, pairs))) {
          unclear(number, row);
        }
      }
      for (int row = 0; row < reverse[number].length; row++) {
        if (reverse[number][row] < 0 && (isOtherOpen || isOfUnclear(table, other, row, reverse))) {
          unclearOther(number, row);
        }
      }
    }
  }

  private boolean isOfUnclear(TableMapping table, Side side, int row, int[][] found) {
    if (!(table.source() instanceof RowSource.Each each)) {
      return false;
    }
    TableMapping owner = plan.mapping.table(each.ownerTable());
    var owners = side.rows().table(table.number()).column(table.columnNumber(each.ownerColumn()));
    return owner != null && found[owner.number()][(int) owners.number(row)] == UNCLEAR;
  }
}
