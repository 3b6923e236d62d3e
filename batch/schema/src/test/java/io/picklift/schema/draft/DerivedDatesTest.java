package io.picklift.schema.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.join.JoinException;
import io.picklift.schema.testing.ProfiledTables;
import io.picklift.schema.testing.Saves;
import io.picklift.schema.testing.TestDatabase;
import io.picklift.schema.testing.ZippedSaves;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates of classes that an application derived from Python's are dates to a column: derived.py. */
class DerivedDatesTest {
  private static final ZippedSaves SAVES = ZippedSaves.of("/derived.zip");

  @ParameterizedTest
  @ValueSource(strings = {"studio", "studio2", "addresses"})
  void everyValueIsInAColumnAndEverySaveComesBack(String application) throws Exception {
    ProfiledTables tables = ProfiledTables.of(SAVES.saves(application));
    tables.assertRestored();
    assertThat(tables.percentInColumns()).as(tables.text()).isEqualTo(100);
    assertThat(tables.unfit()).as(tables.text()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"studio, 7", "studio2, 6"})
  void theyAreColumnsOfDates(String application, int dates) throws Exception {
    String text = ProfiledTables.of(SAVES.saves(application)).text();
    assertThat(text.split("DATETIME\\(6\\)|DATE\n", -1)).as(text).hasSize(dates + 1);
    assertThat(text).doesNotContain("BINARY");
  }

  /** 10.1.2.1 is no day of the year 2561. */
  @Test
  void otherBytesInAClassStayBytes() throws Exception {
    String text = ProfiledTables.of(SAVES.saves("addresses")).text();
    assertThat(text).contains("ip:    VARBINARY(16)").contains("token: {type: VARBINARY(16)");
  }

  @Test
  void aContractKnowsThem() throws Exception {
    List<byte[]> pickles = SAVES.saves("studio");
    String text = ProfiledTables.of(pickles).text();
    ProfiledTables.under(pickles, text.replace("version: 1", "version: 1\non_new: freeze"));
  }

  @Tag("database")
  @Test
  void sqlAnswersAsPythonDoes() throws Exception {
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema())) {
      ProfiledTables tables = ProfiledTables.of(SAVES.saves("studio"));
      tables.create(connection);
      tables.assertAnswers(connection, SAVES.questions("studio"));
      tables.assertRestoredFrom(connection);
    }
  }

  /**
   * A cell that was changed, be it of a date or of None, and the class that the pickle has then.
   */
  @Tag("database")
  @ParameterizedTest
  @CsvSource({
    "5, begun = '2031-05-06 07:08:09.000010', Stamp, 07ef050607080900000a",
    "5, day = '2031-05-06', Day, 07ef0506",
    // In Berlin it is two hours later.
    "10, released = '2031-07-06 07:08:09', Stamp, 07ef0706090809",
  })
  void aChangedCellKeepsTheClass(int save, String set, String of, String state) throws Exception {
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema())) {
      ProfiledTables tables = ProfiledTables.of(SAVES.saves("studio"));
      tables.create(connection);
      SaveGraph before = tables.joinedFrom(connection, save);
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "UPDATE session SET `" + set.replace(" =", "` =") + " WHERE save_id = " + save);
      }
      SaveGraph joined = tables.joinedFrom(connection, save);
      byte[] changed = Saves.encode(joined);
      assertThat(latin(changed)).contains(latin(HexFormat.of().parseHex(state)));
      assertThat(count(changed, of)).isEqualTo(count(Saves.encode(before), of));
      ProfiledTables again = ProfiledTables.under(List.of(changed), tables.text());
      assertThat(again.unfit()).isZero();
      assertThat(again.percentInColumns()).isEqualTo(100);
    }
  }

  /** Four bytes of such a year would be no date to the next migration. */
  @Tag("database")
  @Test
  void aDateThatCouldBeSomethingElseIsRefused() throws Exception {
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema())) {
      ProfiledTables tables = ProfiledTables.of(SAVES.saves("studio"));
      tables.create(connection);
      try (Statement statement = connection.createStatement()) {
        statement.execute("UPDATE session SET day = '1750-01-01' WHERE save_id = 5");
      }
      assertThatThrownBy(() -> tables.joinedFrom(connection, 5))
          .isInstanceOf(JoinException.class)
          .hasMessageContaining("has to be from 1800 to 2199");
    }
  }

  private static int count(byte[] pickle, String name) {
    return latin(pickle).split(name, -1).length;
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
