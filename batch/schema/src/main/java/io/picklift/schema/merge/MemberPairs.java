package io.picklift.schema.merge;

import io.picklift.codec.error.LimitException;
import io.picklift.schema.mapping.TableMapping;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which member of a container is which of the same container in another state of the save. */
final class MemberPairs {
  /** More comparisons than this, and members that are not equal in their place count as unclear. */
  private static final long MOST = 4_000_000;

  private final RowPairs pairs;
  private final Side one;
  private final Side other;
  private final TableMapping mapping;
  private final int table;

  MemberPairs(RowPairs pairs, Side one, Side other, TableMapping mapping) {
    this.pairs = pairs;
    this.one = one;
    this.other = other;
    this.mapping = mapping;
    table = mapping.number();
  }

  /** Pairs the members of an owner with those of the other's. */
  void pair(int owner, int otherOwner) throws LimitException {
    List<Integer> rows = new ArrayList<>(one.members(table, owner));
    List<Integer> others = new ArrayList<>(other.members(table, otherOwner));
    if (rows.stream().anyMatch(row -> one.isInFrame(table, row))) {
      inFrame(rows, others);
    } else if (isKeyed(one, rows) && isKeyed(other, others)) {
      byKey(rows, others);
    } else {
      byUnique(rows, others);
      if (one.isSet(table, owner) && other.isSet(table, otherOwner)) {
        byValue(rows, others);
      } else {
        byPlace(rows, others);
      }
    }
  }

  private boolean isKeyed(Side side, List<Integer> rows) {
    return rows.stream().allMatch(row -> side.isKeyed(table, row));
  }

