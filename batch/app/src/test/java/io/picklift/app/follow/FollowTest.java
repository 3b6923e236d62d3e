package io.picklift.app.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.account.QuarantineList;
import io.picklift.app.account.RunSummary;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.Jobs;
import io.picklift.app.operate.StatusQuery;
import io.picklift.app.operate.StatusText;
import io.picklift.app.operate.TargetStatus;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.schedule.Schedule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target that follows its source's log. */
@Tag("database")
final class FollowTest {
  private static final Pattern DIFFERED = Pattern.compile("^compared .*: (\\d+) differed");

  @TempDir private Path folder = Path.of("");

  private static void assertEqual(FollowedGame followed) throws Exception {
    try (Jobs jobs = followed.jobs()) {
      VerifyReport report = jobs.verify();
      assertThat(report.findings()).isEmpty();
    }
  }

  @Test
  void whatChangesIsInTheTargetAndNothingIsScanned() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      for (int i = 0; i < 10; i++) {
        followed.put("p" + i, i);
      }
      followed.follow(true, null);
      followed.caughtUp();
      assertThat(followed.game.number("SELECT COUNT(*) FROM player")).isEqualTo(10);
      followed.put("new", 3);
      followed.put("p1", 7);
      followed.source.run(
          "DELETE FROM saves WHERE id = 'p2'",
          "UPDATE saves SET id = 'moved' WHERE id = 'p3'",
          "UPDATE saves SET name = 'x' WHERE id = 'p4'",
          "INSERT INTO saves SELECT CONCAT(id, '-copy'), name, data FROM saves WHERE id LIKE 'p%'");
      try (Connection connection = followed.source.connect();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("DELETE FROM saves WHERE id = 'p5'");
        connection.rollback();
        statement.execute("UPDATE saves SET data = 'broken' WHERE id = 'p6'");
        connection.commit();
      }
      followed.caughtUp();
      assertThat(followed.game.text("SELECT status FROM picklift_save WHERE source_key = 'p2'"))
          .isEqualTo("deleted");
      assertThat(followed.game.text("SELECT status FROM picklift_save WHERE source_key = 'p6'"))
          .isEqualTo("quarantined");
      assertThat(followed.game.number("SELECT COUNT(*) FROM player")).isEqualTo(17);
      followed.source.run("DELETE FROM saves WHERE id = 'p6'");
      followed.caughtUp();
      FollowCounts counts = followed.stop();
      assertThat(counts.text()).contains("         1  comparing passes");
      assertEqual(followed);
    }
  }

  @Test
  void aFollowerThatWasAwayGoesOnWhereItWas() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.put("p1", 1);
      followed.follow(true, null);
      followed.caughtUp();
      followed.stop();
      followed.put("p1", 2);
      followed.put("p2", 2);
      followed.follow(false, null);
      followed.caughtUp();
      FollowCounts counts = followed.stop();
      assertThat(counts.text()).contains("         0  comparing passes");
      assertEqual(followed);
    }
  }

  @Test
  void whatTheLogDoesNotTellIsComparedAndFollowingGoesOn() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      for (int i = 0; i < 5; i++) {
        followed.put("p" + i, i);
      }
      followed.follow(false, null);
      followed.caughtUp();
      followed.source.run("TRUNCATE TABLE saves", "INSERT INTO saves VALUES ('x', 'x', NULL)");
      followed.caughtUp();
      assertThat(followed.game.number("SELECT COUNT(*) FROM player")).isZero();
      assertThat(followed.said).anyMatch(line -> line.contains("a change of the table itself"));
      followed.source.run(
          "DELETE FROM saves",
          "ALTER TABLE saves ADD COLUMN first INT FIRST",
          "INSERT INTO saves (id) VALUES ('later')",
          "UPDATE saves SET data = NULL");
      followed.put("last", 4);
      followed.source.run("DELETE FROM saves WHERE id = 'later'");
      followed.caughtUp();
      followed.stop();
      assertEqual(followed);
    }
  }

  @Test
  void deletionsBeyondTheBoundAreHeldBackUntilTheyAreAllowedOrTheRowReturns() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      for (int i = 0; i < 6; i++) {
        followed.put("p" + i, i);
      }
      followed.mostDeleted("2");
      followed.follow(true, null);
      followed.caughtUp();
      followed.source.run("DELETE FROM saves WHERE id IN ('p0', 'p1', 'p2')");
      followed.caughtUp();
      assertThat(followed.game.number("SELECT COUNT(*) FROM player")).isEqualTo(6);
      assertThat(followed.game.number("SELECT COUNT(*) FROM picklift_follow_held")).isEqualTo(3);
      assertThat(followed.said).anyMatch(line -> line.contains("--max-deleted 3"));
      try (Connection connection = followed.game.targetConnection()) {
        TargetStatus status = StatusQuery.read(connection, "the target");
        assertThat(status.following().get(0).state()).isEqualTo("following");
        assertThat(status.following().get(0).heldBack()).isEqualTo(3);
        assertThat(StatusText.of(status)).contains("held back", "keys to do");
      }
      followed.put("p0", 5);
      followed.caughtUp();
      assertThat(followed.game.number("SELECT COUNT(*) FROM picklift_follow_held")).isEqualTo(2);
      followed.stop();
      followed.mostDeleted("3");
      followed.follow(false, null);
      followed.source.run("UPDATE saves SET name = 'y'");
      followed.caughtUp();
      followed.stop();
      assertThat(followed.game.number("SELECT COUNT(*) FROM picklift_follow_held")).isZero();
      assertThat(followed.game.number("SELECT COUNT(*) FROM player")).isEqualTo(4);
      assertEqual(followed);
    }
  }

  @Test
  void whatNoLogToldIsFoundByComparingBesideFollowing() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      for (int i = 0; i < 6; i++) {
        followed.put("p" + i, i);
      }
      followed.follow(true, Schedule.parse("*/2 * * * * *"));
      followed.caughtUp();
      try (Connection connection = followed.source.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("SET SESSION sql_log_bin = 0");
        statement.execute("UPDATE saves SET data = NULL WHERE id = 'p1'");
        statement.execute("DELETE FROM saves WHERE id = 'p2'");
        statement.execute(
            "INSERT INTO saves SELECT 'unseen', name, data FROM saves WHERE id = 'p3'");
      }
      followed.put("p4", 5);
      // One comparison may find some of them, and the next one the others.
      followed.await(() -> differed(followed) == 3);
      // What the log told is no finding, and what was found is stored.
      FollowCounts counts = followed.stop();
      assertThat(counts.isLook()).isTrue();
      assertThat(counts.text())
          .contains("         1  comparing passes", "         3  saves that differed");
      try (Jobs jobs = followed.jobs()) {
        assertThat(jobs.verify().findings()).isEqualTo(Map.of("quarantined", 1L));
      }
    }
  }

  /** How many saves all comparisons together found to differ. */
  private static long differed(FollowedGame followed) {
    return followed.said.stream()
        .map(DIFFERED::matcher)
        .filter(Matcher::find)
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .sum();
  }

  private static void awaitComparison(FollowedGame followed) throws Exception {
    long before = comparisons(followed);
    // The one that is under way may have begun before.
    followed.await(() -> comparisons(followed) >= before + 2);
  }

  private static long comparisons(FollowedGame followed) {
    return followed.said.stream().filter(line -> line.startsWith("compared ")).count();
  }

  @Test
  void aDeletionThatIsHeldBackIsNoFindingOfAComparison() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      for (int i = 0; i < 6; i++) {
        followed.put("p" + i, i);
      }
      followed.mostDeleted("2");
      followed.follow(true, Schedule.parse("*/2 * * * * *"));
      followed.caughtUp();
      followed.source.run("DELETE FROM saves WHERE id IN ('p0', 'p1', 'p2')");
      followed.caughtUp();
      awaitComparison(followed);
      assertThat(followed.game.number("SELECT COUNT(*) FROM picklift_follow_held")).isEqualTo(3);
      assertThat(followed.stop().isLook()).as("%s", followed.said).isFalse();
    }
  }

  private static void edit(FollowedGame followed, String key, long level) throws Exception {
    followed.game.target(
        """
        UPDATE player SET level = %d
        WHERE save_id = (SELECT save_id FROM picklift_save WHERE source_key = '%s')
        """
            .formatted(level, key));
  }

  @Test
  void aSaveThatWasEditedInTheTargetIsNoFindingOfAComparison() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      for (int i = 0; i < 3; i++) {
        followed.put("p" + i, i);
      }
      followed.follow(true, Schedule.parse("*/2 * * * * *"));
      followed.caughtUp();
      edit(followed, "p1", 77);
      edit(followed, "p2", 78);
      followed.put("p1", 5);
      followed.source.run("DELETE FROM saves WHERE id = 'p2'");
      followed.caughtUp();
      awaitComparison(followed);
      assertThat(followed.said)
          .anyMatch(line -> line.startsWith("p1 was changed in the source and edited in"))
          .anyMatch(line -> line.contains("but edited in the target: kept"));
      assertThat(followed.stop().isLook()).as("%s", followed.said).isFalse();
      assertThat(followed.game.number("SELECT COUNT(*) FROM player WHERE level IN (77, 78)"))
          .isEqualTo(2);
    }
  }

  @Test
  void aConflictThatIsOverIsNotToldAgain() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.put("p1", 1);
      followed.follow(true, null);
      followed.caughtUp();
      long level = followed.game.number("SELECT level FROM player");
      edit(followed, "p1", 77);
      followed.put("p1", 5);
      followed.caughtUp();
      edit(followed, "p1", level);
      followed.put("p1", 6);
      followed.caughtUp();
      followed.stop();
      assertThat(followed.said.stream().filter(line -> line.contains("is not updated"))).hasSize(1);
      assertEqual(followed);
    }
  }

  @Test
  void tooManyRefusedSavesEndItWithALine() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.game.append("run: {max_quarantine: 0}\n");
      followed.put("p1", 1);
      followed.follow(true, null);
      followed.caughtUp();
      followed.source.run("INSERT INTO saves VALUES ('bad', 'x', 'broken')");
      assertThatThrownBy(followed::caughtUp)
          .cause()
          .cause()
          .isInstanceOf(JobFailedException.class)
          .hasMessageContaining("more than max_quarantine allows (0)");
    }
  }

  @Test
  void oneThatWaitsForItsRateEndsInOrder() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      String text = Files.readString(followed.game.file());
      followed.game.append("run: {max_rate: 1}\n");
      followed.put("p1", 1);
      followed.follow(true, null);
      followed.caughtUp();
      followed.source.run(
          "INSERT INTO saves WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE"
              + " i < 60) SELECT CONCAT('q', i), name, data FROM saves JOIN n");
      Thread.sleep(2_000);
      followed.stop();
      assertThat(followed.game.number("SELECT COUNT(*) FROM player")).isLessThan(61);
      Files.writeString(followed.game.file(), text);
      followed.follow(false, null);
      followed.caughtUp();
      followed.stop();
      assertEqual(followed);
    }
  }

  @Test
  void oneThatHasLentTheTargetEndsInOrder() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.put("p1", 1);
      followed.follow(true, null);
      followed.caughtUp();
      try (Jobs other = followed.jobs()) {
        assertThat(other.isStopped()).isFalse();
        assertThat(followed.stop().isLook()).isFalse();
      }
      assertThat(followed.said).doesNotContain("following continues");
    }
  }

  @Test
  void anotherCommandHasTheTargetBetweenTwoBatches() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.put("p1", 1);
      followed.source.run("INSERT INTO saves VALUES ('bad', 'x', 'broken')");
      followed.follow(true, null);
      followed.caughtUp();
      try (Jobs jobs = followed.jobs()) {
        followed.put("p2", 2);
        RunSummary summary = jobs.retry(new QuarantineList.Choice(null, null));
        assertThat(summary.quarantinedSaves()).isEqualTo(1);
      }
      followed.put("p3", 3);
      followed.caughtUp();
      assertThat(followed.game.number("SELECT COUNT(*) FROM player")).isEqualTo(3);
      assertThat(followed.game.number("SELECT COUNT(*) FROM picklift_suspect")).isZero();
      assertThat(followed.said).contains("following continues");
      followed.stop();
    }
  }

  @Test
  void companionsFollowToo() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.put("p1", 1);
      followed.source.run(
          "CREATE TABLE messages (id INT NOT NULL PRIMARY KEY, player VARCHAR(64), message TEXT)",
          "INSERT INTO messages VALUES (1, 'u1', 'Hi')");
      followed.game.append(
          """
          companions:
            messages:
              from: messages
              key: id
              columns:
                player: VARCHAR(64)
                message: TEXT
          """);
      followed.follow(true, null);
      followed.caughtUp();
      followed.source.run(
          "INSERT INTO messages VALUES (2, 'u2', 'Ho')",
          "UPDATE messages SET message = 'Hey' WHERE id = 1");
      followed.caughtUp();
      assertThat(
              followed.game.number("SELECT COUNT(*) FROM messages WHERE message IN ('Ho', 'Hey')"))
          .isEqualTo(2);
      followed.source.run(
          "TRUNCATE TABLE messages", "INSERT INTO messages VALUES (3, 'u', 'last')");
      followed.caughtUp();
      assertThat(followed.game.text("SELECT GROUP_CONCAT(message) FROM messages"))
          .isEqualTo("last");
      assertThat(followed.stop().text()).contains("         1  comparing passes");
      assertEqual(followed);
    }
  }

  @Test
  void aLockedRowHoldsThePlaceBackAndNothingElse() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.put("p1", 1);
      followed.put("p2", 2);
      followed.follow(true, null);
      followed.caughtUp();
      try (Connection connection = followed.source.connect();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        followed.put("p1", 3);
        statement.execute("SELECT * FROM saves WHERE id = 'p1' FOR UPDATE");
        followed.put("p2", 4);
        String p2 =
            "SELECT COUNT(*) FROM picklift_save WHERE source_key = 'p2' AND last_written >"
                + " first_seen";
        followed.await(() -> followed.game.number(p2) == 1);
        connection.rollback();
      }
      followed.caughtUp();
      followed.stop();
      assertEqual(followed);
    }
  }

  @Test
  void aSaveThatCameBackIsStoredAgain() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.put("p1", 1);
      followed.follow(true, null);
      followed.caughtUp();
      // With a bound of all, more may be deleted in time than there are at once.
      for (int i = 0; i < 2; i++) {
        followed.source.run("DELETE FROM saves");
        followed.caughtUp();
        assertThat(followed.game.number("SELECT COUNT(*) FROM player")).isZero();
        followed.put("p1", 1);
        followed.caughtUp();
        assertThat(followed.game.number("SELECT COUNT(*) FROM player")).isEqualTo(1);
      }
      followed.stop();
      assertEqual(followed);
    }
  }
}
