package io.picklift.app.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.Main;
import io.picklift.app.cli.terminal.Terminal;
import io.picklift.app.control.ErrandOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands beside a process that follows: it does them, and they wait for the outcome. */
@Tag("database")
final class HandedOverTest {
  private static final long PATIENCE_SECONDS = 180;

  private static final String HANDED =
      "handed to the process that follows the log; waiting until it has done it\n";

  @TempDir private Path folder = Path.of("");

  private record Ended(int status, String shown) {}

  private Path log() {
    return folder.resolve("follower.log");
  }

  private Process follower(FollowedGame followed) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.picklift.app.cli.Main",
                "migrate",
                "--follow",
                "--settle",
                "100ms",
                "--progress",
                "none",
                "--config",
                followed.game.file().toString())
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .start();
    long began = System.nanoTime();
    while (!said().contains("following saves from") || !isHeard(followed)) {
      assertThat(process.isAlive()).as(said()).isTrue();
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began))
          .as(said())
          .isLessThan(PATIENCE_SECONDS);
      Thread.sleep(50);
    }
    return process;
  }

  private static boolean isHeard(FollowedGame followed) throws Exception {
    return followed.game.number("SELECT COUNT(*) FROM picklift_follow WHERE heard IS NOT NULL")
        == 1;
  }

  private String said() throws IOException {
    return Files.readString(log());
  }

  private static Ended run(FollowedGame followed, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--progress", "none", "--config", followed.game.file().toString()));
    int status =
        Main.run(
            new Terminal(out, new PrintStream(out, true, StandardCharsets.UTF_8)),
            line.toArray(String[]::new));
    return new Ended(status, out.toString(StandardCharsets.UTF_8));
  }

  /** Its tables are gone, and it makes none. */
  @Test
  void finishEndsAFollower() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.put("p1", 1);
      Process process = follower(followed);
      try {
        Ended cut = run(followed, "cutover", "--key", "p1");
        assertThat(cut.status()).as(cut.shown()).isZero();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status =
            Main.run(
                new Terminal(out, new PrintStream(out, true, StandardCharsets.UTF_8)),
                "finish",
                "--archive",
                folder.resolve("saves.zip").toString(),
                "--config",
                followed.game.file().toString());
        assertThat(status).as(out.toString(StandardCharsets.UTF_8) + said()).isZero();
        followed.put("p2", 2);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(said()).isTrue();
        assertThat(process.exitValue()).as(said()).isNotZero();
        assertThat(
                followed.game.number(
                    "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()"
                        + " AND LOWER(table_name) LIKE 'picklift%'"))
            .isZero();
        assertThat(followed.game.number("SELECT COUNT(*) FROM player")).isEqualTo(1);
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void aFollowerDoesWhatCommandsAskForBetweenItsBatches() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.put("p1", 1);
      followed.put("p2", 2);
      followed.source.run("INSERT INTO saves (id, data) VALUES ('bad', 'no pickle')");
      Process process = follower(followed);
      try {
        Ended retried = run(followed, "quarantine", "retry", "--key", "bad");
        assertThat(retried.status()).as(retried.shown()).isEqualTo(1);
        assertThat(retried.shown()).contains("1  quarantined");
        // The same status as without a follower, while something is in quarantine.
        followed.put("p3", 3);
        assertThat(run(followed, "cutover", "--key", "p3"))
            .isEqualTo(
                new Ended(
                    1,
                    HANDED
                        + "         1  quarantined\n"
                        + "         1  saves handed over to the tables\n"));
        followed.source.run("DELETE FROM saves WHERE id = 'bad'");
        Ended repaired = run(followed, "repair", "--key", "p1");
        assertThat(repaired.status()).as(repaired.shown()).isZero();
        assertThat(repaired.shown()).contains("repaired 1 of 1, verified");
        Ended unknown = run(followed, "repair", "--key", "nobody");
        assertThat(unknown.status()).as(unknown.shown()).isEqualTo(2);
        assertThat(unknown.shown()).contains("picklift: ").contains("nobody");
        // What was written a moment before is handed over as it was written.
        followed.put("p2", 3);
        Ended cut = run(followed, "cutover", "--key", "p2");
        assertThat(cut)
            .isEqualTo(new Ended(0, HANDED + "         1  saves handed over to the tables\n"));
        Ended written = run(followed, "writeback", "--key", "p2");
        assertThat(written.status()).as(written.shown()).isZero();
        assertThat(written.shown()).contains("1  unchanged in the tables");
        assertThat(said())
            .contains("cutover is handed over", "cutover ended with status 0")
            .contains("repair ended with status 2", "quarantine ended with status 1")
            .doesNotContain("another command asks for the target");
        // It follows on.
        followed.put("p9", 9);
        try (FollowSource source = FollowSource.open(followed.game.config())) {
          assertThat(CaughtUp.await(source, followed.game.config(), line -> {})).isTrue();
        }
        assertThat(
                followed.game.number("SELECT COUNT(*) FROM picklift_save WHERE source_key = 'p9'"))
            .isEqualTo(1);
        assertThat(followed.game.number("SELECT COUNT(*) FROM picklift_errand")).isZero();
        process.destroy();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void whatAFollowerThatDiesWasToDoIsDoneByTheCommand() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.put("p1", 1);
      Process process = follower(followed);
      try {
        signal("STOP", process);
        CompletableFuture<Ended> cut =
            CompletableFuture.supplyAsync(() -> run(followed, "cutover", "--all"));
        followed.await(() -> followed.game.number("SELECT COUNT(*) FROM picklift_errand") == 1);
        signal("KILL", process);
        Ended ended = cut.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(ended.status()).as(ended.shown()).isZero();
        assertThat(ended.shown()).contains("1  saves handed over to the tables");
        assertThat(followed.game.number("SELECT COUNT(*) FROM picklift_errand")).isZero();
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void whatAFollowerIsStoppedInIsGivenBack() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.put("p1", 1);
      CountDownLatch isAsked = new CountDownLatch(1);
      followed.handed(
          errand -> {
            followed.tellToStop();
            isAsked.countDown();
            return new ErrandOutcome(3, "", "stopped");
          });
      followed.follow(true, null);
      followed.caughtUp();
      followed.game.target(
          """
          INSERT INTO picklift_errand (source_table, mapping, arguments, state, asked_at, heard)
          VALUES ('saves', REPEAT('m', 32), '["repair"]', 'asked', UTC_TIMESTAMP(6),
            UTC_TIMESTAMP(6) + INTERVAL 1 HOUR)
          """);
      assertThat(isAsked.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      FollowCounts unused = followed.stop();
      assertThat(followed.game.number("SELECT COUNT(*) FROM picklift_errand WHERE state = 'asked'"))
          .isEqualTo(1);
    }
  }

  /** It is to be told what the run counted, once source and target are closed. */
  @Test
  void aCommandAfterWhichAnotherIsToRunIsNotHandedOver() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.put("p1", 1);
      Path told = folder.resolve("told.txt");
      Files.writeString(
          followed.game.file(),
          "on:\n  finished: 'echo $PICKLIFT_COMMAND $PICKLIFT_SOURCE_ROWS >> " + told + "'\n",
          StandardOpenOption.APPEND);
      followed.handed(errand -> new ErrandOutcome(0, "", null));
      followed.follow(true, null);
      followed.caughtUp();
      Ended cut = run(followed, "cutover", "--all");
      assertThat(cut.status()).as(cut.shown()).isZero();
      assertThat(told).hasContent("cutover 1");
      FollowCounts unused = followed.stop();
    }
  }

  private static void signal(String name, Process process) throws Exception {
    assertThat(
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor())
        .isZero();
  }
}
