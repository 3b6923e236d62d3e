package io.picklift.app.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.Run;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.codec.Limits;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.testing.RandomEdits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random saves, random edits of their rows by SQL, and the same edits in Python: each save that is
 * restored says what the pickle says that Python wrote. {@code -Dpicklift.test.edits=FILE} has the
 * cases of a file that {@code batch/schema/src/test/python/edits.py} made instead of the recorded
 * ones.
 */
@Tag("database")
final class RandomEditsTest {
  private static final int BATCH = 200;
  @TempDir private Path folder = Path.of("");

  private static Stream<RandomEdits> cases() {
    String file = System.getProperty("picklift.test.edits", "");
    return file.isEmpty() ? RandomEdits.recorded().stream() : RandomEdits.of(Path.of(file));
  }

  /** Adds all cases as rows of the source; their names by key. */
  private static Map<String, String> fill(Game game, Supplier<Stream<RandomEdits>> all)
      throws SQLException {
    Map<String, String> names = new HashMap<>();
    try (Connection connection = game.connection(game.sourceUrl());
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO saves (id, data) VALUES (?, ?)");
        Stream<RandomEdits> cases = all.get()) {
      connection.setAutoCommit(false);
      for (RandomEdits edits : (Iterable<RandomEdits>) cases::iterator) {
        insert.setString(1, key(names.size()));
        insert.setBytes(2, edits.pickle());
        insert.executeUpdate();
        names.put(key(names.size()), edits.name());
        if (names.size() % BATCH == 0) {
          connection.commit();
        }
      }
      connection.commit();
    }
    return names;
  }

  private static String key(int number) {
    return String.format("c%06d", number);
  }

  private static Map<String, Long> saveIds(Game game) throws SQLException {
    Map<String, Long> ids = new HashMap<>();
    try (Connection connection = game.targetConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT source_key, save_id FROM picklift_save")) {
      while (row.next()) {
        ids.put(row.getString(1), row.getLong(2));
      }
    }
    return ids;
  }

  /** Makes the edits of all cases; a transaction holds those of several saves. */
  private static void edit(Game game, Supplier<Stream<RandomEdits>> all) throws SQLException {
    Map<String, Long> ids = saveIds(game);
    try (Connection connection = game.targetConnection();
        Stream<RandomEdits> cases = all.get()) {
      connection.setAutoCommit(false);
      int number = 0;
      for (RandomEdits one : (Iterable<RandomEdits>) cases::iterator) {
        long saveId = Objects.requireNonNull(ids.get(key(number++)));
        for (RandomEdits.Edit edit : one.edits()) {
          edit(connection, saveId, edit);
        }
        if (number % BATCH == 0) {
          connection.commit();
        }
      }
      connection.commit();
    }
  }

