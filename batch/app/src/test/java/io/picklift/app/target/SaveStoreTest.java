package io.picklift.app.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.codec.Limits;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.split.RowComputer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("database")
final class SaveStoreTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aTransactionThatIsTriedAgainDoesNotTakeItsSavesApartAgain() throws Exception {
    Game game = new Game(folder);
    game.configure(
        "table: saves\n  key: id\n  blob: data",
        game.targetUrl() + "&sessionVariables=innodb_lock_wait_timeout=1");
    AtomicInteger splits = new AtomicInteger();
    RowComputer counting =
        (table, column, meaning, node) -> {
          splits.incrementAndGet();
          return null;
        };
    try (StoreFixture fixture = new StoreFixture(game);
        Connection blocker = game.targetConnection();
        Statement statement = blocker.createStatement()) {
      Mapping computed =
          fixture.mapping().withComputed("player", "worth", ColumnType.parse("INT"), false);
      MappedTables tables = new MappedTables(computed, counting, Limits.defaults());
      List<PreparedSave> saves = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        saves.add(fixture.prepared(i, tables));
      }
      assertThat(splits).hasValue(5);
      game.target("ALTER TABLE player ADD worth INT");
      blocker.setAutoCommit(false);
      statement.execute("INSERT INTO picklift_column_found VALUES ('saves', 'friend.name')");
      CompletableFuture<Void> released = releasedLater(blocker);
      assertThat(fixture.store(computed).write(saves)).containsOnly(true);
      released.join();
      assertThat(splits).as("nothing is left to do in the transaction").hasValue(5);
      assertThat(game.number("SELECT COUNT(*) FROM player")).isEqualTo(5);
      assertThat(game.number("SELECT COUNT(*) FROM picklift_save")).isEqualTo(5);
    }
  }

  private static CompletableFuture<Void> releasedLater(Connection blocker) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            blocker.rollback();
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        },
        CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS));
  }
}
