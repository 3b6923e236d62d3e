package io.picklift.schema.merge;

import io.picklift.codec.error.LimitException;
import io.picklift.schema.mapping.TableMapping;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Members that a side took out of their container and has in another one now: as new rows that hold
 * the same. A single value is nothing but what it is: one that is new is no other that went.
 */
final class Moves {
  private final Side base;
  private final Side source;
  private final TargetRows target;
  private final RowPairs pairs;
  private final Numbers numbers;

  /** By table what the source's new members hold. */
  private final Map<Integer, Set<String>> inSource = new HashMap<>();

  Moves(Side base, Side source, TargetRows target, RowPairs pairs, Numbers numbers) {
    this.base = base;
    this.source = source;
    this.target = target;
    this.pairs = pairs;
    this.numbers = numbers;
  }

  /** Whether the source may have a member of the base in another container. */
  boolean inSource(TableMapping table, int row) throws LimitException {
    int number = table.number();
    if (base.isScalar(number, row)) {
      return false;
    }
    Set<String> known = inSource.get(number);
    if (known == null) {
      known = new HashSet<>();
      for (int other = 0; other < source.size(number); other++) {
        if (pairs.one(number, other) < 0) {
          known.add(source.content(number, other));
        }
      }
      inSource.put(number, known);
    }
    return known.contains(base.content(number, row));
  }

  /** The same of the target. */
  boolean inTarget(TableMapping table, int row, List<int[]> groups) {
    int number = table.number();
    if (base.isScalar(number, row)) {
      return false;
    }
    Numbers.View before = numbers.base(base, number, row);
    for (int other = 0; other < target.table(number).size(); other++) {
      Numbers.View after = numbers.target(number, other);
      if (numbers.isNew(number, other)
          && groups.stream().allMatch(group -> numbers.areSame(table, group, before, after))) {
        return true;
      }
    }
    return false;
  }
}
