package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.schema.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong outside ends with one clear line and the promised exit status, never with a stack
 * trace.
 */
@Tag("database")
final class BadInputTest {
  @TempDir private Path folder = Path.of("");

  private static void fails(Game game, int status, String... parts) {
    Run run = Run.of("migrate", "--config", game.file());
    assertThat(run.err()).startsWith("picklift: ").hasLineCount(1).contains(parts);
    assertThat(run.status()).isEqualTo(status);
  }

  private void replace(Game game, String part, String by) throws Exception {
    String text = Files.readString(game.file());
    assertThat(text).contains(part);
    Files.writeString(game.file(), text.replace(part, by));
  }

  @Test
  void anUnreachableServer() throws Exception {
    Game game = new Game(folder);
    game.configure("table: saves\n  key: id\n  blob: data", "jdbc:mysql://127.0.0.1:1/target");
    fails(game, 3, "target: no connection to jdbc:mysql://127.0.0.1:1/target");
  }

  @Test
  void aWrongUserOrPassword() throws Exception {
    Game game = new Game(folder);
    String text = Files.readString(game.file());
    Files.writeString(game.file(), text.replaceFirst("username: .*", "username: nobody"));
    fails(game, 2, "source: ", "does not let user 'nobody' in");
    Files.writeString(game.file(), text.replaceFirst("password: .*", "password: \"wrong\""));
    fails(game, 2, "source: ", "does not let user '" + TestDatabase.get().username() + "' in with");
  }

  @Test
  void aMissingDatabase() throws Exception {
    Game game = new Game(folder);
    game.configure(
        "table: saves\n  key: id\n  blob: data",
        game.targetUrl().replaceFirst("/t_[0-9a-f]*", "/no_such_database"));
    fails(game, 2, "target: there is no database at ", "no_such_database");
  }

  @Test
  void aMissingTableOrColumnOrKey() throws Exception {
    Game game = new Game(folder);
    game.configure("table: savez\n  key: id\n  blob: data", game.targetUrl());
    fails(game, 2, "source.table: there is no table 'savez'");
    game.configure("table: saves\n  key: id\n  blob: dada", game.targetUrl());
    fails(game, 2, "source.blob: the table 'saves' has no column 'dada'; did you mean data?");
    game.configure("table: saves\n  key: name\n  blob: data", game.targetUrl());
    fails(game, 2, "source.key: no primary or unique key of 'saves' consists of name");
    game.configure("table: saves\n  key: id\n  blob: data\n  where: nam = 3", game.targetUrl());
    fails(game, 2, "source.where: ", "nam");
  }

  @Test
  void anUnknownKeyAndAWrongPath() throws Exception {
    Game game = new Game(folder);
    replace(game, "blob: data", "blob: data\n  jsn: json");
    fails(game, 2, "picklift.yaml:8: ", "'jsn'", "did you mean json?");
    game.configure("  columns: {name: '..'}");
    fails(game, 2, "picklift.yaml:8: ", "is no path");
  }

  @Test
  void aMappingThatDoesNotHoldTogether() throws Exception {
    Game game = new Game(folder);
    Path mapping = folder.resolve("mapping.yaml");
    Files.writeString(
        mapping, Files.readString(mapping).replace("references: friend", "references: fiend"));
    fails(game, 2, "mapping.yaml", "fiend");
    Files.delete(mapping);
    fails(game, 2, "mapping: there is no file ");
  }

  /** What is wrong beside the configuration is told before a table is made. */
  private static void failsEarly(Game game, String part, Object... arguments) throws Exception {
    Run run = Run.on(game, arguments);
    assertThat(run.err()).startsWith("picklift: ").hasLineCount(1).contains(part);
    assertThat(run.status()).isEqualTo(2);
    assertThat(
            game.number(
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()"))
        .isZero();
  }

  @Test
  void anAcceptListThatIsNotThere() throws Exception {
    Game game = new Game(folder);
    failsEarly(game, "nowhere.yaml", "migrate", "--accept", folder.resolve("nowhere.yaml"));
    failsEarly(game, "nowhere.yaml", "backfill", "--accept", folder.resolve("nowhere.yaml"));
  }

  @Test
  void aTimeToCompareThatIsNone() throws Exception {
    Game game = new Game(folder);
    failsEarly(game, "--compare: ", "migrate", "--follow", "--compare", "every day");
    failsEarly(game, "--compare: ", "backfill", "--until-caught-up", "--compare", "every day");
  }
}
