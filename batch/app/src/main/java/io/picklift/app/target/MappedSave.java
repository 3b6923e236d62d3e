package io.picklift.app.target;

import io.picklift.app.decode.Refusal;
import io.picklift.app.decode.RefusedException;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.split.RowComputer;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitException;
import io.picklift.schema.tables.split.SplitSave;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Takes saves apart under a mapping, or says why one is not for it. */
public final class MappedSave {
  private static final int MOST_NAMES = 100;

  private MappedSave() {}

  /**
   * Makes the rows of a save.
   *
   * @throws RefusedException if the save is not for this mapping
   */
  public static SplitSave split(Mapping mapping, SaveGraph graph, long saveId, RowComputer computer)
      throws RefusedException {
    try {
      Meaning meaning = Meaning.of(graph);
      SplitSave split = SaveSplitter.split(mapping, meaning, saveId, computer);
      if (split.rows().size() == 0) {
        throw new RefusedException(Refusal.wrongRoot(names(meaning)));
      }
      return split;
    } catch (SplitException e) {
      String message = String.valueOf(e.getMessage());
      throw new RefusedException(
          e.isComputed() ? Refusal.ofAdapter(message) : Refusal.unfit(message));
    } catch (LimitException e) {
      throw new RefusedException(Refusal.of(e));
    }
  }

  /** What the save names; nothing of it was imported or called. */
  private static List<String> names(Meaning meaning) {
    Set<String> names = new TreeSet<>();
    for (int node = 0; node < meaning.graph().size() && names.size() < MOST_NAMES; node++) {
      if (meaning.kind(node) == Kind.GLOBAL) {
        names.add(meaning.globalName(node));
      }
    }
    return List.copyOf(names);
  }
}
