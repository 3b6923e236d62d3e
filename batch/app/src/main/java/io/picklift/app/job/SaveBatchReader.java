package io.picklift.app.job;

import io.picklift.app.database.Retry;
import io.picklift.app.source.KeyState;
import io.picklift.app.source.SaveBatch;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.SourceRow;
import io.picklift.app.target.Ledger;
import io.picklift.app.target.LedgerEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
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

  private static final int PAGE = 500;
  private static final int MOST_SAVES = 50;
  private static final long MOST_BYTES = 8L << 20;

  private final SaveSource source;
  private final DataSource target;
  private final Ledger ledger;
  private final JobMode mode;
  private final Progress progress;

  private final Deque<Candidate> candidates = new ArrayDeque<>();
  private @Nullable SaveKey pageEnd;
  private @Nullable SaveKey position;
  private @Nullable SaveKey upTo;
  private boolean atEnd;
  private long visited;
  private long unchanged;

  private record Candidate(SaveKey key, boolean isCurrent) {}

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
    pageEnd = position;
    upTo = key(context, UP_TO);
    atEnd = context.containsKey(EMPTY);
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
    List<SaveKey> wanted = new ArrayList<>();
    long before = visited;
    while (wanted.size() < MOST_SAVES) {
      if (candidates.isEmpty() && (!wanted.isEmpty() || !nextPage())) {
        break;
      }
      Candidate candidate = candidates.removeFirst();
      if (candidate.isCurrent()) {
        unchanged++;
        visit(candidate.key());
      } else {
        wanted.add(candidate.key());
      }
    }
    List<SaveKey> bounded = bounded(wanted);
    for (int i = wanted.size() - 1; i >= bounded.size(); i--) {
      candidates.addFirst(new Candidate(wanted.get(i), false));
    }
    bounded.forEach(this::visit);
    progress.done(visited - before);
    if (bounded.isEmpty()) {
      return null;
    }
    List<SourceRow> rows = Retry.retrying(() -> source.read(bounded, mode == JobMode.VERIFY));
    Set<SaveKey> lost = new LinkedHashSet<>(bounded);
    rows.forEach(row -> lost.remove(row.key()));
    return new SaveBatch(rows, List.copyOf(lost));
  }

  private void visit(SaveKey key) {
    visited++;
    position = key;
  }

  /** As many of the first as fit into memory together. */
  private List<SaveKey> bounded(List<SaveKey> keys) throws SQLException {
    List<Long> sizes = Retry.retrying(() -> source.sizes(keys));
    long bytes = 0;
    for (int i = 0; i < keys.size(); i++) {
      bytes += sizes.get(i);
      if (bytes > MOST_BYTES && i > 0) {
        return List.copyOf(keys.subList(0, i));
      }
    }
    return List.copyOf(keys);
  }

  private boolean nextPage() throws SQLException {
    if (atEnd) {
      return false;
    }
    List<KeyState> page =
        Retry.retrying(() -> source.page(pageEnd, upTo, PAGE, mode == JobMode.BACKFILL));
    atEnd = page.size() < PAGE;
    if (page.isEmpty()) {
      return false;
    }
    pageEnd = page.get(page.size() - 1).key();
    Map<SaveKey, LedgerEntry> known =
        mode == JobMode.VERIFY ? Map.of() : Retry.retrying(() -> find(page));
    for (KeyState state : page) {
      LedgerEntry entry = known.get(state.key());
      candidates.add(new Candidate(state.key(), entry != null && isCurrent(entry, state)));
    }
    return true;
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
