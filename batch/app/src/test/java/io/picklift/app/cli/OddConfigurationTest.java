package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.schema.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations that work otherwise than their writer may think. */
@Tag("database")
final class OddConfigurationTest {
  @TempDir private Path folder = Path.of("");

  private static void replace(Game game, String what, String by) throws IOException {
    String before = Files.readString(game.file());
    String after = before.replace(what, by);
    assertThat(after).isNotEqualTo(before);
    Files.writeString(game.file(), after);
  }

  @Test
  void anAccountInTheUrlIsRefusedWithTheKeysToUse() throws Exception {
    Game game = new Game(folder);
    replace(game, "?", "?user=somebody&password=pw&");
    Run run = Run.of("migrate", "--config", game.file());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("give it by the keys 'username' and 'password'");
  }

  @Test
  void withoutEncryptionANewAccountGetsInOnLoopback() throws Exception {
    Game game = new Game(folder);
    game.fill(2);
    try (Accounts accounts = new Accounts(game)) {
      // Nobody has logged in with it yet, so that the server has to be asked for its key.
      Accounts.use(
          game,
          accounts.with(
              java.util.List.of(
                  new Accounts.Grant("ALL", "game_v2.*"),
                  new Accounts.Grant("SELECT", "game.savegames"))));
      if (TestDatabase.get().isMySql()) {
        replace(game, "allowPublicKeyRetrieval=true", "allowPublicKeyRetrieval=false");
        Run refused = Run.of("migrate", "--config", game.file());
        assertThat(refused.status()).as(refused.err()).isEqualTo(2);
        assertThat(refused.err())
            .hasLineCount(1)
            .contains("leave sslMode=DISABLED out of the URL, or add allowPublicKeyRetrieval=true");
        replace(game, "allowPublicKeyRetrieval=false", "allowPublicKeyRetrieval=true");
      }
      replace(game, "allowPublicKeyRetrieval=true&", "");
      assertThat(Files.readString(game.file())).contains("sslMode=DISABLED");
      Run run = Run.of("migrate", "--config", game.file());
      assertThat(run.status()).as(run.err() + run.out()).isZero();
    }
  }

