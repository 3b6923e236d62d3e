package io.picklift.schema.edits;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.yaml.ConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in what a mapping says of rows that come and go. */
class EditRulesErrorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          root: true, on_missing: drop        | on_missing goes with class, whose rows others
          class: a.B, on_missing: none        | on_missing must be error, null or drop, not none
          class: a.B, columns: {x: {type: INT, on_missing: drop}} | goes with references
          class: a.B, new: {x: 1}, columns: {y: {path: x.y, type: INT}} | x has a column or a table
          class: a.B, new: {x.z: 1}           | no column leads into what x.z is an attribute of
          class: a.B, new: {'x[0]': 1}        | x[0] is no attribute's path
          class: a.B, new: {x: no}            | new: no of x is none of null, true, false
          class: a.B, new: {x: 010}           | new: 010 of x is none of null, true, false
          class: a.B, new: {x: 2024-01-01}    | new: 2024-01-01 of x is none of null, true, false
          class: a.B, new: {x: {1: 2}}        | new: the keys of a dict are text, here of x
          """)
  void aMistakeIsToldWithItsLine(String table, String message) {
    assertThatThrownBy(() -> Mapping.parse("m.yaml", "version: 1\ntables:\n  t: {" + table + "}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("m.yaml:3: ")
        .hasMessageContaining(message);
  }
}
