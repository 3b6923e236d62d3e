package io.picklift.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.config.CountOrShare;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.source.ProgressListener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens to the source between two backfills, the target is what a fresh migrate makes.
 * Each sequence has a seed; {@code -Dpicklift.sequences=1000} runs that many, {@code
 * -Dpicklift.seed=7} that one, both together that many from that one on.
 *
 * <p>What a migrate makes of a save depends on its BLOB alone, so one fresh migrate of each BLOB
 * that occurs tells what every sequence has to end in; every twentieth is compared with a fresh
 * migrate of its own besides. The sequences share a source, a target and what is open on them, and
 * each begins with both empty.
 *
 * <p>Run by hand on 28 November 2026, MySQL 9.7.4 and MariaDB 11.4: seeds 1 to 1,000 on each, no
 * difference.
 */
@Tag("database")
final class BackfillSequencesTest {
  private static final int KEYS = 14;
  private static final int OVERLAP = 3;
  private static final int COMPARED_EVERY = 20;
  private static final JobOptions OPTIONS =
      JobOptions.of(1, DecodingEngine.Name.FAST).withMaxDeleted(CountOrShare.parse("100%"));

  private static @Nullable Shared shared;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    shared = new Shared(folder);
  }

  @AfterAll
  static void close() {
    Objects.requireNonNull(shared).close();
  }

  static List<Long> seeds() {
    Long first = Long.getLong("picklift.seed");
    int many = Integer.getInteger("picklift.sequences", first == null ? 100 : 1);
    return LongStream.range(0, many).map(i -> i + (first == null ? 1 : first)).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theTargetIsWhatAFreshMigrateMakes(long seed) throws Exception {
    new Sequence(seed, Objects.requireNonNull(shared)).run();
  }

  /** What is costly to open, and what each BLOB is in a fresh target. */
  private static final class Shared implements AutoCloseable {
    private final Path freshFolder;
    private final Game game;
    private final Map<String, List<String>> byBlob = new HashMap<>();
    private @Nullable Jobs jobs;
    private String configured = "";

    Shared(Path folder) throws Exception {
      freshFolder = Files.createDirectories(folder.resolve("fresh"));
      Game all = new Game(freshFolder);
      for (int i = 0; i < 12; i++) {
        all.put("save" + i, Game.save(i));
      }
      all.put("null", null);
      all.put("page", "<html>".getBytes(StandardCharsets.UTF_8));
      try (Jobs migrating = Jobs.open(all.config(), OPTIONS, ProgressListener.NONE)) {
        migrating.migrate();
      }
      Map<String, String> blobs = blobs(all, "");
      for (String line : content(all)) {
        String key = line.substring(0, line.indexOf('|'));
        byBlob
            .computeIfAbsent(blobs.getOrDefault(key, ""), blob -> new ArrayList<>())
            .add(line.substring(key.length()));
      }
      game = new Game(folder);
      game.source("ALTER TABLE saves MODIFY changed BIGINT");
      try (Jobs making = Jobs.open(game.config(), OPTIONS, ProgressListener.NONE)) {
        making.migrate();
      }
    }

    /** The jobs for these lines of the source's configuration, opened again where they change. */
    Jobs jobs(String lines) throws Exception {
      Jobs known = jobs;
      if (known != null && configured.equals(lines)) {
        return known;
      }
      close();
      game.configure(lines);
      Jobs fresh = Jobs.open(game.config(), OPTIONS, ProgressListener.NONE);
      jobs = fresh;
      configured = lines;
      return fresh;
    }

    /** Empties source and target; the ids go on. */
    void clear() throws SQLException {
      game.source("DELETE FROM saves");
      for (String table : List.of("player", "friend", "player_friend", "bag_item")) {
        game.target("DELETE FROM " + table);
      }
      for (String table : List.of("archive", "quarantine", "save", "run")) {
        game.target("DELETE FROM picklift_" + table);
      }
      allIsCompared();
    }

    /** What {@code --full} does: no watermark is known up to which rows were compared. */
    void allIsCompared() throws SQLException {
      game.target("UPDATE picklift_source SET watermark = NULL");
    }

    /** What a fresh migrate would make of the source's rows, in the order of {@link #content}. */
    List<String> expected(String where) throws SQLException {
      List<String> expected = new ArrayList<>();
      blobs(game, where)
          .forEach(
              (key, blob) ->
                  byBlob
                      .getOrDefault(blob, List.of("|no such BLOB"))
                      .forEach(rest -> expected.add(key + rest)));
      Collections.sort(expected);
      return expected;
    }

    /** Each key's BLOB, in hex. */
    private static Map<String, String> blobs(Game game, String where) throws SQLException {
      Map<String, String> blobs = new TreeMap<>();
      try (Connection connection = game.connection(game.sourceUrl());
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT id, COALESCE(HEX(data), 'NULL') FROM saves"
                      + (where.isEmpty() ? "" : " WHERE " + where))) {
        while (row.next()) {
          blobs.put(row.getString(1), row.getString(2));
        }
      }
      return blobs;
    }

    @Override
    public void close() {
      Jobs known = jobs;
      jobs = null;
      if (known != null) {
        known.close();
      }
    }
  }

  private record Row(@Nullable Long watermark, String hash, boolean isInScope) {
    boolean isHidden(@Nullable Row before, long near) {
      return isInScope
          && before != null
          && watermark != null
          && watermark.equals(before.watermark)
          && watermark < near
          && !hash.equals(before.hash);
    }
  }

  private static final class Sequence {
    private final Random random;
    private final List<String> done = new ArrayList<>();
    private final long seed;
    private final Shared shared;
    private final Game game;
    private final boolean hasWatermark;
    private String where = "";
    private long clock = 100;

    /** The newest watermark when the last run began: what lies well below may change unseen. */
    private long compared = Long.MIN_VALUE;

    /** Each key's row as a run last met it in its scope. */
    private final Map<String, Row> met = new HashMap<>();

    Sequence(long seed, Shared shared) throws Exception {
      this.seed = seed;
      this.shared = shared;
      random = new Random(seed);
      done.add("seed " + seed);
      game = shared.game;
      shared.clear();
      hasWatermark = random.nextBoolean();
      for (int i = 0; i < KEYS / 2; i++) {
        insert(key());
      }
    }

    void run() throws Exception {
      for (int round = 0; round < 3; round++) {
        for (int i = random.nextInt(5); i >= 0; i--) {
          change();
        }
        Map<String, Row> rows = rows();
        boolean isFull = isHidden(rows);
        done.add(isFull ? "backfill --full" : "backfill");
        long newest = newest();
        Jobs jobs = shared.jobs(configuration());
        if (isFull) {
          shared.allIsCompared();
        }
        assertThat(jobs.backfill().counts().unexplained()).as("%s", done).isZero();
        compared = newest;
        met(rows);
        assertThat(content(game)).as("%s", done).isEqualTo(shared.expected(where));
      }
      assertThat(shared.jobs(configuration()).backfill().counts().changed())
          .as("a second backfill finds nothing to do: %s", done)
          .isZero();
      if (seed % COMPARED_EVERY == 0) {
        assertThat(content(game)).as("%s", done).isEqualTo(fresh());
      }
    }

    private String configuration() {
      return (hasWatermark ? "  watermark: changed\n  overlap: " + OVERLAP + "\n" : "")
          + (where.isEmpty() ? "" : "  where: \"" + where + "\"\n");
    }

    private List<String> fresh() throws Exception {
      Game fresh = new Game(shared.freshFolder);
      fresh.configure(
          "table: saves\n  key: id\n  blob: data\n"
              + (where.isEmpty() ? "" : "  where: \"" + where + "\"\n"),
          fresh.targetUrl());
      Files.writeString(
          fresh.file(),
          Files.readString(fresh.file()).replace(fresh.sourceUrl(), game.sourceUrl()));
      try (Jobs jobs = Jobs.open(fresh.config(), OPTIONS, ProgressListener.NONE)) {
        jobs.migrate();
      }
      return content(fresh);
    }

    private String key() {
      return "k" + random.nextInt(KEYS);
    }

    private String save() throws Exception {
      if (random.nextInt(8) == 0) {
        return random.nextBoolean() ? "NULL" : "'<html>'";
      }
      StringBuilder hex = new StringBuilder("x'");
      for (byte b : Game.save(random.nextInt(12))) {
        hex.append(String.format("%02x", b));
      }
      return hex.append('\'').toString();
    }

    /** A watermark: mostly the next, at times one that comes late, goes back, or is none. */
    private String watermark() {
      return switch (random.nextInt(8)) {
        case 0 -> "NULL";
        case 1 -> String.valueOf(clock - random.nextInt(20));
        default -> String.valueOf(++clock);
      };
    }

    private void insert(String key) throws Exception {
      source(
          "REPLACE INTO saves (id, data, changed) VALUES ('%s', %s, %s)", key, save(), watermark());
    }

    private void change() throws Exception {
      switch (random.nextInt(9)) {
        case 0, 1 -> insert(key());
        case 2 -> source("DELETE FROM saves WHERE id = '%s'", key());
        case 3 ->
            source(
                "UPDATE saves SET data = %s, changed = %s WHERE id = '%s'",
                save(), watermark(), key());
        case 4 -> rename(key(), key());
        case 5 -> swap(key(), key());
        case 6 -> keepingTheWatermark(key());
        case 7 -> {
          where = random.nextBoolean() ? "" : "id < 'k" + (1 + random.nextInt(9)) + "'";
          done.add("where " + where);
        }
        default -> {
          String key = key();
          source("DELETE FROM saves WHERE id = '%s'", key);
          insert(key);
        }
      }
    }

    private void rename(String from, String to) throws Exception {
      source("DELETE FROM saves WHERE id = '%s'", to);
      source("UPDATE saves SET id = '%s', changed = %s WHERE id = '%s'", to, watermark(), from);
    }

    private void swap(String one, String other) throws Exception {
      source(
          "UPDATE saves a JOIN saves b ON a.id = '%s' AND b.id = '%s' SET a.changed = %d, b.changed"
              + " = %d, a.data = b.data, b.data = a.data",
          one, other, clock + 1, clock + 2);
      clock += 2;
    }

    private void keepingTheWatermark(String key) throws Exception {
      source("UPDATE saves SET data = %s WHERE id = '%s'", save(), key);
    }

    @SuppressWarnings("AnnotateFormatMethod") // The annotation is no dependency of the project.
    private void source(String sql, Object... values) throws SQLException {
      String whole = sql.formatted(values);
      done.add(whole.replaceAll("x'(.{6})[0-9a-f]*(.{6})'", "x'$1..$2'"));
      game.source(whole);
    }

    /** All rows there are, those that are out of scope included. */
    private Map<String, Row> rows() throws SQLException {
      String isIn = where.isEmpty() ? "TRUE" : where;
      Map<String, Row> rows = new HashMap<>();
      try (Connection connection = game.connection(game.sourceUrl());
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT id, changed, COALESCE(SHA2(data, 256), ''), " + isIn + " FROM saves")) {
        while (row.next()) {
          long mark = row.getLong(2);
          Long watermark = row.wasNull() ? null : mark;
          rows.put(row.getString(1), new Row(watermark, row.getString(3), row.getBoolean(4)));
        }
      }
      return rows;
    }

    /**
     * Whether a row changed, kept its watermark or got it back, and is not near the newest: what
     * only {@code --full} finds.
     */
    private boolean isHidden(Map<String, Row> rows) {
      return hasWatermark
          && compared != Long.MIN_VALUE
          && rows.entrySet().stream()
              .anyMatch(row -> row.getValue().isHidden(met.get(row.getKey()), compared - OVERLAP));
    }

    private void met(Map<String, Row> rows) {
      met.keySet().retainAll(rows.keySet());
      rows.forEach(
          (key, row) -> {
            if (row.isInScope()) {
              met.put(key, row);
            } else {
              // Whatever becomes of it meanwhile is found when it is in scope again.
              met.remove(key);
            }
          });
    }

    private long newest() throws SQLException {
      return sourceNumber(
          "SELECT COALESCE(MAX(changed), -1) FROM saves"
              + (where.isEmpty() ? "" : " WHERE " + where));
    }

    private long sourceNumber(String sql) throws SQLException {
      String schema = game.sourceUrl().replaceAll(".*/|\\?.*", "");
      return game.number(sql.replace("FROM saves", "FROM " + schema + ".saves"));
    }
  }

  /** What a target holds of the saves that are in scope, by the source's keys. */
  private static List<String> content(Game game) throws SQLException {
    List<String> content = new ArrayList<>();
    try (Connection connection = game.targetConnection();
        Statement statement = connection.createStatement()) {
      for (String table : List.of("player", "friend", "bag_item")) {
        add(
            content,
            statement,
            "SELECT s.source_key, t.* FROM picklift_save s JOIN "
                + table
                + " t ON t.save_id = s.save_id WHERE s.out_of_scope_at IS NULL"
                + " ORDER BY s.source_key, t.ordinal");
      }
      add(
          content,
          statement,
          "SELECT s.source_key, 0, s.status, q.reason, LOWER(HEX(s.blob_sha256)) FROM picklift_save"
              + " s LEFT JOIN picklift_quarantine q ON q.save_id = s.save_id WHERE"
              + " s.out_of_scope_at IS NULL AND s.status <> 'deleted' ORDER BY s.source_key");
    }
    Collections.sort(content);
    return content;
  }

  private static void add(List<String> content, Statement statement, String sql)
      throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        StringBuilder line = new StringBuilder(row.getString(1));
        // The second is the save_id, which is the target's own.
        for (int i = 3; i <= row.getMetaData().getColumnCount(); i++) {
          byte[] value = row.getBytes(i);
          line.append('|')
              .append(value == null ? "NULL" : new String(value, StandardCharsets.UTF_8));
        }
        content.add(line.toString());
      }
    }
  }
}
