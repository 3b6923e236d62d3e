package io.picklift.schema.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.schema.testing.ProfiledTables;
import io.picklift.schema.testing.TestDatabase;
import io.picklift.schema.testing.ZippedSaves;
import java.sql.Connection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several classes in one place, and classes and attributes that were renamed. What SQL says of the
 * tables of the first mapping is what Python says of the pickles: hierarchies.py.
 */
class HierarchiesTest {
  private static final ZippedSaves SAVES = ZippedSaves.of("/hierarchies.zip");

  private static ProfiledTables tables(String application) throws Exception {
    return ProfiledTables.dated(SAVES.saves(application));
  }

  @ParameterizedTest
  @ValueSource(strings = {"payments", "drawing", "zoo", "triggers", "moved", "renamed", "station"})
  void everyValueIsInAColumnAndEverySaveComesBack(String application) throws Exception {
    ProfiledTables tables = tables(application);
    tables.assertHeld(100);
  }

  @Tag("database")
  @ParameterizedTest
  @ValueSource(strings = {"payments", "drawing", "zoo", "triggers", "moved", "renamed", "station"})
  void sqlAnswersAsPythonDoes(String application) throws Exception {
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema())) {
      ProfiledTables tables = tables(application);
      tables.create(connection);
      tables.assertAnswers(connection, SAVES.questions(application));
      tables.assertRestoredFrom(connection);
    }
  }

  @Test
  void classesThatNeverMeetAreNoRenameWhereASaveHoldsOne() throws Exception {
    assertThat(tables("triggers").text())
        .contains("class: [jobs.triggers.DailyTrigger, jobs.triggers.OnceTrigger]")
        .contains("class_column: class_name")
        .doesNotContain("aka");
  }

  @Test
  void movedMembersAreFoundAsMovedRootsAre() throws Exception {
    assertThat(tables("moved").text())
        .contains("class: game.model.Hero\n    aka: [game.old.Hero]")
        .contains("class: game.model.Item\n    aka: [game.old.Item]")
        .doesNotContain("_2");
  }

  @Test
  void onePathIsOneColumnWhateverTheClass() throws Exception {
    assertThat(tables("payments").text())
        .contains("payment_class:  {path: payment, class: true}")
        .contains("payment_amount: {path: payment.amount, type: DOUBLE}")
        .doesNotContain("payment_amount_2");
  }

  @Test
  void namesOfBeforeAreAkaWithTheEvidence() throws Exception {
    assertThat(tables("renamed").text())
        .contains("mud.Player is taken for an older name of mud.Avatar: no save after the first")
        .contains("hit_points: {aka: [hitPoints], type: SMALLINT}")
        .contains("# hitPoints under a new name (never both, same place in the state");
  }
}
