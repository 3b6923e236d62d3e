package io.picklift.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.accept.AcceptList;
import io.picklift.app.account.RunSummary;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.job.Game;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.job.Proxy;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.restore.RestoreSummary;
import io.picklift.app.restore.RestoredSaves;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.verify.DirectVerify;
import io.picklift.app.verify.VerifyOptions;
import io.picklift.codec.Limits;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are away, or silent, for a while or for good. */
@Tag("database")
@Timeout(value = 8, unit = TimeUnit.MINUTES)
final class OutageTest {
  private static final int ROWS = 120;

  @TempDir private Path folder = Path.of("");

  private final List<String> said = Collections.synchronizedList(new ArrayList<>());

  /** Tells what is said, and does something once as soon as some rows are done. */
  private ProgressListener at(String step, Runnable work) {
    AtomicBoolean isDone = new AtomicBoolean();
    AtomicBoolean isStep = new AtomicBoolean();
    return new ProgressListener() {
      @Override
      public void start(String what, long rows) {
        isStep.set(what.equals(step));
      }

      @Override
      public void done(long rows) {
        if (isStep.get() && !isDone.getAndSet(true)) {
          work.run();
        }
      }

      @Override
      public void say(String line) {
        said.add(line);
      }
    };
  }

  private static void later(Runnable work, int seconds) {
    CompletableFuture<Void> unused =
        CompletableFuture.runAsync(
            work, CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS));
  }

  private Game game(Proxy proxy, Game game, String run) throws Exception {
    game.fill(ROWS);
    game.configure("table: saves\n  key: id\n  blob: data", proxy.url(game.targetUrl()));
    game.append("run: {" + run + "}\n");
    return game;
  }

  @Test
  void aServerThatIsAwayForSomeSecondsIsWaitedFor() throws Exception {
    for (String step : List.of("migrate", "closing")) {
      Game game = new Game(folder);
      try (Proxy proxy = new Proxy(game.targetUrl())) {
        game(proxy, game, "deadline: 60");
        ProgressListener away =
            at(
                step,
                () -> {
                  proxy.goAway();
                  later(proxy::comeBack, 3);
                });
        try (Jobs jobs = Jobs.open(game.config(), JobOptions.defaults(), away)) {
          RunSummary summary = jobs.migrate();
          assertThat(summary.added()).as(step).isEqualTo(ROWS);
          assertThat(summary.isClean()).isTrue();
          assertThat(said).anyMatch(line -> line.startsWith("waiting: "));
          assertThat(jobs.verify().isClean()).isTrue();
        }
      }
    }
  }

  @Test
  void aServerThatGoesWhileARunBeginsIsWaitedFor() throws Exception {
    List<String> words =
        List.of("GET_LOCK", "picklift_schema_history", "REPLACE INTO picklift_lock", "server_id,");
    for (String word : words) {
      Game game = new Game(folder);
      try (Proxy proxy = new Proxy(game.targetUrl())) {
        game(proxy, game, "deadline: 60");
        proxy.loseOneThatSays(word);
        try (Jobs jobs = game.open()) {
          assertThat(proxy.lost()).as(word).isPositive();
          assertThat(jobs.migrate().added()).as(word).isEqualTo(ROWS);
        }
      }
    }
  }

  @Test
  void aServerThatIsGoneForGoodEndsARunAtTheDeadline() throws Exception {
    Game game = new Game(folder);
    try (Proxy proxy = new Proxy(game.targetUrl())) {
      game(proxy, game, "deadline: 20");
      try (Jobs jobs =
          Jobs.open(game.config(), JobOptions.defaults(), at("migrate", proxy::goAway))) {
        assertThatThrownBy(jobs::migrate)
            .isInstanceOf(JobFailedException.class)
            .hasMessageEndingWith("; what was committed stays, run the same command again")
            .message()
            .doesNotContain("\n");
      }
      // Once each ten seconds, all threads together; @Timeout has the bound of the whole.
      assertThat(said).hasSizeBetween(2, 3);
      assertThat(said.get(1)).matches("waiting: .*; trying again for \\d s more");
      proxy.comeBack();
      try (Jobs jobs = Jobs.open(game.config(), JobOptions.defaults(), ProgressListener.NONE)) {
        assertThat(jobs.migrate().migratedTotal()).isEqualTo(ROWS);
        assertThat(jobs.verify().isClean()).isTrue();
      }
    }
  }

  /** Both take no lock and have no job repository, and wait all the same. */
  @Test
  void verifyAndRestoreWaitAsWell() throws Exception {
    Game game = new Game(folder);
    try (Proxy proxy = new Proxy(game.targetUrl())) {
      game(proxy, game, "deadline: 60");
      try (Jobs jobs = game.open()) {
        jobs.migrate();
      }
      VerifyOptions all = VerifyOptions.all(DecodingEngine.Name.FAST, Limits.defaults(), 2);
      ProgressListener away = at("verify", () -> awayFor(proxy, 3));
      try (DirectVerify verify = DirectVerify.open(game.config(), all, false, away)) {
        awayFor(proxy, 3);
        VerifyReport report = verify.report(AcceptList.none(), null);
        verify.run(report, away);
        assertThat(report.equal()).isEqualTo(ROWS);
      }
      assertThat(said).isNotEmpty();
      Set<String> keys = new HashSet<>();
      try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults())) {
        awayFor(proxy, 3);
        RestoreSummary summary = saves.restore(List.of(), (key, blob) -> keys.add(key.text()));
        assertThat(summary.unchanged()).isEqualTo(ROWS);
      }
      assertThat(keys).hasSize(ROWS);
    }
  }

  private static void awayFor(Proxy proxy, int seconds) {
    proxy.goAway();
    later(proxy::comeBack, seconds);
  }

  @Test
  void aSilentNetworkIsNoticed() throws Exception {
    Game game = new Game(folder);
    try (Proxy proxy = new Proxy(game.targetUrl())) {
      game(proxy, game, "deadline: 60, timeout: 2");
      ProgressListener silent =
          at(
              "migrate",
              () -> {
                proxy.fallSilent();
                later(
                    () -> {
                      proxy.loseAll();
                      proxy.comeBack();
                    },
                    5);
              });
      try (Jobs jobs = Jobs.open(game.config(), JobOptions.defaults(), silent)) {
        assertThat(jobs.migrate().migratedTotal()).isEqualTo(ROWS);
        assertThat(jobs.verify().isClean()).isTrue();
      }
      assertThat(said).isNotEmpty();
    }
  }

  @Test
  void earlierFailuresAreKept() {
    int[] tries = new int[1];
    RetryPolicy policy = new RetryPolicy(Duration.ofMillis(600), line -> {});
    assertThatThrownBy(
            () ->
                policy.run(
                    () -> {
                      throw new SQLException("no " + ++tries[0], "08S01");
                    }))
        .satisfies(
            e -> {
              assertThat(e).hasMessage("no " + tries[0]);
              assertThat(e.getSuppressed()).hasSizeBetween(1, 5);
              assertThat(e.getSuppressed()[e.getSuppressed().length - 1])
                  .hasMessage("no " + (tries[0] - 1));
            });
    // Who comes after has waited long enough already.
    int before = tries[0];
    assertThatThrownBy(
            () ->
                policy.run(
                    () -> {
                      throw new SQLException("no " + ++tries[0], "08S01");
                    }))
        .isInstanceOf(SQLException.class);
    assertThat(tries[0]).isEqualTo(before);
    policy.begin();
    assertThatThrownBy(
            () ->
                policy.run(
                    () -> {
                      tries[0]++;
                      throw new SQLException("no such table", "42S02", 1146);
                    }))
        .hasMessage("no such table");
    assertThat(tries[0]).isEqualTo(before + 1);
  }
}
