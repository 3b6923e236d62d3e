package io.picklift.schema.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.schema.drift.Drift;
import io.picklift.schema.testing.ProfiledTables;
import io.picklift.schema.testing.TestDatabase;
import io.picklift.schema.testing.ZippedSaves;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Twelve applications that differ as much as they can, under their first mapping. What SQL says of
 * the tables is what Python says of the pickles: applications.py and application_saves.py.
 */
class ApplicationsTest {
  private static final ZippedSaves SAVES =
      ZippedSaves.of("/applications.zip", "/applications2.zip");

  static Stream<String> applications() {
    return SAVES.applications().stream();
  }

  @ParameterizedTest
  @MethodSource("applications")
  void nearlyEveryValueIsInAColumnAndEverySaveComesBack(String application) throws Exception {
    ProfiledTables tables = ProfiledTables.of(SAVES.saves(application));
    tables.assertRestored();
    assertThat(tables.percentInColumns()).as(tables.text()).isGreaterThanOrEqualTo(98);
  }

  /** Numbers that no column has are named, where they are. */
  @ParameterizedTest
  @MethodSource("applications")
  void aPackedArrayIsNamed(String application) throws Exception {
    String text = ProfiledTables.of(SAVES.saves(application)).text();
    assertThat(text.contains("the numbers of Python's array.array stand packed"))
        .as(text)
        .isEqualTo(text.contains("array_reconstructor"));
  }

  /** What one column of a place cannot hold another one does. */
  @ParameterizedTest
  @MethodSource("applications")
  void itsOwnSavesAreNoDrift(String application) throws Exception {
    List<byte[]> saves = SAVES.saves(application);
    ProfiledTables tables = ProfiledTables.of(saves);
    assertThat(Drift.compare(ProfiledTables.profile(saves), tables.mapping(), "").findings())
        .isEmpty();
  }

  @Tag("database")
  @ParameterizedTest
  @MethodSource("applications")
  void sqlAnswersAsPythonDoes(String application) throws Exception {
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema())) {
      ProfiledTables tables = ProfiledTables.of(SAVES.saves(application));
      tables.create(connection);
      tables.assertAnswers(connection, SAVES.questions(application));
      tables.assertRestoredFrom(connection);
    }
  }
}
