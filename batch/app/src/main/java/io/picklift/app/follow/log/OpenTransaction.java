package io.picklift.app.follow.log;

import io.picklift.app.source.SaveKey;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The transaction that is being read, and those that are prepared. For one thread. */
final class OpenTransaction implements TableMap.Wanted {
  /** Where the first event of a file stands. */
  static final long FILE_BEGIN = 4;

  /** More keys at once are found sooner by comparing than by reading them one by one. */
  private static final int MOST_KEYS = 100_000;

  private static final int MOST_PREPARED = 10_000;

  private final TableLayout layout;
  private final Beside beside;
  private final Map<Long, RowImages> tables = new HashMap<>();
  private final Map<Long, RowImages> heartbeats = new HashMap<>();
  private final Set<Long> companionTables = new HashSet<>();
  private final Set<Long> mapped = new HashSet<>();
  private final Map<String, Part> prepared = new LinkedHashMap<>();
  private Part part = new Part(new LinkedHashMap<>(), false, null);
  private boolean isBegun;
  private long beat;
  private @Nullable XaStep xa;

  private record Part(Map<SaveKey, Boolean> keys, boolean companions, @Nullable String problem) {}

  OpenTransaction(TableLayout layout, Beside beside) {
    this.layout = layout;
    this.beside = beside;
  }

  @Override
  public boolean is(String schema, String table) {
    return layout.isTable(schema, table) || beside.heartbeat().isTable(schema, table);
  }

  void begin() {
    isBegun = true;
  }

  boolean isBegun() {
    return isBegun;
  }

  void clear() {
    tables.clear();
    heartbeats.clear();
    companionTables.clear();
    mapped.clear();
    beat = 0;
    xa = null;
    part = new Part(new LinkedHashMap<>(), false, null);
    isBegun = false;
  }

  void problem(String what) {
    if (part.problem() == null) {
      part = new Part(part.keys(), part.companions(), what);
    }
  }

  void map(TableMap map) {
    tables.remove(map.id());
    heartbeats.remove(map.id());
    companionTables.remove(map.id());
    mapped.remove(map.id());
    if (beside.isCompanion(map.schema(), map.table())) {
      companionTables.add(map.id());
    }
    if (map.types().isEmpty()) {
      return;
    }
    if (!layout.isTable(map.schema(), map.table())) {
      heartbeat(map);
      return;
    }
    mapped.add(map.id());
    try {
      tables.put(map.id(), new RowImages(map, layout));
    } catch (LogFormatException e) {
      problem(String.valueOf(e.getMessage()));
    }
  }

  private void heartbeat(TableMap map) {
    try {
      heartbeats.put(map.id(), new RowImages(map, beside.heartbeat()));
    } catch (LogFormatException e) {
      // Somebody made that table otherwise: no time comes back from it.
      heartbeats.remove(map.id());
    }
  }

  private void beats(RowImages rows, LogInput in, RowImages.Change change) throws IOException {
    try {
      rows.read(in, change, (row, isInserted) -> beat(row));
    } catch (LogFormatException e) {
      beat = 0;
    }
  }

  private void beat(SaveKey row) {
    if (row.parts().get(0).equals(beside.reader())) {
      beat = Math.max(beat, Long.parseLong(row.parts().get(1)));
    }
  }

  /** Rows of a table that is copied beside the saves were written. */
  void companionWritten() {
    part = new Part(part.keys(), true, part.problem());
  }

  /** Whether rows of this table are the followed one's. */
  boolean isOurs(long table) {
    return tables.containsKey(table) || mapped.contains(table);
  }

  void rows(long table, LogInput in, RowImages.Change change) throws IOException {
    if (companionTables.contains(table)) {
      companionWritten();
    }
    mapped.remove(table);
    RowImages heartbeat = heartbeats.get(table);
    if (heartbeat != null) {
      beats(heartbeat, in, change);
      return;
    }
    RowImages rows = tables.get(table);
    if (rows == null) {
      return;
    }
    try {
      rows.read(in, change, this::key);
    } catch (LogFormatException e) {
      problem(String.valueOf(e.getMessage()));
    }
  }

  private void key(SaveKey key, boolean isInserted) {
    if (part.keys().size() < MOST_KEYS) {
      part.keys().merge(key, isInserted, Boolean::logicalOr);
    } else {
      problem("a transaction of more than " + MOST_KEYS + " rows");
    }
  }

  /** The transaction's rows are not to be seen before another one commits it. */
  void prepare(String xid) {
    told();
    xa = new XaStep(xid, true);
    if (prepared.size() < MOST_PREPARED) {
      prepared.put(xid, part);
    }
    part = new Part(new LinkedHashMap<>(), false, null);
  }

  /** A prepared transaction commits. */
  void prepared(String xid) {
    xa = new XaStep(xid, false);
    Part before = prepared.remove(xid);
    if (before == null) {
      problem("an XA COMMIT whose XA PREPARE was not seen");
    } else {
      part = before;
    }
  }

  void forget(String xid) {
    xa = new XaStep(xid, false);
    prepared.remove(xid);
  }

  private void told() {
    // A statement over several tables announces those that it may write and does not.
    if (!mapped.isEmpty() && layout.hasCascades()) {
      problem("rows of a table with cascades that are announced and not told");
    }
    mapped.clear();
  }

  /** Ends it. */
  LoggedTransaction end(@Nullable String gtid, String file, long end, long seconds) {
    told();
    LoggedTransaction ended =
        new LoggedTransaction(
            part.keys(), part.companions(), beat, xa, part.problem(), gtid, file, end, seconds);
    clear();
    return ended;
  }
}