  private static void edit(Connection connection, long saveId, RandomEdits.Edit edit)
      throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    String sql;
    if (edit instanceof RandomEdits.Change change) {
      sql = "UPDATE " + edit.table() + " SET " + change.column() + " = ?";
      values.add(change.value());
      sql += " WHERE save_id = ? AND ordinal = ?";
      values.addAll(List.of(saveId, edit.ordinal()));
    } else if (edit instanceof RandomEdits.Insert insert) {
      List<String> columns = new ArrayList<>(List.of("save_id", "ordinal"));
      values.addAll(List.of(saveId, edit.ordinal()));
      columns.addAll(insert.cells().keySet());
      values.addAll(insert.cells().values());
      sql =
          "INSERT INTO "
              + edit.table()
              + " ("
              + String.join(", ", columns)
              + ") VALUES (?"
              + ", ?".repeat(columns.size() - 1)
              + ")";
    } else {
      sql = "DELETE FROM " + edit.table() + " WHERE save_id = ? AND ordinal = ?";
      values.addAll(List.of(saveId, edit.ordinal()));
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      assertThat(statement.executeUpdate()).as(sql).isOne();
    }
  }

  @Test
  void theSaveIsWhatPythonMakesOfTheSameEdits() throws Exception {
    check(RandomEdits.MAPPING, RandomEditsTest::cases, null);
  }

  @Test
  void theDocumentIsWhatPythonMakesOfTheSameEdits() throws Exception {
    check(RandomEdits.DOCUMENTS, () -> RandomEdits.documents().stream(), null);
  }

  @Test
  void theKeysAreWhatPythonMakesOfTheSameEdits() throws Exception {
    check(
        RandomEdits.KEYS,
        () -> RandomEdits.keys().stream(),
        Mapping.parse("mapping.yaml", RandomEdits.KEYS));
  }

  @Test
  void theValuesOfPartsAreWhatPythonMakesOfTheSameEdits() throws Exception {
    check(
        RandomEdits.PARTS,
        () -> RandomEdits.parts().stream(),
        Mapping.parse("mapping.yaml", RandomEdits.PARTS));
  }

  private void check(String mapping, Supplier<Stream<RandomEdits>> all, @Nullable Mapping byRows)
      throws Exception {
    Game game = new Game(folder);
    Files.writeString(folder.resolve("mapping.yaml"), mapping);
    Map<String, String> names = fill(game, all);
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().isClean()).isTrue();
    }
    edit(game, all);
    checkRestored(game, names, all, byRows);
  }

  /** Those of each Python, at all its protocols. */
  private static List<List<RandomEdits>> firsts() {
    return List.copyOf(
        new TreeMap<>(
                RandomEdits.firsts().stream()
                    .collect(
                        Collectors.groupingBy(
                            edits -> edits.origin().substring(0, edits.origin().indexOf(' ')))))
            .values());
  }

  /** What a save has nothing like is made like what others have, and can be written back. */
  @ParameterizedTest
  @MethodSource("firsts")
  void theFirstOfItsKindIsWhatPythonMakes(List<RandomEdits> cases) throws Exception {
    Game game = new Game(folder);
    Files.writeString(folder.resolve("mapping.yaml"), RandomEdits.FIRSTS);
    Map<String, String> names = fill(game, cases::stream);
    Run run = Run.on(game, "cutover", "--all");
    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitStatus.DONE);
    edit(game, cases::stream);
    checkRestored(game, names, cases::stream, null);
    for (String command : List.of("writeback", "verify")) {
      run = Run.on(game, command);
      assertThat(run.status()).as(command + run.out() + run.err()).isEqualTo(ExitStatus.DONE);
    }
    checkRestored(game, names, cases::stream, null);
  }

  /**
   * Compares what is restored with what Python wrote.
   *
   * @param byRows a mapping where dates, and members of enums, need not be one object
   */
  private static void checkRestored(
      Game game,
      Map<String, String> names,
      Supplier<Stream<RandomEdits>> all,
      @Nullable Mapping byRows)
      throws Exception {
    List<String> wrong = new ArrayList<>();
    int restored = 0;
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults());
        Stream<RandomEdits> cases = all.get()) {
      Map<String, byte[]> blobs = new HashMap<>();
      int number = 0;
      for (RandomEdits edits : (Iterable<RandomEdits>) cases::iterator) {
        String key = key(number++);
        RestoreSummary summary =
            saves.restore(List.of(key), (of, blob) -> blobs.put(of.text(), blob));
        byte[] blob = blobs.remove(key);
        if (blob == null) {
          wrong.add(names.get(key) + ": " + summary.problems());
        } else {
          restored++;
          compare(edits, blob, byRows, wrong);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(restored).isEqualTo(names.size()).isPositive();
  }

  private static void compare(
      RandomEdits edits, byte[] blob, @Nullable Mapping byRows, List<String> wrong)
      throws Exception {
    List<?> differences =
        byRows == null ? edits.differences(blob) : edits.differencesByRows(byRows, blob);
    if (!differences.isEmpty()) {
      wrong.add(edits.name() + ": " + differences);
    }
  }
}
