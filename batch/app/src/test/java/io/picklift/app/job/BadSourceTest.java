package io.picklift.app.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.schema.yaml.ConfigurationException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A source of which rows would be lost, or taken for others, is refused before anything starts. */
@Tag("database")
final class BadSourceTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          save   | id    | data  | 1 = 1        | source.table: there is no table 'save' in
          save   | id    | data  | 1 = 1        | did you mean saves?
          saves  | slug  | data  | 1 = 1        | source.key: there are rows in 'saves' whose 'slug' is NULL
          saves  | ratio | data  | 1 = 1        | source.key: 'ratio' is a FLOAT
          names  | id    | data  | 1 = 1        | source.key: several rows of 'names' have the same id
          saves  | id    | level | 1 = 1        | source.blob: the column 'level' holds neither bytes nor text
          saves  | id    | data  | 1) OR (1     | source.where: no condition
          saves  | id    | data  | level = 1 -- | source.where: no condition
          """)
  void isRefused(String table, String key, String blob, String where, String message)
      throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    game.source("ALTER TABLE saves ADD slug VARCHAR(9) UNIQUE, ADD ratio FLOAT UNIQUE");
    game.source("UPDATE saves SET name = 'x', level = 1");
    game.source("UPDATE saves SET slug = 'x', ratio = 0.1 WHERE id = 'p0001'");
    game.source("CREATE VIEW names AS SELECT name AS id, data FROM saves");
    game.configure(
        "table: %s\n  key: %s\n  blob: %s\n  where: \"%s\"".formatted(table, key, blob, where),
        game.targetUrl());
    assertThatThrownBy(game::open)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }
}
