package io.picklift.schema.draft;

import static io.picklift.schema.testing.ProfiledTables.ask;
import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.schema.testing.ProfiledTables;
import io.picklift.schema.testing.ShapeSaves;
import io.picklift.schema.testing.TestDatabase;
import java.sql.Connection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists, dicts, sets and tuples of a class of their own are rows and columns as plain ones are. */
class ContainerSubclassesTest {
  @ParameterizedTest
  @ValueSource(strings = {"hero", "renpy", "world", "session"})
  void nearlyAllValuesAreInColumnsAndEverySaveComesBack(String application) throws Exception {
    ProfiledTables tables = ProfiledTables.of(ShapeSaves.of(application));
    tables.assertHeld(98);
  }

  @Test
  void listsOfOneClassAreToldApartByTheirPlace() throws Exception {
    String text = ProfiledTables.of(ShapeSaves.of("hero")).text();
    assertThat(text)
        .contains("each: hero.lst", "each: hero.dct", "each: hero.st", "each: hero.objs")
        .contains("l2_owner: {path: l2.owner, type: VARCHAR(16)}")
        .doesNotContain("class: hero.L", "references");
  }

  /** A tree's nodes would be places without end. */
  @Test
  void aClassThatHoldsItselfHasATable() throws Exception {
    String text = ProfiledTables.of(ShapeSaves.of("world")).text();
    assertThat(text).contains("class: world.Node", "each: node", "references: node");
  }

  @Test
  @Tag("database")
  void theirMembersAnswerQuestions() throws Exception {
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema())) {
      ProfiledTables tables = ProfiledTables.of(ShapeSaves.of("hero"));
      tables.create(connection);
      assertThat(
              ask(
                  connection,
                  "SELECT COUNT(*) FROM hero_lst l JOIN hero h USING (save_id)"
                      + " WHERE h.name = 'h4' AND l.lst = 'k2'"))
          .isEqualTo("5");
      assertThat(ask(connection, "SELECT SUM(value) FROM hero_dct WHERE name = 'k3'"))
          .isEqualTo("30");
      assertThat(ask(connection, "SELECT COUNT(*) FROM thing WHERE v = 3 AND t = 't3'"))
          .isEqualTo("10");
      tables.assertRestoredFrom(connection);
    }
  }

  @Test
  @Tag("database")
  void theStoreOfAVisualNovelAnswersQuestions() throws Exception {
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema())) {
      ProfiledTables tables = ProfiledTables.of(ShapeSaves.of("renpy"));
      tables.create(connection);
      assertThat(ask(connection, "SELECT COUNT(*) FROM item WHERE name = 'item2'")).isEqualTo("10");
      assertThat(ask(connection, "SELECT COUNT(*) FROM inventory_tag WHERE name = 'tag1'"))
          .isEqualTo("10");
      assertThat(ask(connection, "SELECT MAX(store_points_lucy) FROM save WHERE store_day = 5"))
          .isEqualTo("10");
      tables.assertRestoredFrom(connection);
    }
  }
}
