package io.picklift.app.job;

import io.picklift.app.database.Retry;
import io.picklift.app.source.KeyState;
import io.picklift.app.source.SaveBatch;
import io.picklift.app.source.SaveCursor;
import io.picklift.app.source.SaveCursor.Stretch;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.target.Ledger;
import io.picklift.app.target.LedgerEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads one range of keys: page by page, each compared with the ledger, then the saves in question
 * in batches bounded by bytes. What it has counted goes with its position into the job repository,
 * so that a restarted step goes on counting.
 */
class SaveBatchReader implements ItemStreamReader<SaveBatch> {
  static final String AFTER = "after";
  static final String UP_TO = "upTo";

  /** There is nothing in this range. */
  static final String EMPTY = "empty";

  /** Rows that were looked at, whatever became of them. */
  static final String VISITED = "visited";

  /** Rows that the ledger already has as they are. */
  static final String UNCHANGED = "unchanged";

  private final SaveSource source;
  private final DataSource target;
  private final Ledger ledger;
  private final JobMode mode;
  private final Progress progress;

  private @Nullable SaveCursor cursor;
  private @Nullable SaveKey position;
  private long visited;
  private long unchanged;

  SaveBatchReader(
      SaveSource source, DataSource target, Ledger ledger, JobMode mode, Progress progress) {
    this.source = source;
    this.target = target;
    this.ledger = ledger;
    this.mode = mode;
    this.progress = progress;
  }

  @Override
  public void open(ExecutionContext context) {
    position = key(context, AFTER);
    boolean isEmpty = context.containsKey(EMPTY);
    cursor =
        isEmpty
            ? null
            : new SaveCursor(
                source, position, key(context, UP_TO), mode == JobMode.BACKFILL, this::wanted);
    visited = context.getLong(VISITED, 0);
    unchanged = context.getLong(UNCHANGED, 0);
    progress.done(visited);
  }

  private @Nullable SaveKey key(ExecutionContext context, String name) {
    return context.containsKey(name)
        ? SaveKey.parse(context.getString(name), source.keyColumns())
        : null;
  }

  @Override
  public void update(ExecutionContext context) {
    if (position != null) {
      context.putString(AFTER, position.text());
    }
    context.putLong(VISITED, visited);
    context.putLong(UNCHANGED, unchanged);
  }

  @Override
  public @Nullable SaveBatch read() throws SQLException {
    Stretch stretch = cursor == null ? null : cursor.next();
    while (cursor != null && stretch != null) {
      visited += stretch.visited();
      unchanged += stretch.visited() - stretch.wanted().size();
      position = stretch.last();
      progress.done(stretch.visited());
      if (!stretch.wanted().isEmpty()) {
        return SaveCursor.read(source, stretch.keys(), mode == JobMode.VERIFY);
      }
      stretch = cursor.next();
    }
    return null;
  }

  private Set<SaveKey> wanted(List<KeyState> page, long first) throws SQLException {
    Map<SaveKey, LedgerEntry> known =
        mode == JobMode.VERIFY ? Map.of() : Retry.retrying(() -> find(page));
    Set<SaveKey> wanted = new HashSet<>();
    for (KeyState state : page) {
      LedgerEntry entry = known.get(state.key());
      if (entry == null || !isCurrent(entry, state)) {
        wanted.add(state.key());
      }
    }
    return wanted;
  }

  private Map<SaveKey, LedgerEntry> find(List<KeyState> page) throws SQLException {
    try (Connection connection = target.getConnection()) {
      return ledger.find(connection, page.stream().map(KeyState::key).toList());
    }
  }

  private boolean isCurrent(LedgerEntry entry, KeyState state) {
    return mode == JobMode.MIGRATE
        ? entry.status() != LedgerEntry.Status.DELETED
        : Ledger.isCurrent(entry, state.version(), source.hasWatermark());
  }
}
