package io.picklift.schema.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.schema.yaml.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake in a mapping is one line that names file, line and what was likely meant. */
class MappingErrorsTest {
  static List<Arguments> mistakes() {
    return List.of(
        Arguments.of("", "m.yaml: the file is empty"),
        Arguments.of("version: 2\ntables: {t: {root: true}}", "m.yaml:1: version must be 1"),
        Arguments.of(
            "version: 1\ntabels: {}",
            "m.yaml:2: unknown key tabels in the mapping; did you mean tables?"),
        Arguments.of("version: 1\ntables: {}", "m.yaml:2: tables names no table"),
        Arguments.of("version: 1\nversion: 1", "m.yaml:2: version stands twice in the mapping"),
        Arguments.of("version: 1\ntables:\n  t: [", "m.yaml:3: no YAML"),
        Arguments.of(
            "version: 1\ntables:\n  t: {class: a.B}\n  # a\u007fb\n",
            "m.yaml:4: no YAML: the character U+007F stands in it as it is"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    columns: {}",
            "m.yaml:4: table t must have exactly one of class, each and root"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    colums: {}",
            "m.yaml:5: unknown key colums in table t; did you mean columns?"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    key: {column: k, type: INT}",
            "m.yaml:5: table t: key does not go with class"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns:\n      x: BIGNIT",
            "m.yaml:6: unknown column type BIGNIT; did you mean BIGINT?"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns:\n      x: {path: a, tpye: INT}",
            "m.yaml:6: unknown key tpye in column x; did you mean type?"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns:\n      x: {path: a}",
            "m.yaml:6: column x must have exactly one of type and references"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns:\n      x: {path: a..b, type: INT}",
            "m.yaml:6: \"a..b\" is no path: a name is missing"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns:\n      x: {type: INT, default: many}",
            "m.yaml:6: column x: the default many is no INT"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns:\n      x: VARCHAR(20000)",
            "m.yaml:6: VARCHAR(20000): VARCHAR(n) has 1 to 16383 characters"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns:\n      x: DECIMAL(70,2)",
            "m.yaml:6: DECIMAL(70,2): DECIMAL(p,s) has 1 to 65 digits"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns:\n      x: {references: persn}\n  person: {class: a.P}",
            "m.yaml:6: column x references an unknown table persn; did you mean person?"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns:\n      x: {references: u}\n  u: {each: t.l}",
            "m.yaml:6: column x references u, which is no table of a class"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    each: palyer.r\n  player: {class: a.P}",
            "m.yaml:3: table t: each names an unknown table palyer; did you mean player?"),
        Arguments.of(
            "version: 1\ntables:\n  t: {each: u.a}\n  u: {each: t.b}",
            "m.yaml:3: table t owns itself by t"),
        Arguments.of(
            "version: 1\ntables:\n  t: {class: a.B}\n  u: {class: a.B}",
            "m.yaml:4: class a.B belongs to table t and to u"),
        Arguments.of(
            "version: 1\ntables:\n  t: {root: true}\n  u: {root: true}",
            "m.yaml:4: both t and u have root: true"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns: {a: INT, A: INT}",
            "m.yaml:5: column A stands twice in table t"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns: {save_id: INT}",
            "m.yaml:5: column save_id stands twice in table t"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns: {a: INT}\n    indexes: [[b]]",
            "m.yaml:6: an index of t names an unknown column b"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns: {a: INT}\n    indexes:\n      - [a]\n      - {columns: [save_id, ordnal]}",
            "m.yaml:8: an index of t names an unknown column ordnal; did you mean ordinal?"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns: {a: INT}\n    indexes:\n      - [a, a]",
            "m.yaml:7: an index of t names a twice"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns: {a: TEXT}\n    indexes:\n      - [a]",
            "m.yaml:7: an index of t is of column a: no index on a TEXT"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns:\n      a: {type: VARCHAR(1000), index: true}",
            "m.yaml:6: an index of t takes 4000 bytes; the most are 3072"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns: {a: INT}\n    indexes:\n      - a",
            "m.yaml:7: an index of t must be a list of columns: [a]"),
        Arguments.of(
            "version: 1\ntables:\n  skill:\n    each: skills\n  person: {class: a.B}",
            "m.yaml:3: table skill: each names an unknown table skills; known are person"),
        Arguments.of(
            "version: 1\nledger: T\ntables:\n  t: {class: a.B}",
            "m.yaml:4: table t cannot be the ledger too"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns:\n      x:",
            "m.yaml:6: column x has no type"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns:\n      x: FLOAT",
            "m.yaml:6: unknown column type FLOAT; did you mean DOUBLE?"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns:\n      x: ENUM('a','b')",
            "m.yaml:6: unknown column type ENUM('a','b'); did you mean VARCHAR(n)?"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns:\n      x: {type: INT, default: 99999999999}",
            "m.yaml:6: column x: the default 99999999999 is no INT"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns:\n      x: {type: TINYINT UNSIGNED, default: -1}",
            "m.yaml:6: column x: the default -1 is no TINYINT UNSIGNED"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns:\n      x: {type: 'DECIMAL(4,2)', default: 123}",
            "m.yaml:6: column x: the default 123 is no DECIMAL(4,2)"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns:\n      x: {type: VARCHAR(3), default: none}",
            "m.yaml:6: column x: the default none is no VARCHAR(3)"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    columns: {a: {type: TEXT, index: true}}",
            "m.yaml:5: column a: no index on a TEXT"),
        Arguments.of(
            "version: 1\ntables:\n  t:\n    class: a.B\n    unfit: ignore",
            "m.yaml:5: unfit must be residue or quarantine, not ignore"),
        Arguments.of(
            "version: 1\ntables:\n  a`b: {class: a.B}",
            "m.yaml:3: \"a`b\" cannot be the name of a table"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeNamesItsLine(String text, String message) {
    assertThatThrownBy(() -> Mapping.parse("m.yaml", text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aFileThatIsNoTextIsOneLineToo(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("m.yaml");
    Files.write(file, new byte[] {'#', (byte) 0xe9, '\n'});
    assertThatThrownBy(() -> Mapping.read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(file + ": the file is not UTF-8");
  }

  @Test
  void aTypeReadsAsItIsWritten() {
    for (String type :
        List.of(
            "INT UNSIGNED", "DECIMAL(18,2)", "VARCHAR(7)", "DATETIME(6)", "BINARY(16)", "JSON")) {
      assertThat(ColumnType.parse(type).sql()).isEqualTo(type);
      assertThat(ColumnType.parse(" " + type.toLowerCase(java.util.Locale.ROOT)).sql())
          .isEqualTo(type);
    }
  }

  @Test
  void aPathReadsAsItIsWritten() {
    for (String path :
        List.of(".", "a", "a.b[3].c", "[0]", "a[\"b.c\"]", "[\"a\\\"b\"][2]", "[-1]")) {
      assertThat(ValuePath.parse(path)).hasToString(path);
      assertThat(ValuePath.parse(ValuePath.parse(path).toString()))
          .isEqualTo(ValuePath.parse(path));
    }
  }
}
