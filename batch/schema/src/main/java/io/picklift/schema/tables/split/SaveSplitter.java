package io.picklift.schema.tables.split;

import io.picklift.codec.Limits;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.walk.WalkPlan;
import org.jspecify.annotations.Nullable;

/** Takes a save apart into rows and the residue. */
public final class SaveSplitter {
  private SaveSplitter() {}

  /**
   * Splits a graph under a mapping.
   *
   * @param limits of the save, as it was decoded within
   * @throws SplitException if a value does not fit and the mapping sends such saves to the
   *     quarantine
   * @throws LimitException if the graph stands for more than could be made of it, or its rows and
   *     residue take more memory than a save may
   */
  public static SplitSave split(Mapping mapping, SaveGraph graph, long saveId, Limits limits)
      throws SplitException, LimitException {
    return split(mapping, Meaning.of(graph, limits), saveId);
  }

  /** The same for a graph whose meaning is at hand, within its limits. */
  public static SplitSave split(Mapping mapping, Meaning meaning, long saveId)
      throws SplitException, LimitException {
    return split(mapping, meaning, saveId, RowComputer.NONE);
  }

  /**
   * The same with columns that are computed ({@link Mapping#withComputed}).
   *
   * @throws SplitException also where a value cannot be computed, or its column cannot hold it
   */
  public static SplitSave split(Mapping mapping, Meaning meaning, long saveId, RowComputer computer)
      throws SplitException, LimitException {
    return split(mapping, meaning, saveId, computer, null, null);
  }

  /**
   * The same of a source that is split, or for a reader of the rows alone.
   *
   * @param value that the save's row has in the column that the source is split by; or null
   * @param nulls is told why cells are NULL; or null
   */
  public static SplitSave split(
      Mapping mapping,
      Meaning meaning,
      long saveId,
      RowComputer computer,
      @Nullable String value,
      @Nullable NullCells nulls)
      throws SplitException, LimitException {
    WalkPlan plan = WalkPlan.of(mapping);
    ValueNotes notes = ValueNotes.collecting();
    if (value != null && plan.hasGroup(plan.rootTable(value), value)) {
      notes.setSplit(value);
    }
    return new GraphSplit(
            plan, meaning, saveId, plan.rootTable(value), computer, notes, meaning.memory())
        .noting(nulls)
        .run();
  }
}
