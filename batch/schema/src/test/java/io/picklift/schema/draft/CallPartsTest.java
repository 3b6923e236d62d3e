package io.picklift.schema.draft;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.join.JoinException;
import io.picklift.schema.testing.ProfiledTables;
import io.picklift.schema.testing.Saves;
import io.picklift.schema.testing.TestDatabase;
import io.picklift.schema.testing.ZippedSaves;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Complex numbers, times of a class of their own, labels of pandas that stand alone and columns of
 * Arrow are in columns: callparts.py.
 */
class CallPartsTest {
  private static final ZippedSaves SAVES = ZippedSaves.of("/callparts.zip");

  @ParameterizedTest
  @ValueSource(strings = {"signals", "signals2", "values", "labels", "labels15", "arrows"})
  void everyValueIsInAColumnAndEverySaveComesBack(String application) throws Exception {
    ProfiledTables tables = ProfiledTables.of(SAVES.saves(application));
    tables.assertRestored();
    assertThat(tables.percentInColumns()).as(tables.text()).isEqualTo(100);
    assertThat(tables.unfit()).as(tables.text()).isZero();
  }

  @Test
  void aComplexNumberIsTwoColumnsAndATimeIsOne() throws Exception {
    String text = ProfiledTables.of(SAVES.saves("signals")).text();
    assertThat(text)
        .containsPattern("gain_real: +.path: \"gain.0.\", type: DOUBLE")
        .containsPattern("gain_imag: +.path: \"gain.1.\", type: DOUBLE")
        .containsPattern("loose: +.*DOUBLE")
        .containsPattern("starts: +TIME\\(6\\)")
        .containsPattern("mac: +VARBINARY");
  }

  /** Wherever they stand, and floats that a JSON column would not give back for sure are rows. */
  @Test
  void valuesOfPythonsOwnAreInTheRowThatHasThem() throws Exception {
    String text = ProfiledTables.of(SAVES.saves("values")).text();
    assertThat(text)
        .contains("share_numerator", "rest_denominator", "span_start", "part_stop", "file_2")
        .containsPattern("each: .*weights")
        .doesNotContain("references", "JSON");
  }

  /** Python 2 makes a Fraction of one text, Python 3 of two numbers: each has its columns. */
  @Test
  void aValueThatAnotherColumnOfItsPlaceHoldsFits() throws Exception {
    List<byte[]> pickles = new ArrayList<>();
    for (int i = 1; i < 20; i++) {
      String start = "\u0080\2cm\nC\n)\u0081}U\5sharecfractions\nFraction\n";
      pickles.add((start + "U\0031/" + i % 10 + "\u0085Rsb.").getBytes(ISO_8859_1));
      pickles.add((start + "K\1K" + (char) (i + 1) + "\u0086Rsb.").getBytes(ISO_8859_1));
    }
    ProfiledTables tables = ProfiledTables.of(pickles);
    tables.assertRestored();
    assertThat(tables.text()).contains("share_numerator", "share: ");
    assertThat(tables.percentInColumns()).as(tables.text()).isEqualTo(100);
    assertThat(tables.unfit()).as(tables.text()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"signals", "labels"})
  void aContractKnowsThem(String application) throws Exception {
    List<byte[]> pickles = SAVES.saves(application);
    String text = ProfiledTables.of(pickles).text();
    ProfiledTables.under(pickles, text.replace("version: 1", "version: 1\non_new: freeze"));
  }

  @Tag("database")
  @ParameterizedTest
  @ValueSource(strings = {"signals", "labels", "arrows"})
  void sqlAnswersAsPythonDoes(String application) throws Exception {
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema())) {
      ProfiledTables tables = ProfiledTables.of(SAVES.saves(application));
      tables.create(connection);
      tables.assertAnswers(connection, SAVES.questions(application));
      tables.assertRestoredFrom(connection);
    }
  }

  @Tag("database")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "signals | signals SET gain_real = 7.25 | gain_real FROM signals | 7.25",
        "signals | signals SET loose_imag = -3 | loose_imag FROM signals | -3.0",
        "signals | signals SET starts = '21:22:23.000024' | starts FROM signals"
            + " | 21:22:23.000024",
        "signals | signals_pole SET pole_real = 99 | pole_real FROM signals_pole | 99.0",
        "labels | save_name SET value = 'other' | value FROM save_name | other",
        "labels | save_code SET value = 12345 | value FROM save_code | 12345",
        "labels | save_day SET value = '2030-01-02' | value FROM save_day"
            + " | 2030-01-02 00:00:00",
        "labels | save SET span_stop = 77 | span_stop FROM save | 77",
        "arrows | save_frame SET small = 200 | small FROM save_frame | 200",
        "arrows | save_frame SET ratio = 2.5 | ratio FROM save_frame | 2.5",
        "arrows | save_joined SET value = 55 | value FROM save_joined | 55",
      })
  void aChangedCellComesBack(String application, String set, String read, String shown)
      throws Exception {
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema())) {
      ProfiledTables tables = ProfiledTables.of(SAVES.saves(application));
      tables.create(connection);
      String column = read.substring(0, read.indexOf(' '));
      String first =
          " WHERE save_id = 4 AND " + column + " IS NOT NULL ORDER BY save_id, ordinal LIMIT 1";
      try (Statement statement = connection.createStatement()) {
        assertThat(statement.executeUpdate("UPDATE " + set + first)).isEqualTo(1);
      }
      byte[] changed = Saves.encode(tables.joinedFrom(connection, 4));
      assertThat(changed).isNotEqualTo(SAVES.saves(application).get(3));
      ProfiledTables again = ProfiledTables.under(List.of(changed), tables.text());
      again.assertRestored();
      try (Connection other = database.connect(database.freshSchema())) {
        again.create(other);
        assertThat(
                ProfiledTables.ask(
                    other, "SELECT " + read + " WHERE " + column + " IS NOT NULL LIMIT 1"))
            .isEqualTo(shown);
      }
    }
  }

  @Tag("database")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "signals | signals SET gain_real = NULL | a complex number has both of its parts",
        "arrows | save_frame SET n = NULL | has no mark for a value",
        "arrows | save_frame SET name = 'longer' | does not hold it",
        "arrows | save_frame SET n = 5 WHERE n IS NULL | does not hold it",
      })
  void whatTheFormDoesNotHoldIsRefused(String application, String set, String why)
      throws Exception {
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema())) {
      ProfiledTables tables = ProfiledTables.of(SAVES.saves(application));
      tables.create(connection);
      SaveGraph before = tables.joinedFrom(connection, 4);
      assertThat(Saves.encode(before)).isEqualTo(SAVES.saves(application).get(3));
      try (Statement statement = connection.createStatement()) {
        statement.execute("UPDATE " + set);
      }
      assertThatThrownBy(() -> tables.joinedFrom(connection, 4))
          .isInstanceOf(JoinException.class)
          .hasMessageContaining(why);
    }
  }
}
