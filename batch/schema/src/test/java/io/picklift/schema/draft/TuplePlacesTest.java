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

/** Tuples of one length, named tuples, slots, and rows written as lists are columns. */
class TuplePlacesTest {
  @ParameterizedTest
  @ValueSource(strings = {"gramps_event", "slots", "rowlist", "wide"})
  void nearlyAllValuesAreInColumnsAndEverySaveComesBack(String application) throws Exception {
    ProfiledTables tables = ProfiledTables.of(ShapeSaves.of(application));
    tables.assertHeld(98);
  }

  @Test
  void nestedTuplesAreColumnsToo() throws Exception {
    assertThat(ProfiledTables.of(ShapeSaves.of("gramps_event")).text())
        .contains("{path: \"[0]\", type: VARCHAR(16)}")
        .contains("{path: \"[3][3][2]\", type: SMALLINT}")
        .contains("each: \"save[6]\"")
        .contains("fields: [first, second, ...]");
  }

  @Test
  void aListIsARowOnlyWhereTwentySavesAgree() throws Exception {
    assertThat(ProfiledTables.of(ShapeSaves.of("rowlist")).text())
        .contains("{path: \"[2]\", type: DOUBLE}");
    assertThat(ProfiledTables.of(ShapeSaves.of("rowlist").subList(0, 12)).text())
        .contains("each: save\n")
        .doesNotContain("[2]");
  }

  @Test
  void slotsGoByTheirNamesAndNamedTuplesByPlaceWhateverTheProtocol() throws Exception {
    assertThat(ProfiledTables.of(ShapeSaves.of("slots")).text())
        .contains("{path: \"pos[1]\", type: DOUBLE}")
        .contains("vel_dx: {path: vel.dx, type: SMALLINT}");
  }

  @Test
  void whatIsOfOneShapeIsRows() throws Exception {
    assertThat(ProfiledTables.of(ShapeSaves.of("wide")).text())
        .contains("each: save.vector", "each: save.box")
        .contains("matrix has 123 values, too many for columns: they are rows");
  }

  @Test
  @Tag("database")
  void aWideRowFitsItsPage() throws Exception {
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema())) {
      ProfiledTables tables = ProfiledTables.of(ShapeSaves.of("wide"));
      tables.create(connection);
      assertThat(ask(connection, "SELECT COUNT(*) FROM save WHERE TRIM(row_59) = '64'"))
          .isEqualTo("5");
      tables.assertRestoredFrom(connection);
    }
  }

  @Test
  @Tag("database")
  void placesAnswerQuestions() throws Exception {
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema())) {
      ProfiledTables tables = ProfiledTables.of(ShapeSaves.of("gramps_event"));
      tables.create(connection);
      assertThat(
              ask(
                  connection,
                  "SELECT s.item_1 FROM save s JOIN save_item_6 c USING (save_id)"
                      + " WHERE s.item_3_3_2 = 1902 AND c.item_0 = 'c1' LIMIT 1"))
          .isEqualTo("E0002");
      tables.assertRestoredFrom(connection);
    }
  }

  @Test
  @Tag("database")
  void fieldsNameThePlaces() throws Exception {
    String mapping =
        """
        version: 1
        tables:
          event:
            root: true
            fields:
              ".": [handle, gramps_id, kind, date, description, place, citations]
              kind: [number, custom]
              date.[3]: [day, month, year]
            columns:
              handle: VARCHAR(16)
              kind_number: {path: kind.number, type: INT}
              year: {path: "date[3].year", type: INT}
          citation:
            each: event.citations
            fields: [ref, confidence]
            columns:
              ref: VARCHAR(16)
              confidence: INT
        """
            .replace("date.[3]", "\"date[3]\"");
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema())) {
      ProfiledTables tables = ProfiledTables.under(ShapeSaves.of("gramps_event"), mapping);
      tables.create(connection);
      assertThat(ask(connection, "SELECT handle FROM event WHERE year = 1902 AND kind_number = 2"))
          .isEqualTo("h000002");
      assertThat(ask(connection, "SELECT SUM(confidence) FROM citation WHERE ref = 'c1'"))
          .isEqualTo("20");
      tables.assertRestoredFrom(connection);
    }
  }
}