  private void inFrame(List<Integer> rows, List<Integer> others) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.size() == others.size()) {
        pairs.pair(table, rows.get(i), others.get(i));
      } else {
        pairs.unclear(table, rows.get(i));
      }
    }
  }

  private void byKey(List<Integer> rows, List<Integer> others) throws LimitException {
    Map<String, Integer> byKey = new HashMap<>();
    for (int row : others) {
      byKey.put(other.key(table, row), row);
    }
    for (int row : rows) {
      Integer found = byKey.get(one.key(table, row));
      if (found != null) {
        pairs.pair(table, row, found);
      }
    }
  }

  /** Leaves those that have no value in the unique columns. */
  private void byUnique(List<Integer> rows, List<Integer> others) {
    List<Integer> columns = Cells.unique(mapping);
    if (columns == null) {
      return;
    }
    Map<String, Integer> byToken = Cells.byToken(other.rows().table(table), others, columns);
    for (int row : rows) {
      String token = Cells.token(one.rows().table(table), row, columns);
      Integer found = token == null ? null : byToken.get(token);
      if (found != null) {
        pairs.pair(table, row, found);
      }
    }
    rows.removeIf(row -> Cells.token(one.rows().table(table), row, columns) != null);
    others.removeAll(byToken.values());
  }

  private void byValue(List<Integer> rows, List<Integer> others) throws LimitException {
    List<String> tokens = tokens(one, rows, true);
    List<String> otherTokens = tokens(other, others, false);
    int[] found = new int[rows.size()];
    Arrays.fill(found, -1);
    boolean[] taken = new boolean[others.size()];
    anywhere(tokens, otherTokens, found, taken);
    boolean isLeft = false;
    for (int i = 0; i < others.size(); i++) {
      isLeft |= !taken[i] && !other.isScalar(table, others.get(i));
    }
    for (int i = 0; i < rows.size(); i++) {
      if (found[i] >= 0) {
        pairs.pair(table, rows.get(i), others.get(found[i]));
      } else if (isLeft && !one.isScalar(table, rows.get(i))) {
        pairs.unclear(table, rows.get(i));
      }
    }
  }

  /**
   * Equal ones in their order, then equal ones anywhere; what is left between two of the former is
   * paired place by place where there are as many on both sides.
   */
  private void byPlace(List<Integer> rows, List<Integer> others) throws LimitException {
    List<String> tokens = tokens(one, rows, true);
    List<String> otherTokens = tokens(other, others, false);
    int[] inOrder = inPlace(tokens, otherTokens, longest(tokens, otherTokens));
    int[] found = inOrder.clone();
    boolean[] taken = new boolean[others.size()];
    for (int at : found) {
      if (at >= 0) {
        taken[at] = true;
      }
    }
    anywhere(tokens, otherTokens, found, taken);
    int from = 0;
    int otherFrom = 0;
    for (int i = 0; i <= rows.size(); i++) {
      boolean isEnd = i == rows.size();
      if (isEnd || inOrder[i] >= 0) {
        int to = isEnd ? others.size() : inOrder[i];
        gap(rows, others, found, taken, from, i, otherFrom, to);
        from = i + 1;
        otherFrom = to + 1;
      }
    }
    for (int i = 0; i < rows.size(); i++) {
      if (found[i] >= 0) {
        pairs.pair(table, rows.get(i), others.get(found[i]));
      }
    }
  }

  private void gap(
      List<Integer> rows,
      List<Integer> others,
      int[] found,
      boolean[] taken,
      int from,
      int to,
      int otherFrom,
      int otherTo) {
    List<Integer> left = new ArrayList<>();
    for (int i = from; i < to; i++) {
      if (found[i] < 0) {
        left.add(i);
      }
    }
    List<Integer> otherLeft = new ArrayList<>();
    for (int i = otherFrom; i < otherTo && i < others.size(); i++) {
      if (!taken[i]) {
        otherLeft.add(i);
      }
    }
    for (int i = 0; i < left.size(); i++) {
      if (left.size() == otherLeft.size()) {
        found[left.get(i)] = otherLeft.get(i);
        taken[otherLeft.get(i)] = true;
      } else if (!otherLeft.isEmpty()) {
        pairs.unclear(table, rows.get(left.get(i)));
      }
    }
  }

  /** Pairs each that has none with the first equal one that has none. */
  private static void anywhere(
      List<String> tokens, List<String> others, int[] found, boolean[] taken) {
    Map<String, Deque<Integer>> left = new HashMap<>();
    for (int i = 0; i < others.size(); i++) {
      if (!taken[i]) {
        left.computeIfAbsent(others.get(i), k -> new ArrayDeque<>()).add(i);
      }
    }
    for (int i = 0; i < found.length; i++) {
      Deque<Integer> equal = found[i] < 0 ? left.get(tokens.get(i)) : null;
      Integer at = equal == null ? null : equal.poll();
      if (at != null) {
        found[i] = at;
        taken[at] = true;
      }
    }
  }

  /** What tells members from each other; an object of a class table is the pair that it has. */
  private List<String> tokens(Side side, List<Integer> rows, boolean isOne) throws LimitException {
    List<String> tokens = new ArrayList<>();
    for (int row : rows) {
      int of = side.classTable(table, row);
      int object = of < 0 ? -1 : side.classRow(table, row);
      int known = object >= 0 && !isOne ? pairs.one(of, object) : object;
      boolean isPaired = known >= 0 && pairs.isPaired(of, known);
      tokens.add(isPaired ? of + " " + known : side.content(table, row));
    }
    return tokens;
  }

  /** Equal ones in their places, where these are no fewer than in another order: nothing moved. */
  private static int[] inPlace(List<String> some, List<String> others, int[] longest) {
    int[] found = new int[some.size()];
    Arrays.fill(found, -1);
    int count = 0;
    for (int i = 0; i < found.length && i < others.size(); i++) {
      if (some.get(i).equals(others.get(i))) {
        found[i] = i;
        count++;
      }
    }
    boolean isSame = found.length == others.size();
    return isSame && count >= Arrays.stream(longest).filter(at -> at >= 0).count()
        ? found
        : longest;
  }

  /** The place of each in a longest sequence that both have; -1 for those that are not in it. */
  private static int[] longest(List<String> some, List<String> others) {
    int[] found = new int[some.size()];
    Arrays.fill(found, -1);
    int start = 0;
    int end = some.size();
    int otherEnd = others.size();
    while (start < end && start < otherEnd && some.get(start).equals(others.get(start))) {
      found[start] = start;
      start++;
    }
    while (end > start && otherEnd > start && some.get(end - 1).equals(others.get(otherEnd - 1))) {
      found[--end] = --otherEnd;
    }
    int height = end - start;
    int width = otherEnd - start;
    if ((long) (height + 1) * (width + 1) > MOST) {
      return found;
    }
    int[][] lengths = new int[height + 1][width + 1];
    for (int i = height - 1; i >= 0; i--) {
      for (int j = width - 1; j >= 0; j--) {
        lengths[i][j] =
            some.get(start + i).equals(others.get(start + j))
                ? lengths[i + 1][j + 1] + 1
                : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < height && j < width) {
      if (some.get(start + i).equals(others.get(start + j))) {
        found[start + i] = start + j;
        i++;
        j++;
      } else if (lengths[i + 1][j] >= lengths[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    return found;
  }
}
