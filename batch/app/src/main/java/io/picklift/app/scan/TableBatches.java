package io.picklift.app.scan;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.config.Database;
import io.picklift.app.config.SourceConfig;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.source.KeyState;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.SourceRow;
import io.picklift.app.source.TableCheck;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of a table: keys page by page, BLOBs by key. */
final class TableBatches implements Batches {
  private static final int PAGE = 500;

  private final HikariDataSource pool;
  private final SaveSource source;
  private final long rows;
  private final long sample;
  private final Deque<Place> waiting = new ArrayDeque<>();
  private @Nullable SaveKey last;
  private boolean isAtEnd;
  private boolean isSample;
  private long met;

  private record Place(SaveKey key, long order) {}

  private TableBatches(HikariDataSource pool, SaveSource source, long sample) throws SQLException {
    this.pool = pool;
    this.source = source;
    this.rows = source.count();
    this.sample = sample <= 0 ? Long.MAX_VALUE : sample;
  }

  static TableBatches open(SourceConfig config, Database database, Scan.Options options)
      throws DatabaseException, SQLException {
    HikariDataSource pool = Pools.open("source", database, options.threads() + 1);
    try {
      return new TableBatches(pool, TableCheck.open(pool, config, database), options.sample());
    } catch (SQLException | RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  @Override
  public long count() {
    return Math.min(rows, sample);
  }

  @Override
  public @Nullable Batch next() throws SQLException {
    while (waiting.size() < MOST_SAVES && !isAtEnd) {
      page();
    }
    if (waiting.isEmpty()) {
      return null;
    }
    List<Place> some = new ArrayList<>();
    waiting.stream().limit(MOST_SAVES).forEach(some::add);
    List<Long> sizes = source.sizes(some.stream().map(Place::key).toList());
    long bytes = 0;
    int count = 0;
    while (count < some.size() && (count == 0 || bytes + sizes.get(count) <= MOST_BYTES)) {
      bytes += sizes.get(count++);
    }
    List<Place> batch = List.copyOf(some.subList(0, count));
    batch.forEach(place -> waiting.removeFirst());
    return () -> read(batch);
  }

  private void page() throws SQLException {
    List<KeyState> page = source.page(last, null, PAGE, false);
    isAtEnd = page.size() < PAGE;
    for (KeyState state : page) {
      if (isWanted(met)) {
        waiting.add(new Place(state.key(), met));
      } else {
        isSample = true;
      }
      met++;
      last = state.key();
    }
  }

  /** A sample is spread evenly over the keys. */
  private boolean isWanted(long index) {
    return sample >= rows || index * sample / rows != (index + 1) * sample / rows;
  }

  private List<Row> read(List<Place> places) throws SQLException {
    Map<SaveKey, SourceRow> found = new HashMap<>();
    for (SourceRow row : source.read(places.stream().map(Place::key).toList(), false)) {
      found.put(row.key(), row);
    }
    List<Row> read = new ArrayList<>();
    for (Place place : places) {
      SourceRow row = found.get(place.key());
      if (row != null) {
        read.add(new Row(place.key().text(), place.order(), row.watermark(), row.blob()));
      }
    }
    return read;
  }

  @Override
  public boolean isSample() {
    return isSample;
  }

  @Override
  public void close() {
    source.close();
    pool.close();
  }
}
