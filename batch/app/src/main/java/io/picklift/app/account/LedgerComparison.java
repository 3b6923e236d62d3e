package io.picklift.app.account;

import io.picklift.app.database.Retry;
import io.picklift.app.source.KeyState;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.Watermark;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Compares rows of the source with the ledger, a page at a time. For one thread. */
public final class LedgerComparison {
  private final SaveSource source;
  private final DataSource target;
  private final LedgerStates ledger;
  private final Proof proof;
  private final @Nullable Long overlap;

  /**
   * Up to which watermark an entry of the ledger is known to be of its row's last version with this
   * watermark.
   */
  public interface Proof {
    /**
     * The watermark.
     *
     * @param isWrittenByThisRun whether the run that compares wrote the entry
     * @return null where no watermark is proof, and rows are compared by their hashes
     */
    @Nullable String comparedUpTo(boolean isWrittenByThisRun);
  }

  /** A row, what the ledger says of it, and whether that is what the row is now. */
  public record Compared(SaveKey key, @Nullable LedgerState state, boolean isCurrent) {
    /** Whether a run is to make the save anew: not one that the tables own. */
    public boolean isWanted() {
      return !isCurrent && !isOwned();
    }

    /** Whether the tables own the save. */
    public boolean isOwned() {
      return state != null && state.isOwned();
    }
  }

  /**
   * Compares nothing yet.
   *
   * @param began when the run began, in the target's time
   * @param overlap how near to the newest watermark rows are compared by hash
   */
  public LedgerComparison(
      SaveSource source, DataSource target, String began, @Nullable Long overlap, Proof proof) {
    this.source = source;
    this.target = target;
    this.overlap = overlap;
    this.proof = proof;
    ledger = new LedgerStates(source.name(), began);
  }

  /** Whether each row is in the ledger, in whatever version. */
  public List<Compared> known(List<KeyState> page) throws SQLException {
    Map<SaveKey, LedgerState> known = Retry.retrying(() -> find(page));
    return page.stream()
        .map(
            row -> {
              LedgerState state = known.get(row.key());
              return new Compared(row.key(), state, state != null && state.isLive());
            })
        .toList();
  }

  /** Whether each row is in the ledger as it is. */
  public List<Compared> current(List<KeyState> page) throws SQLException {
    Map<SaveKey, LedgerState> known = Retry.retrying(() -> find(page));
    List<SaveKey> doubtful = new ArrayList<>();
    for (KeyState row : page) {
      LedgerState state = known.get(row.key());
      if (state != null && isDoubtful(state, row.version())) {
        doubtful.add(row.key());
      }
    }
    Map<SaveKey, String> hashes =
        doubtful.isEmpty() ? Map.of() : Retry.retrying(() -> source.hashes(doubtful));
    List<Compared> compared = new ArrayList<>();
    for (KeyState row : page) {
      LedgerState state = known.get(row.key());
      compared.add(new Compared(row.key(), state, state != null && isCurrent(state, row, hashes)));
    }
    return compared;
  }

  /** Whether a watermark that is as it was does not prove that its row is. */
  private boolean isDoubtful(LedgerState state, @Nullable String watermark) {
    return source.hasWatermark()
        && state.isLive()
        && Objects.equals(state.watermark(), watermark)
        && (watermark == null
            // No run has compared it since it left the scope.
            || state.isOutOfScope()
            || Watermark.isNear(watermark, proof.comparedUpTo(state.isWritten()), overlap));
  }

  private boolean isCurrent(LedgerState state, KeyState row, Map<SaveKey, String> hashes) {
    String version = source.hasWatermark() ? state.watermark() : state.blobSha256();
    if (!state.isLive()
        || !Objects.equals(version, row.version())
        || isOtherwiseCarried(state.carriedSha256(), row.carried())) {
      return false;
    }
    String known = state.blobSha256() == null ? "" : state.blobSha256();
    return !isDoubtful(state, row.version()) || known.equals(hashes.get(row.key()));
  }

  /** What an earlier Picklift migrated has no hash of the copies beside it. */
  private static boolean isOtherwiseCarried(@Nullable String known, @Nullable String now) {
    return known != null && !known.equals(now);
  }

  private Map<SaveKey, LedgerState> find(List<KeyState> page) throws SQLException {
    try (Connection connection = target.getConnection()) {
      return ledger.find(connection, page.stream().map(KeyState::key).toList());
    }
  }
}
