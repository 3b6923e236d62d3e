package io.picklift.schema.tables.join;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.schema.testing.EditedSave;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What is told of a cell that the save does not have again. */
class LostCellTest {
  /** {@code {'day': date(2020, 1, 1), 'rating': 1.5, 'tags': ['x', 'x'], 'bag': {'a', 'b'}}}. */
  private static final String SAVE =
      "8004955f000000000000007d94288c03646179948c086461746574696d65948c04646174659493944304"
          + "07e4010194859452948c06726174696e6794473ff80000000000008c0474616773945d94288c01789468"
          + "0b658c03626167948f94288c0161948c01629490752e";

  private static void assertTold(String column, Object cell, String message) throws Exception {
    EditedSave save =
        new EditedSave(
            """
            version: 1
            tables:
              save:
                root: true
                columns: {day: DATE, rating: DOUBLE, bag: JSON, first: {path: "tags[0]", type: JSON}}
            """,
            SAVE);
    save.rows().set("save", 0, column, cell);
    assertThatThrownBy(save::joined).isInstanceOf(JoinException.class).hasMessage(message);
  }

  @Test
  void aDateThatNoColumnStores() throws Exception {
    assertTold(
        "day",
        LocalDate.of(1, 1, 1).toEpochDay(),
        "day: has in save.day 0001-01-01 and would come back as NULL: no date before the year 1000"
            + " is stored in a column, set it to a later one");
  }

  @Test
  void aNumberThatNoColumnStores() throws Exception {
    assertTold(
        "rating",
        -0.0,
        "rating: has in save.rating -0.0 and would come back as NULL: -0.0 is no value of a column"
            + " of numbers, set it to 0");
  }

  @Test
  void aSetWithEqualMembers() throws Exception {
    assertTold(
        "bag",
        "[\"a\", \"a\"]",
        "bag: has in save.bag '[\"a\", \"a\"]' and would come back as '[\"a\"]': set it to that, or to"
            + " another value");
  }
}
