package io.picklift.schema.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.schema.drift.MissingPaths;
import io.picklift.schema.testing.ProfiledTables;
import io.picklift.schema.testing.Saves;
import io.picklift.schema.testing.TestDatabase;
import io.picklift.schema.testing.ZippedSaves;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a {@code functools.partial} will be called with are columns where it stands: partials.py.
 */
class PartialsTest {
  private static final ZippedSaves SAVES = ZippedSaves.of("/partials.zip");

  @ParameterizedTest
  @ValueSource(strings = {"queue", "queue2"})
  void theirArgumentsAreColumnsOfTheirPlace(String application) throws Exception {
    List<byte[]> pickles = SAVES.saves(application);
    ProfiledTables tables = ProfiledTables.of(pickles);
    tables.assertRestored();
    assertThat(tables.text())
        .contains("run_args_0:")
        .contains("run_keywords_urgent:")
        .contains("on_error_keywords_reason:")
        .doesNotContain("class: functools.partial");
    // The one attribute that one of them has is named as left out.
    assertThat(tables.percentInColumns()).as(tables.text()).isGreaterThanOrEqualTo(98);
    assertThat(tables.text()).contains("attributes of a functools.partial itself");
    assertThat(MissingPaths.of(ProfiledTables.profile(pickles), tables.mapping())).isEmpty();
    ProfiledTables.under(
        pickles, tables.text().replace("version: 1", "version: 1\non_new: freeze"));
  }

  @Tag("database")
  @Test
  void sqlAnswersAsPythonDoesAndAChangedArgumentIsChanged() throws Exception {
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema())) {
      ProfiledTables tables = ProfiledTables.of(SAVES.saves("queue"));
      tables.create(connection);
      tables.assertAnswers(connection, SAVES.questions("queue"));
      tables.assertRestoredFrom(connection);
      try (Statement statement = connection.createStatement()) {
        statement.execute("UPDATE job SET run_args_0 = 'somebody' WHERE save_id = 5");
      }
      byte[] changed = Saves.encode(tables.joinedFrom(connection, 5));
      assertThat(new String(changed, StandardCharsets.ISO_8859_1))
          .contains("somebody", "partial")
          .doesNotContain("user0");
    }
  }
}
