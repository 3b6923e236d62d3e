package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.changes.ChangeTriggers;
import io.picklift.app.cli.Accounts.Grant;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.config.Database;
import io.picklift.app.database.Pools;
import io.picklift.app.follow.LoggingServer;
import io.picklift.app.job.Game;
import io.picklift.schema.yaml.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it takes to make triggers is asked for before any save is written. */
@Tag("database")
final class TriggerGrantsTest {
  private static final String CONFIGURED = "run: {changes: triggers}\n";

  @TempDir private Path folder = Path.of("");

  private static Run writeback(Game game, String user) throws Exception {
    Accounts.use(game, user);
    game.append(CONFIGURED);
    return Run.on(game, "writeback");
  }

  @Test
  void aMissingTriggerIsNamedWithItsGrant() throws Exception {
    Game game = new Game(folder);
    GrantsTest.edited(game, 0);
    GrantsTest.edited(game, 1);
    List<Grant> all = GrantsTest.grants("`writeback` with");
    List<Grant> others = new ArrayList<>(all);
    assertThat(others.removeIf(grant -> grant.privilege().equals("TRIGGER"))).isTrue();
    try (Accounts accounts = new Accounts(game)) {
      String user = accounts.with(others);
      Run without = writeback(game, user);
      assertThat(without.status()).as(without.err()).isEqualTo(ExitStatus.USAGE);
      assertThat(without.err()).contains("'" + user + "'@'%' may not TRIGGER on ");
      assertThat(without.out()).isEmpty();
      Matcher statement = GrantsTest.STATEMENT.matcher(without.err());
      assertThat(statement.find()).as(without.err()).isTrue();
      game.source(statement.group());
      assertWritten(writeback(game, user));
      GrantsTest.edited(game, 2);
      // Who does not see them takes them for missing.
      Run unseen = writeback(game, accounts.with(others));
      assertThat(unseen.status()).as(unseen.err()).isEqualTo(ExitStatus.USAGE);
      assertWritten(writeback(game, accounts.with(all)));
      // They are not to be left behind unseen.
      Accounts.use(game, accounts.with(others));
      Run scan = Run.on(game, "writeback");
      assertThat(scan.status()).as(scan.err()).isEqualTo(ExitStatus.USAGE);
      assertThat(scan.err()).contains("the account sees none: GRANT TRIGGER");
    }
  }

  private static void assertWritten(Run run) {
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out()).contains("2  saves written into the source");
  }

  @Test
  void theBinaryLogTakesMore() throws Exception {
    LoggingServer server = LoggingServer.get();
    try (LoggingServer.Schema target = server.schema()) {
      Game game = new Game(folder);
      game.fill(2);
      String text = Files.readString(game.file()).replace(game.targetUrl(), target.url());
      use(game, text, target.database().username(), target.database().password());
      assertThat(Run.on(game, "cutover", "--all").out()).contains("2  saves handed over");
      target.run("UPDATE player SET level = 77");

      String user = "pl_t" + ProcessHandle.current().pid();
      String account = "'" + user + "'@'%'";
      target.run("CREATE USER " + account + " IDENTIFIED BY '" + Accounts.PASSWORD + "'");
      target.atEnd("DROP USER " + account);
      for (Grant grant : GrantsTest.grants("`writeback` with")) {
        if (grant.object().startsWith("game_v2.")) {
          target.run("GRANT " + grant.privilege() + " ON " + target.name() + ".* TO " + account);
        }
      }
      use(game, text, user, Accounts.PASSWORD);
      game.append(CONFIGURED);
      Run without = Run.on(game, "writeback");
      assertThat(without.status()).as(without.err()).isEqualTo(ExitStatus.USAGE);
      assertThat(without.err())
          .contains(account + " may not SUPER on this server")
          .contains("or SET GLOBAL log_bin_trust_function_creators = ON");
      assertThat(without.out()).isEmpty();
      assertAsked(new Database(target.url(), user, Accounts.PASSWORD));
      Matcher statement = GrantsTest.STATEMENT.matcher(without.err());
      assertThat(statement.find()).as(without.err()).isTrue();
      target.run(statement.group());
      assertWritten(Run.on(game, "writeback"));
    }
  }

  /** What evolve and finish ask before they begin. MySQL lets such an account drop a trigger. */
  private static void assertAsked(Database account) throws Exception {
    try (HikariDataSource pool = Pools.open("target", account, 1);
        Connection connection = pool.getConnection()) {
      assertThatThrownBy(() -> ChangeTriggers.tryOut(connection))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("may not SUPER on this server");
      if (connection.getMetaData().getDatabaseProductVersion().contains("MariaDB")) {
        assertThatThrownBy(() -> ChangeTriggers.checkDrop(connection))
            .isInstanceOf(ConfigurationException.class);
      }
    }
  }

  /** The target's account is another one than the source's. */
  private static void use(Game game, String text, String user, String password) throws Exception {
    String[] parts = text.split("target:", 2);
    Files.writeString(
        game.file(),
        parts[0]
            + "target:"
            + parts[1]
                .replaceAll("username: .*", "username: " + user)
                .replaceAll("password: .*", "password: \"" + password + "\""));
  }
}
