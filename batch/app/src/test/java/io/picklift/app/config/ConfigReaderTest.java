package io.picklift.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.encoding.Encodings;
import io.picklift.codec.pickle.RecordRule;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigReaderTest {
  private static final String WHOLE =
      """
      source:
        url: jdbc:mysql://127.0.0.1:3306/game
        username: ${GAME_USER}
        password: "a${GAME_PASSWORD}z"
        table: saves
        key: [player, slot]
        blob: data
        where: "level >= 0"
        watermark: changed
        encoding: [base64, zlib]
        columns: {name: c.name}
        json: json
        carry: owner_id
      target:
        url: jdbc:mysql://127.0.0.1:3306/new
      mapping: sub/mapping.yaml
      """;

  @TempDir private Path folder = Path.of("");

  private Config read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("picklift.yaml"), text);
    return ConfigReader.read(file, Map.of("GAME_USER", "me", "GAME_PASSWORD", "$1\\")::get);
  }

  @Test
  void everyKeyIsRead() throws IOException {
    Config config = read(WHOLE);
    assertThat(config.source())
        .isEqualTo(
            new SourceConfig(
                new Database("jdbc:mysql://127.0.0.1:3306/game", "me", "a$1\\z"),
                null,
                "saves",
                List.of("player", "slot"),
                "data",
                "level >= 0",
                "changed",
                List.of(Encodings.named("base64"), Encodings.named("zlib")),
                Map.of("name", "c.name"),
                "json",
                null,
                null,
                List.of("owner_id"),
                null,
                false,
                RecordRule.AUTO,
                null,
                Map.of()));
    assertThat(config.requireTarget().url()).isEqualTo("jdbc:mysql://127.0.0.1:3306/new");
    assertThat(config.requireMapping())
        .isEqualTo(folder.resolve("sub/mapping.yaml").toAbsolutePath());
  }

  @Test
  void aPasswordIsNeverPrinted() throws IOException {
    assertThat(read(WHOLE).toString()).doesNotContain("a$1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          table: saves    | tabel: saves          | yaml:5: there is no key 'tabel' in 'source'; did you mean table?
          mapping: sub    | maping: sub           | yaml:16: there is no key 'maping'; did you mean mapping?
          blob: data      | x: 1                  | yaml:7: there is no key 'x' in 'source'
          blob: data      | key: a                | yaml:7: 'key' is given twice
          blob: data      | table2: [             | no YAML
          blob: data      | blob: [a, b]          | yaml:7: 'blob' must be a single value
          blob: data      | blob:                 | yaml:7: 'blob' has no value
          ${GAME_USER}    | ${NOBODY}             | yaml:3: the environment has no variable NOBODY
          [player, slot]  | []                    | yaml:6: 'key' is an empty list
          [player, slot]  | [a, a]                | yaml:6: 'key' names a column twice
          [base64, zlib]  | [base46]              | yaml:10: there is no encoding 'base46'; did you mean base64?
          {name: c.name}  | {name: c..name}       | yaml:11: "c..name" is no path
          3306/game       | 3306                  | yaml:2: 'url' must be like jdbc:mysql://host:3306/schema
          3306/game       | 3306/                 | yaml:2: 'url' must be like jdbc:mysql://host:3306/schema
          json: json      | files: x              | 'source' takes either 'url' or 'files'
          """)
  void mistakesAreNamedWithTheirLine(String part, String by, String message) {
    assertThat(WHOLE).contains(part);
    assertThatThrownBy(() -> read(WHOLE.replace(part, by)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("picklift.yaml")
        .hasMessageContaining(message);
  }

  @Test
  void whatIsNoTextIsNamedInPlainWords() throws IOException {
    Path file = Files.write(folder.resolve("picklift.yaml"), new byte[] {(byte) 0xff});
    assertThatThrownBy(() -> ConfigReader.read(file)).hasMessage(file + " is not UTF-8");
    assertThatThrownBy(() -> ConfigReader.read(folder))
        .hasMessage(folder + " cannot be read: Is a directory");
  }

  @Test
  void missingKeysAreNamed() {
    assertThatThrownBy(() -> read("source: {url: 'jdbc:mysql://h/d'}"))
        .hasMessageContaining("yaml:1: 'source' lacks the key 'table'");
    assertThatThrownBy(() -> read("target: {url: 'jdbc:mysql://h/d'}"))
        .hasMessageContaining("lacks the key 'source'");
    assertThatThrownBy(() -> read("")).hasMessageContaining("the file is empty");
    assertThatThrownBy(() -> read("[1]"))
        .hasMessageContaining("the file must hold keys and values");
  }
}
