package io.picklift.app.writeback;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of what servers say, names alone. */
final class RefusedPlaceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "1048|23000|Column 'email' cannot be null|, column email",
        "1364|HY000|Field 'email' doesn't have a default value|, column email",
        "1406|22001|Data truncation: Data too long for column 'email' at row 1|, column email",
        "1366|HY000|Incorrect string value: '\\xF0 for column 'a' at row 1' for column"
            + " `game`.`saves`.`email` at row 1|, column email",
        "3819|HY000|Check constraint 'grown' is violated.|, CHECK grown",
        "4025|23000|CONSTRAINT `grown` failed for `game`.`saves`|, CHECK grown",
        "1062|23000|Duplicate entry 'x' for key 'y' for key 'saves.email'|, index saves.email",
        "1452|23000|Cannot add or update a child row: a foreign key constraint fails"
            + " (`game`.`saves`, CONSTRAINT `of_guild` FOREIGN KEY (`guild`) REFERENCES `guild`"
            + " (`id`))|, foreign key of_guild",
        "1644|45000|Column 'ann@example.org' cannot be null|\"\"",
        "1264|22003|Out of range|\"\""
      })
  void aNameIsTakenFromWhereTheServerPutsIt(
      int code, String state, String message, String expected) {
    assertThat(RefusedPlace.of(new SQLException(message, state, code))).isEqualTo(expected);
  }
}
