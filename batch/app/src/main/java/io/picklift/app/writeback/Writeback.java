package io.picklift.app.writeback;

import io.picklift.app.changes.ChangedSaves;
import io.picklift.app.config.CountOrShare;
import io.picklift.app.config.SourceConfig;
import io.picklift.app.database.Retry;
import io.picklift.app.database.SkipLocked;
import io.picklift.app.decode.BlobDecoder;
import io.picklift.app.encoding.text.DjangoSigner;
import io.picklift.app.lock.Fence;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.source.LockedRows;
import io.picklift.schema.mapping.Mapping;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Brings saves that the tables own back into the source: those that changed are shared out among
 * threads, small ones several at a time. What a thread does is {@link SaveWriter}'s. For one
 * thread.
 */
public final class Writeback {
  /** So many that what is done once for all of them is little of the whole. */
  private static final int MOST_TOGETHER = 50;

  /** Of BLOBs: the rows of the source are locked while they are written. */
  private static final long MOST_BYTES_TOGETHER = 256 << 10;

  private final Parts parts;
  private final WritebackOptions options;
  private final WritingLedger ledger;
  private final RemovedSaves removals;
  private final Tally tally = new Tally();

  /**
   * What it works with.
   *
   * @param lock held as long as anything is written
   * @param name what the ledger calls the source
   * @param rebuilder makes one for each thread
   * @param decoder makes one for each thread
   * @param isBaseKept whether the target keeps each BLOB to merge by
   * @param threads how many write at a time
   */
  public record Parts(
      DataSource target,
      Fence lock,
      LockedRows source,
      String name,
      SourceConfig config,
      Supplier<SaveRebuilder> rebuilder,
      Supplier<BlobDecoder> decoder,
      @Nullable DjangoSigner signer,
      Mapping mapping,
      CountOrShare maxDeleted,
      boolean isBaseKept,
      ChangedSaves changed,
      int threads) {}

  /** What a run asks and tells as it goes from save to save. */
  public interface Steps {
    /** Called before saves are looked at; throws where the run is to stop. */
    void pass();

    /** How many saves are to be written at a time, of so many. */
    int saves(int most);

    /** How many bytes of BLOBs are to be written at a time, of so many. */
    long bytes(long most);

    /** So many saves are looked at now. */
    void looking(int saves);

    /** BLOBs of so many bytes were written. */
    void wrote(long bytes);
  }

  public Writeback(Parts parts, WritebackOptions options) {
    this.parts = parts;
    this.options = options;
    ledger = new WritingLedger(parts.name(), parts.isBaseKept());
    removals = new RemovedSaves(parts.name(), parts.mapping(), parts.maxDeleted());
  }

  /** Whether a process ended while it was writing a save. */
  public static boolean isUnsettled(Connection connection) throws SQLException {
    String sql =
        "SELECT 1 FROM picklift_save WHERE owner = 'tables' AND writing_sha256 IS NOT NULL LIMIT 1";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next();
    }
  }

  /**
   * Settles what an earlier process was about to write when it ended: nothing else is to look at
   * these saves before.
   */
  public void settle() throws SQLException {
    SaveWriter writer = writer(RemovedSaves.Found.NONE);
    List<WritingLedger.Entry> page = page(WritingLedger.UNSETTLED, 0);
    if (!page.isEmpty()) {
      boolean unused = Retry.retrying(() -> parts.source().endOthers());
    }
    while (!page.isEmpty()) {
      for (WritingLedger.Entry entry : page) {
        long unused = writer.settle(entry);
      }
      page = page(WritingLedger.UNSETTLED, last(page));
    }
  }

  private SaveWriter writer(RemovedSaves.Found removed) {
    return new SaveWriter(parts, options, removals, removed);
  }

  private List<WritingLedger.Entry> page(String condition, long after) throws SQLException {
    return Retry.connected(parts.target(), connection -> ledger.page(connection, condition, after));
  }

  private static long last(List<WritingLedger.Entry> page) {
    return page.get(page.size() - 1).saveId();
  }

  /**
   * Writes all saves that changed, those that say something else than their row.
   *
   * @param told is told which changes are not found, where some are not
   */
  public WritebackResult run(Consumer<String> told, Steps steps) throws SQLException {
    String missed = parts.changed().begin();
    if (missed != null) {
      told.accept(missed);
    }
    WritebackResult result = run(parts.changed().condition(), steps);
    parts.changed().end();
    return result;
  }

  /**
   * Writes the chosen saves, those that say something else than their row.
   *
   * @param condition over {@code picklift_save}
   */
  public WritebackResult run(String condition, Steps steps) throws SQLException {
    settle();
    tally.add(writer(RemovedSaves.Found.NONE).takeBack(condition));
    RemovedSaves.Found removed =
        Retry.connected(parts.target(), connection -> removals.find(connection, condition));
    boolean isTogether =
        Retry.retrying(() -> parts.source().canPassOver())
            && Retry.connected(parts.target(), SkipLocked::isKnown);
    try (WritingThreads threads = new WritingThreads(parts.threads(), () -> writer(removed))) {
      WritingThreads.Results results =
          done -> {
            tally.add(done);
            steps.wrote(done.writtenBytes());
          };
      String due = "(" + condition + ") AND NOT (" + WritingLedger.UNSETTLED + ")";
      List<WritingLedger.Entry> page = page(due, 0);
      while (!page.isEmpty()) {
        for (int from = 0; from < page.size(); ) {
          int to = isTogether ? end(page, from, removed, steps) : from + 1;
          threads.awaitFree(results);
          steps.pass();
          steps.looking(to - from);
          threads.write(page.subList(from, to));
          from = to;
        }
        page = page(due, last(page));
      }
      threads.finish(results);
    }
    return tally.result();
  }

  /** Where the saves end that are written together with one. */
  private static int end(
      List<WritingLedger.Entry> page, int first, RemovedSaves.Found removed, Steps steps) {
    int most = steps.saves(MOST_TOGETHER);
    long mostBytes = steps.bytes(MOST_BYTES_TOGETHER);
    int end = first + 1;
    long bytes = page.get(first).bytes();
    if (removed.isAlone(page.get(first))) {
      return end;
    }
    while (end < page.size()
        && end - first < most
        && bytes + page.get(end).bytes() <= mostBytes
        && !removed.isAlone(page.get(end))) {
      bytes += page.get(end).bytes();
      end++;
    }
    return end;
  }
}
