package io.picklift.app.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.database.Retry;
import io.picklift.app.database.RetryPolicy;
import io.picklift.app.job.Game;
import io.picklift.app.job.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for a follower that hangs, comes back, or goes on without whoever waits. */
@Tag("database")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class HandOverTest {
  @TempDir private Path folder = Path.of("");

  private final List<String> said = new CopyOnWriteArrayList<>();
  private volatile boolean isStopped;

  @AfterEach
  void retryAsBefore() {
    Retry.use(new RetryPolicy(Retry.DEADLINE, line -> {}));
  }

  private CompletableFuture<Optional<ErrandOutcome>> ask(Game game) {
    // As a command does; migrating before had its own.
    Retry.use(new RetryPolicy(Retry.DEADLINE, said::add));
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return Optional.ofNullable(
                HandOver.ask(
                    game.config(),
                    () -> MappingPrint.of(new byte[32]),
                    List.of("cutover"),
                    said::add,
                    () -> isStopped));
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void whoHoldsTheTargetAndIsNotHeardOfIsGivenUp() throws Exception {
    Game game = new Game(folder);
    try (SilentFollower follower = new SilentFollower(game)) {
      for (String state : List.of("taken", "running")) {
        follower.heard("- INTERVAL 2 MINUTE");
        CompletableFuture<Optional<ErrandOutcome>> asked = ask(game);
        follower.enter(state);
        assertThatThrownBy(asked::join)
            .rootCause()
            .isInstanceOf(StoppedWaitingException.class)
            .hasMessageContaining(
                "and does not answer any more: process 4711 on there (connection "
                    + follower.number()
                    + "), since ")
            .hasMessageContaining("KILL " + follower.number() + " releases the target; then run");
        assertThat(follower.errands()).as(state).isZero();
      }
    }
  }

  @Test
  void whoIsStoppedWhileItIsDoneLeavesNothingBehind() throws Exception {
    Game game = new Game(folder);
    try (SilentFollower follower = new SilentFollower(game)) {
      CompletableFuture<Optional<ErrandOutcome>> asked = ask(game);
      follower.enter("running");
      isStopped = true;
      assertThatThrownBy(asked::join)
          .rootCause()
          .hasMessage("stopped waiting; the process that follows the log will finish the command");
      assertThat(follower.errands()).isZero();
    }
  }

  /** Its server was started anew, and it takes the lock again a moment after it can. */
  @Test
  void aFollowerWhoseServerWasAwayIsNoFollowerThatIsGone() throws Exception {
    Game game = new Game(folder);
    try (SilentFollower follower = new SilentFollower(game);
        Proxy proxy = new Proxy(game.targetUrl())) {
      game.configure("table: saves\n  key: id\n  blob: data", proxy.url(game.targetUrl()));
      CompletableFuture<Optional<ErrandOutcome>> asked = ask(game);
      follower.enter("running");
      proxy.goAway();
      follower.release();
      SilentFollower.await(() -> said.stream().anyMatch(line -> line.startsWith("waiting: ")));
      // So long that it could be taken for one that is gone.
      TimeUnit.SECONDS.sleep(15);
      follower.run("UPDATE picklift_errand SET heard = '2000-01-01'");
      proxy.comeBack();
      SilentFollower.await(
          () -> game.number("SELECT COUNT(*) FROM picklift_errand WHERE YEAR(heard) > 2000") == 1);
      follower.take();
      follower.enter("done");
      assertThat(asked.join()).contains(new ErrandOutcome(0, "done", null));
      assertThat(follower.errands()).isZero();
      assertThat(said).noneMatch(line -> line.contains("is gone"));
    }
  }

  @Test
  void whoIsStoppedWhileTheServerIsAwayLeavesAndIsForgotten() throws Exception {
    Game game = new Game(folder);
    try (SilentFollower follower = new SilentFollower(game);
        Proxy proxy = new Proxy(game.targetUrl())) {
      game.configure("table: saves\n  key: id\n  blob: data", proxy.url(game.targetUrl()));
      CompletableFuture<Optional<ErrandOutcome>> asked = ask(game);
      follower.enter("running");
      proxy.goAway();
      SilentFollower.await(() -> said.stream().anyMatch(line -> line.startsWith("waiting: ")));
      isStopped = true;
      Retry.stop();
      assertThatThrownBy(asked::join)
          .rootCause()
          .isInstanceOf(StoppedWaitingException.class)
          .hasMessageContaining("stopped while the target's server was away");
      follower.enter("done");
      try (Connection connection = game.targetConnection()) {
        ErrandTable.forget(connection);
        assertThat(follower.errands()).isEqualTo(1);
        follower.run("UPDATE picklift_errand SET heard = heard - INTERVAL 10 MINUTE");
        ErrandTable.forget(connection);
        assertThat(follower.errands()).isZero();
      }
    }
  }
}
