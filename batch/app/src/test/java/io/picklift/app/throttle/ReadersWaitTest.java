package io.picklift.app.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.accept.AcceptList;
import io.picklift.app.config.Config;
import io.picklift.app.config.MaxRate;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.app.job.SaidLines;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.scan.Scan;
import io.picklift.app.verify.DirectVerify;
import io.picklift.app.verify.VerifyOptions;
import io.picklift.codec.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that only read are as polite as those that write. */
@Tag("database")
final class ReadersWaitTest {
  @TempDir private Path folder = Path.of("");

  private final List<String> said = new CopyOnWriteArrayList<>();

  private Game game() throws Exception {
    Game game = new Game(folder);
    game.fill(12);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    game.append("run:\n  throttle:\n    pause_file: " + pauseFile() + "\n");
    return game;
  }

  private Path pauseFile() {
    return folder.resolve("pause");
  }

  private void awaitThrottled() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (said.stream().noneMatch(line -> line.startsWith("throttled by pause_file"))) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
    TimeUnit.MILLISECONDS.sleep(300);
  }

  private interface Work<T> {
    T run() throws Exception;
  }

  private static <T> CompletableFuture<T> begin(Work<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.run();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private DirectVerify verify(Config config) throws Exception {
    VerifyOptions options =
        VerifyOptions.all(DecodingEngine.Name.FAST, Limits.defaults(), 2)
            .stateIn(folder.resolve("state"));
    return DirectVerify.open(config, options, false, new SaidLines(said));
  }

  private CompletableFuture<VerifyReport> begun(DirectVerify verify) {
    return begin(
        () -> {
          VerifyReport report = verify.report(AcceptList.none(), null);
          verify.run(report, new SaidLines(said));
          return report;
        });
  }

  @Test
  void verifyWaits() throws Exception {
    Game game = game();
    Files.createFile(pauseFile());
    try (DirectVerify verify = verify(game.config())) {
      CompletableFuture<VerifyReport> done = begun(verify);
      awaitThrottled();
      assertThat(done).isNotDone();
      Files.delete(pauseFile());
      assertThat(done.get(2, TimeUnit.MINUTES).equal()).isEqualTo(12);
    }
  }

  @Test
  void aVerifyThatWaitsCanBeStopped() throws Exception {
    Game game = game();
    Files.createFile(pauseFile());
    try (DirectVerify verify = verify(game.config())) {
      CompletableFuture<VerifyReport> done = begun(verify);
      awaitThrottled();
      verify.stop();
      assertThatThrownBy(() -> done.get(2, TimeUnit.MINUTES))
          .hasRootCauseInstanceOf(IOException.class);
    }
  }

  private static Scan scan(Config config, @Nullable MaxRate rate) {
    return new Scan(
        config, new Scan.Options(2, DecodingEngine.Name.FAST, Limits.defaults(), 0, rate));
  }

  @Test
  void aScanWaits() throws Exception {
    Game game = game();
    Files.createFile(pauseFile());
    List<String> keys = new ArrayList<>();
    CompletableFuture<Boolean> done =
        begin(
            () ->
                scan(game.config(), null)
                    .run("profile", new SaidLines(said), save -> save.key(), keys::add));
    awaitThrottled();
    assertThat(done).isNotDone();
    assertThat(keys).isEmpty();
    Files.delete(pauseFile());
    assertThat(done.get(2, TimeUnit.MINUTES)).isFalse();
    assertThat(keys).hasSize(12);
  }

  @Test
  void aScanKeepsARate() throws Exception {
    Game game = game();
    List<String> keys = new ArrayList<>();
    long began = System.nanoTime();
    scan(game.config(), MaxRate.parse("6"))
        .run("profile", new SaidLines(said), save -> save.key(), keys::add);
    assertThat(keys).hasSize(12);
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isGreaterThan(1_000);
  }
}
