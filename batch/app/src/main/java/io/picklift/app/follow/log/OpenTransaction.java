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
final class OpenTransaction {
  /** Where the first event of a file stands. */
  static final long FILE_BEGIN = 4;

  /** More keys at once are found sooner by comparing than by reading them one by one. */
  private static final int MOST_KEYS = 100_000;

  private static final int MOST_PREPARED = 10_000;

  private final TableLayout layout;
  private final Map<Long, RowImages> tables = new HashMap<>();
  private final Set<Long> companionTables = new HashSet<>();
  private final Set<Long> mapped = new HashSet<>();
  private final Map<String, Part> prepared = new LinkedHashMap<>();
  private Part part = new Part(new LinkedHashMap<>(), false, null);
  private boolean isBegun;

  private record Part(Map<SaveKey, Boolean> keys, boolean companions, @Nullable String problem) {}

  OpenTransaction(TableLayout layout) {
    this.layout = layout;
  }

  void begin() {
    isBegun = true;
  }

  boolean isBegun() {
    return isBegun;
  }

  void clear() {
    tables.clear();
    companionTables.clear();
    mapped.clear();
    part = new Part(new LinkedHashMap<>(), false, null);
    isBegun = false;
  }

  void problem(String what) {
    if (part.problem() == null) {
      part = new Part(part.keys(), part.companions(), what);
    }
  }

  void map(TableMap map, boolean companion) {
    tables.remove(map.id());
    companionTables.remove(map.id());
    mapped.remove(map.id());
    if (companion) {
      companionTables.add(map.id());
    }
    if (map.types().isEmpty()) {
      return;
    }
    mapped.add(map.id());
    try {
      tables.put(map.id(), new RowImages(map, layout));
    } catch (LogFormatException e) {
      problem(String.valueOf(e.getMessage()));
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
    if (prepared.size() < MOST_PREPARED) {
      prepared.put(xid, part);
    }
    part = new Part(new LinkedHashMap<>(), false, null);
  }

  /** A prepared transaction commits. */
  void prepared(@Nullable String xid) {
    Part before = prepared.remove(xid);
    if (before == null) {
      problem("an XA COMMIT whose XA PREPARE was not seen");
    } else {
      part = before;
    }
  }

  void forget(@Nullable String xid) {
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
            part.keys(), part.companions(), part.problem(), gtid, file, end, seconds);
    clear();
    return ended;
  }
}
