package io.picklift.schema.merge;

import io.picklift.codec.error.LimitException;
import io.picklift.schema.mapping.TableMapping;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which member of a container is which of the same container in another state of the save. */
final class MemberPairs {
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
    if (rows.size() != others.size()) {
      others.forEach(row -> pairs.unclearOther(table, row));
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
    known(rows, others);
    List<String> tokens = tokens(one, rows);
    List<String> otherTokens = tokens(other, others);
    int[] found = equal(tokens, otherTokens);
    boolean isLeft = false;
    for (int i = 0; i < rows.size(); i++) {
      isLeft |= found[i] < 0 && !one.isScalar(table, rows.get(i));
    }
    boolean isNew = false;
    List<Integer> open = new ArrayList<>(others);
    for (int at : found) {
      if (at >= 0) {
        open.remove(others.get(at));
      }
    }
    for (int row : open) {
      isNew |= !other.isScalar(table, row);
    }
    for (int i = 0; i < rows.size(); i++) {
      if (isLeft && isNew && !one.isScalar(table, rows.get(i))) {
        pairs.unclear(table, rows.get(i));
      } else if (found[i] >= 0) {
        pairs.pair(table, rows.get(i), others.get(found[i]));
      }
    }
    for (int row : others) {
      if (isLeft && isNew && !other.isScalar(table, row)) {
        pairs.unclearOther(table, row);
      }
    }
  }

  private void byPlace(List<Integer> rows, List<Integer> others) throws LimitException {
    known(rows, others);
    List<String> tokens = tokens(one, rows);
    List<String> otherTokens = tokens(other, others);
    int[] found = equal(tokens, otherTokens);
    long equal = Arrays.stream(found).filter(at -> at >= 0).count();
    if (equal == rows.size() || equal == others.size()) {
      moved(rows, others, tokens, otherTokens, found);
    } else {
      inPlace(rows, others, tokens, otherTokens);
    }
  }

  /** Pairs objects that have a pair, and leaves the others: these are what may have changed. */
  private void known(List<Integer> rows, List<Integer> others) {
    Map<String, Deque<Integer>> left = new HashMap<>();
    for (int row : others) {
      String object = object(other, row, false);
      if (object != null) {
        left.computeIfAbsent(object, k -> new ArrayDeque<>()).add(row);
      }
    }
    for (int row : rows) {
      String object = object(one, row, true);
      Deque<Integer> same = object == null ? null : left.get(object);
      Integer found = same == null ? null : same.poll();
      if (found != null) {
        pairs.pair(table, row, found);
      }
    }
    rows.removeIf(row -> object(one, row, true) != null);
    others.removeIf(row -> object(other, row, false) != null);
  }

  /**
   * Members that were inserted, deleted or moved, and none changed: each is the equal one. Of equal
   * ones, of which the other side has another number, nobody knows which it is, but where it only
   * added to the end.
   */
  private void moved(
      List<Integer> rows,
      List<Integer> others,
      List<String> tokens,
      List<String> otherTokens,
      int[] found) {
    boolean isLonger =
        others.size() >= rows.size() && otherTokens.subList(0, rows.size()).equals(tokens);
    Map<String, Integer> counts = counts(tokens);
    Map<String, Integer> otherCounts = counts(otherTokens);
    for (int i = 0; i < rows.size(); i++) {
      String token = tokens.get(i);
      if (isLonger || isSame(counts, otherCounts, token)) {
        pairs.pair(table, rows.get(i), others.get(found[i]));
      } else if (otherCounts.containsKey(token)) {
        pairs.unclear(table, rows.get(i));
      }
    }
    for (int i = 0; i < others.size() && !isLonger; i++) {
      String token = otherTokens.get(i);
      if (counts.containsKey(token) && !isSame(counts, otherCounts, token)) {
        pairs.unclearOther(table, others.get(i));
      }
    }
  }

