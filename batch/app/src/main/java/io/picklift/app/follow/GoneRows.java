package io.picklift.app.follow;

import io.picklift.app.follow.place.HeldBackTable;
import io.picklift.app.follow.place.PlaceTable;
import io.picklift.app.job.KeyedSaves;
import io.picklift.app.source.SaveKey;
import io.picklift.app.view.SaveCount;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Deletes saves whose row is gone, as long as no more are than may be deleted between two
 * comparisons; the others are entered as held back. For one thread.
 */
final class GoneRows {
  private final KeyedSaves saves;
  private final Consumer<String> say;
  private final Set<SaveKey> held = new HashSet<>();
  private long deleted;
  private boolean isTold;

  /**
   * @param deleted how many were deleted since source and target were last compared
   */
  GoneRows(KeyedSaves saves, long deleted, Consumer<String> say) throws SQLException {
    this.saves = saves;
    this.deleted = deleted;
    this.say = say;
    held.addAll(saves.onTarget(c -> HeldBackTable.keys(c, saves.source())));
  }

  /** Source and target were compared: deletions are counted anew. */
  void compared() throws SQLException {
    deleted = 0;
    isTold = false;
    saves.onTarget(
        c -> {
          PlaceTable.compared(c, saves.source().name());
          return true;
        });
  }

  /** The keys that are held back. */
  Set<SaveKey> held() {
    return Set.copyOf(held);
  }

  /**
   * Rows are gone. The count is entered before what it counts, so that a kill loses none of it.
   *
   * @return how many saves are deleted, or held back from now on; one that was held back before, or
   *     that stays since its rows were edited, is none
   */
  int gone(Map<SaveKey, Long> gone) throws SQLException {
    if (gone.isEmpty()) {
      return 0;
    }
    List<Long> ids = List.copyOf(gone.values());
    String source = saves.source().name();
    if (deleted + ids.size() > saves.mostDeleted()) {
      saves.onTarget(
          c -> {
            HeldBackTable.add(c, ids);
            return ids.size();
          });
      int before = held.size();
      held.addAll(gone.keySet());
      tell();
      return held.size() - before;
    }
    deleted += ids.size();
    saves.onTarget(
        c -> {
          PlaceTable.deleted(c, source, ids.size());
          return ids.size();
        });
    int done = saves.delete(ids);
    release(gone.keySet());
    return done;
  }

  /** Rows of these keys are there, or their saves are deleted: none is held back any more. */
  void release(Set<SaveKey> keys) throws SQLException {
    Set<SaveKey> back = new HashSet<>(keys);
    back.retainAll(held);
    if (back.isEmpty()) {
      return;
    }
    Collection<Long> ids = saves.ids(back).values();
    saves.onTarget(
        c -> {
          HeldBackTable.remove(c, ids);
          HeldBackTable.tidy(c);
          return ids.size();
        });
    held.removeAll(back);
  }

  private void tell() {
    if (!isTold) {
      isTold = true;
      say.accept(
          SaveCount.are(held.size())
              + " gone from the source; "
              + saves.mostDeleted()
              + " may be deleted between two comparisons, so they are held back. If the source is"
              + " right, run again with --max-deleted "
              + (deleted + held.size()));
    }
  }
}
