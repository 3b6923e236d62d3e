package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A first mapping has unique text keys, by the server's collation that takes no two keys of Python
 * for one.
 */
@Tag("database")
class TextKeysTest {
  private static final int SAVES = 12;

  @TempDir private Path folder = Path.of("");

  /**
   * A dict of texts as Python writes it at protocol 0; three of its keys are one to utf8mb4_bin.
   */
  private static byte[] stock(int save) {
    StringBuilder pickle = new StringBuilder("(dp0\nVstock\np1\n(dp2\n");
    int memo = 3;
    for (String key : new String[] {"a", "a ", "a  ", "A", "\\u00e4", "k" + save, "l" + save}) {
      pickle.append("V" + key + "\np" + memo++ + "\nI" + save + "\ns");
    }
    return pickle.append("s.").toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** {@code {Size("k"): 0, Shape("k"): 1}}. */
  private static byte[] enums(int save) {
    String of = "(dcshop\nSize\n(Vk" + save + "\ntRI0\nscshop\nShape\n(Vk" + save + "\ntRI1\ns.";
    return of.getBytes(StandardCharsets.US_ASCII);
  }

  /** Fills a source and gives the first mapping. */
  private String profile(Game game, IntFunction<byte[]> saves) throws Exception {
    game.source("CREATE TABLE stocks (id INT NOT NULL PRIMARY KEY, data LONGBLOB)");
    try (Connection connection = game.connection(game.sourceUrl());
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO stocks VALUES (?, ?)")) {
      for (int i = 0; i < SAVES; i++) {
        insert.setInt(1, i);
        insert.setBytes(2, saves.apply(i));
        insert.executeUpdate();
      }
    }
    game.configure("table: stocks\n  key: id\n  blob: data\n", game.targetUrl());
    Path mapping = folder.resolve("mapping.yaml");
    Files.deleteIfExists(mapping);
    Run run = Run.of("profile", "--config", game.file(), "--out", folder);
    assertThat(run.status()).as(run.err()).isZero();
    return Files.readString(mapping);
  }

  @Test
  void keysAreUniqueAsInPython() throws Exception {
    Game game = new Game(folder);
    assertThat(profile(game, TextKeysTest::stock))
        .containsPattern("(?m)^collation: utf8mb4_(0900|nopad)_bin ")
        .contains("key: {column: name, type: VARCHAR(16), unique: true}");
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      assertThat(jobs.verify().isClean()).isTrue();
      assertThat(game.number("SELECT COUNT(*) FROM save_stock")).isEqualTo(7 * SAVES);
      assertThat(game.number("SELECT COUNT(*) FROM save_stock WHERE name = 'a '")).isEqualTo(SAVES);
      assertThatThrownBy(() -> game.target("UPDATE save_stock SET name = 'A' WHERE name = 'a '"))
          .isInstanceOf(SQLIntegrityConstraintViolationException.class);
    }
  }

  @Test
  void membersOfTwoEnumsMayBeOneText() throws Exception {
    Game game = new Game(folder);
    assertThat(profile(game, TextKeysTest::enums))
        .contains("key: {column: name, type: VARCHAR(16)}\n")
        .doesNotContain("collation");
  }
}
