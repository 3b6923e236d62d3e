package io.picklift.schema.tables.split;

import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import org.jspecify.annotations.Nullable;

/** What is counted while a save is taken apart, and why the mapping refuses it. */
final class SplitTally {
  private final int[][] found;
  private final int[][] unfit;
  private @Nullable SplitException refusal;

  SplitTally(Mapping mapping) {
    found = new int[mapping.tables().size()][];
    unfit = new int[mapping.tables().size()][];
    for (TableMapping table : mapping.tables()) {
      found[table.number()] = new int[table.stored().size()];
      unfit[table.number()] = new int[table.stored().size()];
    }
  }

  /** Counts something that a column's path found. */
  void found(int table, int column) {
    found[table][column]++;
  }

  /** Counts values that a column cannot hold exactly. */
  void unfit(int table, int column, int count) {
    unfit[table][column] += count;
  }

  /** Whether a reason to refuse the save is known: only the first one is told. */
  boolean isRefused() {
    return refusal != null;
  }

  /** Refuses the save, where nothing before did. */
  void refuse(SplitException why) {
    if (refusal == null) {
      refusal = why;
    }
  }

  /** Throws the first reason to refuse the save. */
  void needNoRefusal() throws SplitException {
    SplitException why = refusal;
    if (why != null) {
      throw why;
    }
  }

  SplitCounts counts(int scalars, int inColumns) {
    return new SplitCounts(scalars, inColumns, found, unfit);
  }
}
