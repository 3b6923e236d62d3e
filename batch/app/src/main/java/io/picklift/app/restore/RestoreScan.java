package io.picklift.app.restore;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.database.Retry;
import io.picklift.app.encoding.text.DjangoSigner;
import io.picklift.app.memory.LastResort;
import io.picklift.app.restore.LedgerSave.Part;
import io.picklift.app.target.TargetTables;
import io.picklift.app.throttle.Politeness;
import io.picklift.app.workers.scan.ScanRange;
import io.picklift.app.workers.scan.ScanWork;
import io.picklift.codec.Limits;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
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
  static final String SIGNED = "signed";
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
  public Cursor open(Map<String, String> settings, ScanRange range, Politeness polite)
      throws SQLException, IOException {
    if (Boolean.parseBoolean(settings.get(SIGNED)) && signer == null) {
      throw new ConfigurationException(
          DjangoSigner.KEY + " is in the coordinator's environment and not in this worker's");
    }
    Opened with = opened();
    String table = settings.getOrDefault(TABLE, "");
    RestoredPart.Into into =
        new RestoredPart.Into(
            with.target(), with.mapped(), config, table, signer, threads, lastResort);
    return new Parts(with.target(), config.source().label(), range, into);
  }

  /** The parts of a range, one after the other. */
  private static final class Parts implements Cursor {
    private final DataSource target;
    private final String source;
    private final RestoredPart.Into into;
    private long end;
    private long last;

    Parts(DataSource target, String source, ScanRange range, RestoredPart.Into into) {
      this.target = target;
      this.source = source;
      this.into = into;
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
      Part part = new Part(last, Math.min(end, next.upTo()));
      return new RestoredPart(part, LedgerSave.of(connection, source, part).size(), into);
    }
  }

  private synchronized Opened opened() throws SQLException, IOException {
    Opened there = opened;
    if (there != null) {
      return there;
    }
    try {
      var target = Pools.open("target", config.requireTarget(), 2 * threads + 1);
      open.push(target);
      Opened now = new Opened(target, TargetTables.read(config, Limits.defaults()));
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