  @Test
  void oneSchemaForBothIsSaid() throws Exception {
    Game game = new Game(folder);
    game.configure("table: saves\n  key: id\n  blob: data", game.sourceUrl());
    game.fill(2);
    Run run = Run.of("migrate", "--config", game.file());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).contains("source and target are one schema");
  }

  @Test
  void anEmptyTableIsNothingToLookAt() throws Exception {
    Game game = new Game(folder);
    Run migrate = Run.of("migrate", "--config", game.file());
    assertThat(migrate.status()).as(migrate.out() + migrate.err()).isZero();
    // Nor is a hint of what no save has, as there is none.
    assertThat(migrate.out()).contains("the source has no rows").doesNotContain("did you mean");
    Run verify = Run.of("verify", "--config", game.file(), "--report", folder.resolve("report"));
    assertThat(verify.status()).as(verify.err()).isZero();
    assertThat(verify.out()).contains("the source has no rows");
  }

  @Test
  void columnsThatNoSaveHasAreNamedAndTheirTableIsNot() throws Exception {
    Game game = new Game(folder);
    Path mapping = folder.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        Files.readString(mapping)
            .replace("      level: INT\n", "      lvl: INT\n      mony: DOUBLE\n"));
    game.fill(4);
    Run run = Run.of("migrate", "--config", game.file());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("no migrated save has player.lvl (lvl); did you mean level?")
        .contains("no migrated save has player.mony (mony); did you mean money?")
        .doesNotContain("no migrated save has player;")
        .doesNotContain("Player?");
  }

  @Test
  void aClassWhoseColumnsNoSaveHasIsNotSaidToBeMissing() throws Exception {
    Game game = new Game(folder);
    Files.writeString(
        folder.resolve("mapping.yaml"),
        """
        version: 1
        ledger: picklift_save
        tables:
          wide:
            class: game.Player
            columns:
              nothing_of_it: INT
              nor_this: INT
        """);
    game.fill(4);
    Run run = Run.of("migrate", "--config", game.file());
    assertThat(game.number("SELECT COUNT(*) FROM wide")).isEqualTo(4);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("wide.nothing_of_it", "wide.nor_this")
        .doesNotContain("no migrated save has wide;")
        .doesNotContain("did you mean game.");
  }

  @Test
  void whatIsAcceptedIsNothingToLookAtAnywhere() throws Exception {
    Game game = new Game(folder);
    game.fill(5);
    game.put("bad", new byte[] {1});
    assertThat(Run.of("migrate", "--config", game.file()).status()).isEqualTo(1);
    Path accept = folder.resolve("accept.yaml");
    Run written =
        Run.of(
            "verify",
            "--config",
            game.file(),
            "--report",
            folder.resolve("report"),
            "--write-accept",
            accept);
    assertThat(written.status()).isEqualTo(1);
    String out = folder.resolve("out").toString();
    accepts(game, accept, "migrate");
    accepts(game, accept, "backfill");
    accepts(game, accept, "quarantine", "retry");
    accepts(game, accept, "restore", "--out", out);
    accepts(game, accept, "restore", "--table", "again");
    Path before = folder.resolve("before");
    assertThat(Run.of("profile", "--config", game.file(), "--out", before).status()).isEqualTo(1);
    Path drafted = before.resolve("mapping.yaml");
    accepts(game, accept, "profile", "--out", out, "--against", drafted);
    accepts(game, accept, "verify", "--report", out);
    Run by = Run.of("backfill", "--config", game.file());
    assertThat(by.status()).isEqualTo(1);
    Files.writeString(game.file(), Files.readString(game.file()) + "accept: accept.yaml\n");
    Run named = Run.of("backfill", "--config", game.file());
    assertThat(named.status()).as(named.out()).isZero();
    assertThat(named.out()).contains("1  of the refused saves are accepted");
    // Another BLOB in its place is another finding.
    game.put("bad", new byte[] {2});
    assertThat(Run.of("backfill", "--config", game.file()).status()).isEqualTo(1);
    // A cause up to a count.
    Files.writeString(
        accept, "- cause: \"quarantined:not-a-pickle\"\n  most: 1\n  reason: \"known\"\n");
    Run cause = Run.of("backfill", "--config", game.file());
    assertThat(cause.status()).as(cause.out()).isZero();
    game.put("worse", new byte[] {3});
    assertThat(Run.of("backfill", "--config", game.file()).status()).isEqualTo(1);
  }

  private static void accepts(Game game, Path accept, Object... arguments) throws SQLException {
    Object[] all = java.util.Arrays.copyOf(arguments, arguments.length + 4);
    all[arguments.length] = "--config";
    all[arguments.length + 1] = game.file();
    all[arguments.length + 2] = "--accept";
    all[arguments.length + 3] = accept;
    Run run = Run.of(all);
    assertThat(run.status())
        .as(java.util.List.of(arguments) + ": " + run.out() + run.err())
        .isZero();
  }

  @Test
  void driftIsAcceptedByItsName() throws Exception {
    Game game = new Game(folder);
    game.fill(5);
    Path mapping = folder.resolve("mapping.yaml");
    String out = folder.resolve("out").toString();
    Run drift = Run.of("profile", "--config", game.file(), "--against", mapping, "--out", out);
    StringBuilder accept = new StringBuilder();
    drift
        .out()
        .lines()
        .filter(line -> line.startsWith("drift: "))
        .forEach(
            line -> {
              String[] words = line.substring(7).split(" +", 2);
              String path = words[1].substring(0, words[1].indexOf(": "));
              accept
                  .append("- cause: \"drift:")
                  .append(words[0])
                  .append(':')
                  .append(path)
                  .append("\"\n  most: 1\n  reason: \"known\"\n");
            });
    assertThat(accept).isNotEmpty();
    Files.writeString(folder.resolve("accept.yaml"), accept);
    accepts(
        game,
        folder.resolve("accept.yaml"),
        "profile",
        "--against",
        mapping,
        "--out",
        folder.resolve("again"));
  }
}
