package io.picklift.app.companion;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.schema.mapping.ColumnType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a source's value in a typed column, and when it is kept beside. */
final class CellRuleTest {
  private static CompanionColumn column(String source, String type) {
    DeclaredType declared = DeclaredType.of(source, "utf8mb4_bin");
    return new CompanionColumn("c", "c", declared, ColumnType.parse(type), false);
  }

  @ParameterizedTest(name = "{2} of {0} in {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "NULL",
      textBlock =
          """
          varchar(32)    | DATETIME(6)   | 2026-09-15 08:00:00        | 2026-09-15 08:00:00.000000 | NULL
          varchar(32)    | DATETIME(6)   | 2026-09-15 08:00:00.5      | 2026-09-15 08:00:00.500000 | 2026-09-15 08:00:00.5
          varchar(32)    | DATETIME(6)   | 2026-09-15 08:00:00.500000 | 2026-09-15 08:00:00.500000 | NULL
          datetime(1)    | DATETIME(6)   | 2026-09-15 08:00:00.5      | 2026-09-15 08:00:00.500000 | NULL
          varchar(32)    | DATETIME(6)   | 2026-09-15T08:00+02:00     | 2026-09-15 06:00:00.000000 | 2026-09-15T08:00+02:00
          varchar(32)    | DATETIME(6)   | 2026-09-15                 | 2026-09-15 00:00:00.000000 | 2026-09-15
          varchar(32)    | DATETIME(6)   | 2026-02-30 08:00:00        | NULL                       | 2026-02-30 08:00:00
          datetime       | DATETIME(6)   | 0000-00-00 00:00:00        | NULL                       | 0000-00-00 00:00:00
          varchar(32)    | DATE          | 2026-09-15                 | 2026-09-15                 | NULL
          varchar(32)    | DATE          | 2026-09-15 08:00:00        | NULL                       | 2026-09-15 08:00:00
          varchar(32)    | TIME(6)       | -838:59:59                 | -838:59:59.000000          | NULL
          varchar(32)    | TIME(6)       | 839:00:00                  | NULL                       | 839:00:00
          varchar(32)    | INT           | 007                        | 7                          | 007
          varchar(32)    | INT           | 7                          | 7                          | NULL
          varchar(32)    | INT           | 2147483648                 | NULL                       | 2147483648
          varchar(32)    | INT UNSIGNED  | 2147483648                 | 2147483648                 | NULL
          int            | TINYINT       | 200                        | NULL                       | 200
          int zerofill   | INT           | 0000000007                 | 7                          | 0000000007
          decimal(9,2)   | DECIMAL(12,4) | 1.10                       | 1.1000                     | NULL
          varchar(32)    | DECIMAL(12,2) | 1.1                        | 1.10                       | 1.1
          varchar(32)    | DECIMAL(12,2) | 1.125                      | NULL                       | 1.125
          varchar(32)    | DECIMAL(5,2)  | 1000                       | NULL                       | 1000
          tinyint(1)     | BOOLEAN       | 2                          | NULL                       | 2
          varchar(5)     | BOOLEAN       | True                       | 1                          | True
          varchar(255)   | VARCHAR(3)    | four                       | NULL                       | four
          varchar(255)   | VARCHAR(4)    | four                       | four                       | NULL
          varchar(40)    | BINARY(16)    | 00000000-0000-0000-0000-0000000000ff | 000000000000000000000000000000ff | NULL
          varchar(40)    | BINARY(16)    | 000000000000000000000000000000FF | 000000000000000000000000000000ff | 000000000000000000000000000000FF
          varchar(32)    | DOUBLE        | 0.1                        | 0.1                        | NULL
          varchar(32)    | DOUBLE        | 1e3                        | 1000.0                     | 1e3
          varchar(32)    | DOUBLE        | -0.0                       | NULL                       | -0.0
          varchar(32)    | DOUBLE        | nan                        | NULL                       | nan
          float          | DOUBLE        | 1e20                       | 1.0E20                     | NULL
          text           | JSON          | {"a": 1}                   | {"a": 1}                   | {"a": 1}
          text           | JSON          | {"a": 1                    | NULL                       | {"a": 1
          json           | JSON          | {"a": 1}                   | {"a": 1}                   | NULL
          """)
  void becomes(
      String source, String type, String text, @Nullable String value, @Nullable String beside) {
    CompanionCell cell = new CellRule(column(source, type)).cell(text);
    assertThat(shown(cell.value())).isEqualTo(value);
    assertThat(cell.beside()).isEqualTo(beside);
  }

  private static @Nullable String shown(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return java.util.HexFormat.of().formatHex(bytes);
    }
    return value == null ? null : value.toString();
  }

  @ParameterizedTest(name = "{0} in {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          varchar(64)       | VARCHAR(64)   | false
          varchar(65)       | VARCHAR(64)   | true
          varchar(16383)    | TEXT          | false
          text              | TEXT          | false
          mediumtext        | TEXT          | true
          int               | INT           | false
          int               | BIGINT        | false
          int unsigned      | INT           | true
          int unsigned      | BIGINT        | false
          bigint            | INT           | true
          bigint(20)        | BIGINT UNSIGNED | true
          decimal(10,2)     | DECIMAL(12,4) | false
          decimal(10,2)     | DECIMAL(11,4) | true
          decimal(10,2)     | VARCHAR(100)  | false
          varchar(32)       | DATETIME(6)   | true
          datetime          | DATETIME(6)   | true
          time(3)           | TIME(6)       | false
          double            | DOUBLE        | false
          enum('a','b')     | VARCHAR(255)  | false
          varbinary(16)     | VARBINARY(16) | false
          blob              | VARBINARY(16) | true
          json              | JSON          | false
          """)
  void hasAColumnBeside(String source, String type, boolean isBeside) {
    assertThat(column(source, type).hasBeside()).isEqualTo(isBeside);
  }
}