  /**
   * Some changed, if they were not deleted and others inserted: each is the one in its place,
   * unless one beside it is equal to one in another place, or there is another number of them.
   */
  private void inPlace(
      List<Integer> rows, List<Integer> others, List<String> tokens, List<String> otherTokens) {
    int common = Math.min(rows.size(), others.size());
    int end = Math.max(rows.size(), others.size());
    Set<String> changed = new HashSet<>();
    Set<String> otherChanged = new HashSet<>();
    for (int i = 0; i < end; i++) {
      if (i >= common || !tokens.get(i).equals(otherTokens.get(i))) {
        if (i < rows.size()) {
          changed.add(tokens.get(i));
        }
        if (i < others.size()) {
          otherChanged.add(otherTokens.get(i));
        }
      }
    }
    Map<String, Integer> counts = counts(tokens);
    Map<String, Integer> otherCounts = counts(otherTokens);
    boolean isMoved = changed.stream().anyMatch(otherChanged::contains);
    int i = 0;
    while (i < end) {
      if (i < common && tokens.get(i).equals(otherTokens.get(i))) {
        String token = tokens.get(i);
        boolean isClear = !isMoved || isSame(counts, otherCounts, token);
        pair(rows, others, i, isClear);
        i++;
        continue;
      }
      int from = i;
      boolean isClear = true;
      while (i < end && (i >= common || !tokens.get(i).equals(otherTokens.get(i)))) {
        isClear &= i >= rows.size() || !otherChanged.contains(tokens.get(i));
        isClear &= i >= others.size() || !changed.contains(otherTokens.get(i));
        i++;
      }
      isClear &= from >= common || i <= common;
      for (int at = from; at < i; at++) {
        pair(rows, others, at, isClear);
      }
    }
  }

  private void pair(List<Integer> rows, List<Integer> others, int at, boolean isClear) {
    if (!isClear && at < rows.size()) {
      pairs.unclear(table, rows.get(at));
    }
    if (!isClear && at < others.size()) {
      pairs.unclearOther(table, others.get(at));
    }
    if (isClear && at < rows.size() && at < others.size()) {
      pairs.pair(table, rows.get(at), others.get(at));
    }
  }

  private static boolean isSame(
      Map<String, Integer> counts, Map<String, Integer> others, String token) {
    return counts.getOrDefault(token, 0).equals(others.getOrDefault(token, 0));
  }

  private static Map<String, Integer> counts(List<String> tokens) {
    Map<String, Integer> counts = new HashMap<>();
    tokens.forEach(token -> counts.merge(token, 1, Integer::sum));
    return counts;
  }

  /** For each the place of an equal one of the others, the first of the first; else -1. */
  private static int[] equal(List<String> tokens, List<String> others) {
    Map<String, Deque<Integer>> left = new HashMap<>();
    for (int i = 0; i < others.size(); i++) {
      left.computeIfAbsent(others.get(i), k -> new ArrayDeque<>()).add(i);
    }
    int[] found = new int[tokens.size()];
    for (int i = 0; i < found.length; i++) {
      Deque<Integer> equal = left.get(tokens.get(i));
      Integer at = equal == null ? null : equal.poll();
      found[i] = at == null ? -1 : at;
    }
    return found;
  }

  /** What tells the object of a class table that has a pair from others; null for all else. */
  private @Nullable String object(Side side, int row, boolean isOne) {
    int of = side.classTable(table, row);
    int object = of < 0 ? -1 : side.classRow(table, row);
    int known = object >= 0 && !isOne ? pairs.one(of, object) : object;
    return known >= 0 && pairs.isPaired(of, known) ? of + " " + known : null;
  }

  private List<String> tokens(Side side, List<Integer> rows) throws LimitException {
    List<String> tokens = new ArrayList<>();
    for (int row : rows) {
      tokens.add(side.content(table, row));
    }
    return tokens;
  }
}
