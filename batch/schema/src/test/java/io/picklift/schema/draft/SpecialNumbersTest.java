package io.picklift.schema.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.Limits;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.join.JoinException;
import io.picklift.schema.testing.ProfiledTables;
import io.picklift.schema.testing.Saves;
import io.picklift.schema.testing.TestDatabase;
import io.picklift.schema.testing.ZippedSaves;
import java.sql.Connection;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Numbers that no server's numbers hold have a column of their own, and so nearly every value of
 * the cases that people reported is in a column: special.py.
 */
class SpecialNumbersTest {
  private static final ZippedSaves SAVES = ZippedSaves.of("/special.zip");

  /** Of Python's own pickler in Python, which numbers its memo otherwise: kept as they were. */
  private static final String PURE_PYTHON = "11-oldstyle";

  static Stream<String> applications() {
    return SAVES.applications().stream();
  }

  @ParameterizedTest
  @MethodSource("applications")
  void nearlyEveryValueIsInAColumnAndEverySaveComesBack(String application) throws Exception {
    ProfiledTables tables = ProfiledTables.of(SAVES.saves(application));
    if (!application.equals(PURE_PYTHON)) {
      tables.assertRestored();
    }
    assertThat(tables.percentInColumns()).as(tables.text()).isGreaterThanOrEqualTo(98);
    assertThat(tables.unfit()).as(tables.text()).isZero();
  }

  @Tag("database")
  @Test
  void sqlAnswersAsPythonDoes() throws Exception {
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema())) {
      ProfiledTables tables = ProfiledTables.of(SAVES.saves("gauges"));
      tables.create(connection);
      tables.assertAnswers(connection, SAVES.questions("gauges"));
      tables.assertRestoredFrom(connection);
    }
  }

  /** Save 1 has 1.5, save 2 nan, save 3 inf, save 5 -0.0. */
  @Tag("database")
  @ParameterizedTest
  @CsvSource({
    "1, 'level = NULL, level_special = ''nan''', NaN",
    "1, 'level = NULL, level_special = ''-inf''', -Infinity",
    "2, 'level = 7.25, level_special = NULL', 7.25",
    "3, 'level_special = ''-0.0''', -0.0",
    "5, 'level = 0, level_special = NULL', 0.0",
  })
  void aChangedCellIsAChangedNumber(int save, String set, Double expected) throws Exception {
    assertThat(level(save, set)).isEqualTo(expected);
  }

  @Tag("database")
  @Test
  void whatIsNoSuchNumberIsRefused() {
    assertThatThrownBy(() -> level(2, "level_special = 'foo'")).isInstanceOf(JoinException.class);
    assertThatThrownBy(() -> level(1, "level_special = 'nan'")).isInstanceOf(JoinException.class);
  }

  /** The level of a save after its row was changed. */
  private static Double level(int save, String set) throws Exception {
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema())) {
      ProfiledTables tables = ProfiledTables.of(SAVES.saves("gauges"));
      tables.create(connection);
      try (var statement = connection.createStatement()) {
        statement.execute("UPDATE save SET " + set + " WHERE save_id = " + save);
      }
      SaveGraph joined = Saves.decode(Saves.encode(tables.joinedFrom(connection, save)));
      Meaning meaning = Meaning.of(joined, Limits.defaults());
      long pairs = meaning.itemSpan(meaning.root());
      return meaning.floatValue(meaning.member(MemberSpan.start(pairs) + 3));
    }
  }
}
