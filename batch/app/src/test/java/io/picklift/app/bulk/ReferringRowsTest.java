package io.picklift.app.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.job.Game;
import io.picklift.schema.tables.rows.BulkTable;
import io.picklift.schema.tables.rows.InsertText;
import io.picklift.schema.tables.rows.LoadText;
import io.picklift.schema.tables.rows.RowText;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the server looks up what rows refer to, and when it need not. */
@Tag("database")
final class ReferringRowsTest {
  private static final BulkTable CHILD = BulkTable.of("child", "save_id", "town");

  @TempDir private Path folder = Path.of("");

  /** A connection to a target whose child table has a key to the ledger, and one of the user's. */
  private WritingTarget target(boolean hasTown) throws Exception {
    Game game = new Game(folder);
    game.target("CREATE TABLE picklift_save (save_id BIGINT PRIMARY KEY)");
    game.target("CREATE TABLE town (id BIGINT PRIMARY KEY)");
    game.target(
        """
        CREATE TABLE child (
          save_id BIGINT PRIMARY KEY, town BIGINT,
          FOREIGN KEY (save_id) REFERENCES picklift_save (save_id) ON DELETE CASCADE)
        """);
    if (hasTown) {
      game.target("ALTER TABLE child ADD FOREIGN KEY (town) REFERENCES town (id)");
    }
    return WritingTarget.open(game.config().requireTarget(), 1);
  }

  @Test
  void keysToTheLedgerAreNotLookedUpOnceMore() throws Exception {
    try (WritingTarget target = target(false);
        Connection connection = target.connect()) {
      BulkSender sender = new BulkSender(connection, target.traits(connection));
      sender.sendReferring(() -> assertThat(isChecking(connection)).isFalse());
      assertThat(isChecking(connection)).isTrue();
    }
  }

  @Test
  void theyAreCheckedAgainAfterAFailure() throws Exception {
    try (WritingTarget target = target(false);
        Connection connection = target.connect()) {
      BulkSender sender = new BulkSender(connection, target.traits(connection));
      assertThatThrownBy(
              () ->
                  sender.sendReferring(
                      () -> {
                        throw new SQLException("refused");
                      }))
          .hasMessage("refused");
      assertThat(isChecking(connection)).isTrue();
    }
  }

  @Test
  void aForeignKeyOfTheUsersIsCheckedByBothWays() throws Exception {
    try (WritingTarget target = target(true);
        Connection connection = target.connect()) {
      ServerTraits traits = target.traits(connection);
      BulkSender sender = new BulkSender(connection, traits);
      try (Statement statement = connection.createStatement()) {
        statement.execute("INSERT INTO picklift_save VALUES (1)");
      }
      assertThatThrownBy(
              () -> sender.sendReferring(() -> sender.send(row(new InsertText(CHILD, true)))))
          .isInstanceOf(SQLException.class);
      if (traits.takesLoad()) {
        assertThatThrownBy(() -> sender.sendReferring(() -> sender.send(row(new LoadText(CHILD)))))
            .isInstanceOf(LoadRefusedException.class);
      }
    }
  }

  private static RowText row(RowText to) {
    to.number(1).number(99);
    to.endRow();
    return to;
  }

  private static boolean isChecking(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@foreign_key_checks")) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
