package io.picklift.app.restore;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.database.Retry;
import io.picklift.app.encoding.text.DjangoSigner;
import io.picklift.app.memory.LastResort;
import io.picklift.app.poison.SavesInHand;
import io.picklift.app.restore.LedgerSave.Part;
import io.picklift.app.source.SaveKey;
import io.picklift.app.target.TargetTables;
import io.picklift.app.throttle.Politeness;
import io.picklift.app.workers.scan.ScanRange;
import io.picklift.app.workers.scan.ScanWork;
import io.picklift.codec.Limits;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A worker's part in a restore into a table: restores ranges of the ledger. */
public final class RestoreScan implements ScanWork {
  static final String STEP = "restoreRange";
  static final String TABLE = "table";
  static final ObjectMapper JSON = new ObjectMapper();

  /** Fewer saves are not worth another process's while. */
  private static final int LEAST_LEFT = 10;

  private final Config config;
  private final int threads;
  private final @Nullable DjangoSigner signer;
  private final LastResort lastResort = new LastResort();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private @Nullable Opened opened;

  /** What is open as long as the worker is. */
  private record Opened(DataSource target, TargetTables mapped) {}

  /**
   * Opens nothing before there is something to do.
   *
   * @param signer of changed saves; null where nobody has the key
   */
  public RestoreScan(Config config, int threads, @Nullable DjangoSigner signer) {
    this.config = config;
    this.threads = threads;
    this.signer = signer;
  }

  @Override
  public String step() {
    return STEP;
  }

  @Override
  public Map<String, String> same() {
    return DjangoSigner.same(signer);
  }

  @Override
  public Cursor open(
      Map<String, String> settings, ScanRange range, Politeness polite, SavesInHand inHand)
      throws SQLException, IOException {
    Opened with = opened();
    String table = settings.getOrDefault(TABLE, "");
    RestoredPart.Into into =
        new RestoredPart.Into(
            with.target(), with.mapped(), config, table, signer, threads, lastResort);
    return new Parts(config, range, into, inHand);
  }

  /** The parts of a range, one after the other. */
  private static final class Parts implements Cursor {
    private final DataSource target;
    private final String source;
    private final int keyColumns;
    private final RestoredPart.Into into;
    private final SavesInHand inHand;
    private long end;
    private long last;

    Parts(Config config, ScanRange range, RestoredPart.Into into, SavesInHand inHand) {
      target = into.target();
      source = config.source().label();
      keyColumns = config.source().key().size();
      this.into = into;
      this.inHand = inHand;
      String from = range.from();
      String upTo = range.upTo();
      last = from == null ? -1 : Long.parseLong(from);
      end = upTo == null ? Long.MAX_VALUE : Long.parseLong(upTo);
    }

    @Override
    public @Nullable Stretch next() throws SQLException {
      if (last >= end) {
        return null;
      }
      RestoredPart next = Retry.connected(target, c -> Optional.ofNullable(read(c))).orElse(null);
      last = next == null ? end : Long.parseLong(next.last());
      return next;
    }

    @Override
    public @Nullable Half halve() throws SQLException {
      List<Long> ids = Retry.connected(target, c -> LedgerSave.ids(c, source, last, end));
      if (ids.size() < LEAST_LEFT) {
        return null;
      }
      int kept = ids.size() / 2;
      end = ids.get(kept - 1);
      return new Half(Long.toString(end), kept);
    }

    private @Nullable RestoredPart read(Connection connection) throws SQLException {
      Part next = LedgerSave.next(connection, source, last);
      if (next == null) {
        return null;
      }
      List<LedgerSave> saves =
          LedgerSave.of(connection, source, new Part(last, Math.min(end, next.upTo())));
      List<SaveKey> keys = new ArrayList<>();
      for (LedgerSave save : saves) {
        SaveKey key = SaveKey.parse(save.key(), keyColumns);
        boolean isSuspect = inHand.isSuspect(key);
        if (isSuspect && !keys.isEmpty()) {
          return part(saves, keys);
        }
        keys.add(key);
        if (isSuspect) {
          return part(saves, keys);
        }
      }
      return keys.isEmpty() ? null : part(saves, keys);
    }

    /** The first of these saves, as many as there are keys. */
    private RestoredPart part(List<LedgerSave> saves, List<SaveKey> keys) {
      long upTo = saves.get(keys.size() - 1).saveId();
      return new RestoredPart(new Part(last, upTo), keys, into, inHand);
    }
  }

  private synchronized Opened opened() throws SQLException, IOException {
    Opened there = opened;
    if (there != null) {
      return there;
    }
    try {
      TargetTables mapped = TargetTables.read(config, Limits.defaults());
      var target = Pools.open("target", config.requireTarget(), 2 * threads + 1);
      open.push(target);
      Opened now = new Opened(target, mapped);
      opened = now;
      return now;
    } catch (DatabaseException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public synchronized void close() {
    ResourceCloser.all(open);
  }
}
