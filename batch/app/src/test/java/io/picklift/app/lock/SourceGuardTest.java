package io.picklift.app.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.cli.Run;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.database.Pools;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.job.Game;
import io.picklift.app.source.LockedRows;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.Sources;
import io.picklift.app.source.TableSource;
import io.picklift.codec.Limits;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that was stopped in the middle of writing into the source, and another one. */
@Tag("database")
final class SourceGuardTest {
  private static final SaveKey KEY = SaveKey.parse("p0001", 1);

  @TempDir private Path folder = Path.of("");

  private Game handedOver() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    assertThat(Run.on(game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    return game;
  }

  private static String schema(Game game) throws SQLException {
    try (Connection connection = game.connection(game.targetUrl())) {
      return connection.getCatalog();
    }
  }

  private static long length(Game game) throws SQLException {
    try (Connection connection = game.connection(game.sourceUrl());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT LENGTH(data) FROM saves WHERE id = 'p0001'")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** It has a row locked, on a connection that looks alive. */
  @Test
  void itsTransactionIsEndedByWhoTakesOver() throws Exception {
    Game game = handedOver();
    game.target("UPDATE player SET level = level + 1");
    try (Connection stopped = game.connection(game.sourceUrl());
        Statement statement = stopped.createStatement()) {
      new WriterMarks(SourceGuard.prefix(schema(game))).mark(stopped);
      stopped.setAutoCommit(false);
      statement.executeUpdate("UPDATE saves SET data = 'of the stopped one' WHERE id = 'p0001'");
      game.target(
          "UPDATE picklift_save SET writing_sha256 = UNHEX(REPEAT('11', 32)) WHERE source_key = 'p0001'");
      Run run = Run.on(game, "writeback");
      assertThat(run.out() + run.err()).contains("3  saves written into the source");
      assertThatThrownBy(stopped::commit).isInstanceOf(SQLException.class);
    }
    Run verify = Run.on(game, "verify");
    assertThat(verify.status()).as(verify.out() + verify.err()).isEqualTo(ExitStatus.DONE);
  }

  /** Its own, of an earlier run, is not in the way. */
  @Test
  void whoEndsTheOthersGoesOn() throws Exception {
    Game game = handedOver();
    try (HikariDataSource target = Pools.open("target", game.config().requireTarget(), 4);
        TargetLock lock = Objects.requireNonNull(TargetLock.take(target));
        Connection own = game.connection(game.sourceUrl());
        Connection other = game.connection(game.sourceUrl())) {
      SourceGuard guard = new SourceGuard(lock, target);
      guard.begin(own);
      guard.begin(other);
      guard.endOthers(own);
      assertThat(own.isValid(5)).isTrue();
      assertThat(other.isValid(5)).isFalse();
    }
  }

  @Test
  void itCommitsNothingOnceARunHasBegunSince() throws Exception {
    Game game = handedOver();
    Deque<AutoCloseable> open = new ArrayDeque<>();
    try (HikariDataSource target = Pools.open("target", game.config().requireTarget(), 4);
        TargetLock lock = Objects.requireNonNull(TargetLock.take(target))) {
      lock.enter();
      LockedRows rows =
          ((TableSource) Sources.open(game.config().source(), Limits.defaults(), 4, open))
              .locked(new SourceGuard(lock, target));
      assertThat(rows.with(KEY, row -> row.write(new byte[] {'N', '.'}, Map.of()))).isTrue();
      assertThat(length(game)).isEqualTo(2);
      assertThatThrownBy(
              () ->
                  rows.with(
                      KEY,
                      row -> {
                        // As late as can be: the row is locked and written.
                        boolean isWritten = row.write(new byte[] {'I', '1', '\n', '.'}, Map.of());
                        game.target("UPDATE picklift_generation SET number = number + 1");
                        return isWritten;
                      }))
          .isInstanceOf(LockLostException.class)
          .hasMessageContaining("a later run took the target over");
      assertThat(length(game)).isEqualTo(2);
    } finally {
      ResourceCloser.all(open);
    }
  }
}
