package io.picklift.app.cli;

import io.picklift.app.job.Game;
import io.picklift.schema.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Accounts of a test that may do what they are granted and no more. */
final class Accounts implements AutoCloseable {
  static final String PASSWORD = "Pl4nted-pass!";

  private static final Pattern SCHEMA = Pattern.compile("jdbc:mysql://[^/]*/([^?]+)");
  private static int number;

  private final Game game;
  private final List<String> made = new ArrayList<>();

  Accounts(Game game) {
    this.game = game;
  }

  /** One privilege on something, as the page has it: {@code INSERT} and {@code game_v2.*}. */
  record Grant(String privilege, String object) {}

  /** A new account with these rights. */
  String with(List<Grant> grants) throws SQLException {
    String user = "pl_" + ProcessHandle.current().pid() + "_" + number++;
    game.source("CREATE USER '" + user + "'@'%' IDENTIFIED BY '" + PASSWORD + "'");
    made.add(user);
    for (Grant grant : grants) {
      game.source(
          "GRANT " + grant.privilege() + " ON " + real(grant.object()) + " TO '" + user + "'@'%'");
    }
    return user;
  }

  private String real(String object) {
    return object
        .replace("game_v2.", schema(game.targetUrl()) + ".")
        .replace("game.savegames", schema(game.sourceUrl()) + ".saves");
  }

  static String schema(String url) {
    Matcher name = SCHEMA.matcher(url);
    if (!name.find()) {
      throw new IllegalArgumentException("no schema in " + url);
    }
    return name.group(1);
  }

  /** Has the game's picklift.yaml name the account on both sides. */
  static void use(Game game, String user) throws SQLException, IOException {
    game.configure("");
    TestDatabase database = TestDatabase.get();
    Files.writeString(
        game.file(),
        Files.readString(game.file())
            .replace("username: " + database.username(), "username: " + user)
            .replace(
                "password: \"" + database.password() + "\"", "password: \"" + PASSWORD + "\""));
  }

  @Override
  public void close() throws SQLException {
    for (String user : made) {
      game.source("DROP USER '" + user + "'@'%'");
    }
  }
}
