package io.picklift.schema.merge;

import io.picklift.codec.error.LimitException;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Objects of class tables that cannot be told from others: what they hold says one thing, and what
 * refers to them another. They have no pair, so that an edit of them is a conflict.
 */
final class Doubts {
  /** After so many rounds no object has a pair but those with unique columns. */
  private static final int MOST_ROUNDS = 8;

  private final WalkPlan plan;
  private final Side one;
  private final Side other;
  private final Set<List<Integer>> ofOne = new HashSet<>();
  private final Set<List<Integer>> ofOther = new HashSet<>();

  /** By table what its objects hold; null for one that was not asked for. */
  private final @Nullable Contents[] contents;

  private int rounds;

  private record Contents(Set<String> ofOne, Set<String> ofOther) {}

  Doubts(WalkPlan plan, Side one, Side other) {
    this.plan = plan;
    this.one = one;
    this.other = other;
    contents = new Contents[plan.mapping.tables().size()];
  }

  /** Whether one of two objects is to have no pair. */
  boolean areAbout(int table, int row, int otherRow) {
    return rounds > MOST_ROUNDS
        || ofOne.contains(List.of(table, row))
        || ofOther.contains(List.of(table, otherRow));
  }

  /**
   * Whether two objects to which the same refers are one, which may have changed: not where it
   * holds now what another held, or another what it held.
   */
  boolean mayBeSame(int table, int row, int otherRow) throws LimitException {
    String before = one.content(table, row);
    String now = other.content(table, otherRow);
    if (before.equals(now)) {
      return true;
    }
    List<Integer> unique = Cells.unique(plan.mapping.tables().get(table));
    if (unique != null
        && Cells.token(one.rows().table(table), row, unique) != null
        && Cells.token(other.rows().table(table), otherRow, unique) != null) {
      // Those that have the same are paired by it.
      return false;
    }
    Contents known = contents[table];
    if (known == null) {
      known = new Contents(contents(one, table), contents(other, table));
      contents[table] = known;
    }
    return !known.ofOne().contains(now) && !known.ofOther().contains(before);
  }

  private static Set<String> contents(Side side, int table) throws LimitException {
    Set<String> contents = new HashSet<>();
    for (int row = 0; row < side.size(table); row++) {
      contents.add(side.content(table, row));
    }
    return contents;
  }

  /**
   * A column that shows an object.
   *
   * @param to the object's table
   */
  private record Reference(int table, int column, int to) {
    /** The object's row; -1 for NULL. */
    int cell(Side side, int row) {
      ColumnData cells = side.rows().table(table).column(column);
      return cells.isNull(row) ? -1 : (int) cells.number(row);
    }
  }

  /** Looks for pairs that something is against; says whether there are new ones. */
  boolean find(RowPairs pairs) {
    int before = ofOne.size() + ofOther.size();
    if (rounds > MOST_ROUNDS) {
      return false;
    }
    List<Reference> references = new ArrayList<>();
    for (TableMapping table : plan.mapping.tables()) {
      for (int column = 0; column < table.stored().size(); column++) {
        int to = RowPairs.referred(plan, table, column);
        if (to >= 0) {
          references.add(new Reference(table.number(), column, to));
        }
      }
    }
    references.forEach(reference -> contradicted(pairs, reference));
    int known = -1;
    while (known < ofOne.size() + ofOther.size()) {
      known = ofOne.size() + ofOther.size();
      references.forEach(reference -> referredByUnclear(pairs, reference));
    }
    boolean isNews = known > before;
    rounds += isNews ? 1 : 0;
    return isNews;
  }

  private void doubt(int table, int row, int otherRow) {
    ofOne.add(List.of(table, row));
    ofOther.add(List.of(table, otherRow));
  }

  /** Pairs of which something refers to the one alone, and to another in the other state. */
  private void contradicted(RowPairs pairs, Reference of) {
    for (int row = 0; row < one.size(of.table()); row++) {
      int otherRow = pairs.other(of.table(), row);
      int from = otherRow < 0 ? -1 : of.cell(one, row);
      int found = otherRow < 0 ? -1 : of.cell(other, otherRow);
      if (from < 0 || found < 0 || pairs.other(of.to(), from) == found) {
        continue;
      }
      if (pairs.isPaired(of.to(), from) && !pairs.isSure(of.to(), from)) {
        doubt(of.to(), from, pairs.other(of.to(), from));
      }
      int back = pairs.one(of.to(), found);
      if (back >= 0 && !pairs.isSure(of.to(), back)) {
        doubt(of.to(), back, found);
      }
    }
  }

  /** Pairs that only hold the same, while nothing is known of what refers to them. */
  private void referredByUnclear(RowPairs pairs, Reference of) {
    for (int row = 0; row < one.size(of.table()); row++) {
      boolean isUnclear =
          pairs.other(of.table(), row) == RowPairs.UNCLEAR
              || ofOne.contains(List.of(of.table(), row));
      int from = isUnclear ? of.cell(one, row) : -1;
      if (from >= 0 && pairs.isByContent(of.to(), from)) {
        doubt(of.to(), from, pairs.other(of.to(), from));
      }
    }
    for (int row = 0; row < other.size(of.table()); row++) {
      boolean isUnclear =
          pairs.one(of.table(), row) == RowPairs.UNCLEAR
              || ofOther.contains(List.of(of.table(), row));
      int found = isUnclear ? of.cell(other, row) : -1;
      int back = found < 0 ? -1 : pairs.one(of.to(), found);
      if (back >= 0 && pairs.isByContent(of.to(), back)) {
        doubt(of.to(), back, found);
      }
    }
  }
}
