package io.picklift.app.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.birth.NewApplication;
import io.picklift.app.cli.Run;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saves that were born in the tables go along to another mapping, and others are born under it. */
@Tag("database")
final class EvolvedBirthsTest {
  private static final String NEW =
      "INSERT INTO player (save_id, ordinal, name, level) VALUES (:id, 0, 'nova', 4)";

  private static final String FRIENDS =
      "INSERT INTO player (save_id, ordinal, name, level, money, rank_name, born) VALUES (:id, 0,"
          + " 'stella', 9, 12.5, NULL, '2001-02-03'); INSERT INTO friend (save_id, ordinal, name,"
          + " since, player) VALUES (:id, 0, 'b', 3, 0); INSERT INTO player_friend (save_id,"
          + " ordinal, player_ordinal, position, friend) VALUES (:id, 0, 0, 0, 0)";

  /** Of ZODB: no new save can be made like it. */
  private static final String RECORD = "cgame\nPlayer\n.}(S'name'\nS'Ann'\nS'level'\nI7\nu.";

  @TempDir private Path folder = Path.of("");

  @Test
  void theyAreTheSameBytesThereAndBack() throws Exception {
    Evolving target = new Evolving(folder, 12);
    target.migrate(Evolving.first());
    assertThat(Run.on(target.game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    NewApplication.save(target.game, "n0001", NEW);
    NewApplication.save(target.game, "n0002", FRIENDS);
    Map<String, String> before = target.restored();
    assertThat(before).containsKeys("n0001", "n0002").hasSize(14);

    // Of a dropped column the value is in the residue that the save has now.
    String next = Objects.requireNonNull(NextMappings.chosen().get("columns"));
    Path file = folder.resolve("plan.yaml");
    Files.writeString(file, next);
    Run plan = Run.of("plan", "--mapping", file, "--config", target.game.file());
    assertThat(plan.out() + plan.err()).doesNotContain("n0001", "n0002");
    EvolveResult result = target.evolve(next, Moments.NONE);
    assertThat(result.reasons()).isEmpty();
    assertThat(result.isDone()).isTrue();
    target.mapping(next);
    assertThat(target.restored()).isEqualTo(before);
    assertThat(
            target.game.number(
                "SELECT COUNT(DISTINCT mapping_sha256) FROM (SELECT mapping_sha256 FROM"
                    + " picklift_save UNION ALL SELECT mapping_sha256 FROM picklift_template) m"))
        .isOne();

    // An edit of one, and one that is new under the new mapping.
    target.game.target(
        "UPDATE player SET level = 5 WHERE save_id = (SELECT save_id FROM picklift_save WHERE"
            + " source_key = 'n0001')");
    NewApplication.save(target.game, "n0003", NEW);
    Map<String, String> after = target.restored();
    assertThat(after.get("n0001")).isNotEqualTo(before.get("n0001"));
    assertThat(after.get("n0002")).isEqualTo(before.get("n0002"));
    assertThat(after).containsKey("n0003").hasSize(15);
    assertThat(Run.on(target.game, "verify").status()).isEqualTo(ExitStatus.DONE);

    assertThat(target.back().isDone()).isTrue();
    target.mapping(Evolving.first());
    assertThat(target.restored()).isEqualTo(after);
    NewApplication.save(target.game, "n0004", FRIENDS);
    assertThat(target.restored().get("n0004")).isEqualTo(before.get("n0002"));
    Run written = Run.on(target.game, "writeback");
    assertThat(written.out() + written.err()).contains("4  new saves added to the source");
  }

  /**
   * The source follows a save whose BLOB there is of how new ones were made before, as an earlier
   * Picklift left it: nothing was kept of it.
   */
  @Test
  void oneThatTheSourceHasAsItWasMadeBeforeIsChanged() throws Exception {
    Evolving target = new Evolving(folder, 12);
    target.migrate(Evolving.first());
    // Written last, so that new saves are made like it: which of the others is, their threads
    // decide.
    target.game.put("p0099", Game.save(11));
    assertThat(Run.on(target.game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    NewApplication.save(target.game, "n0001", NEW);
    assertThat(Run.on(target.game, "writeback").status()).isEqualTo(ExitStatus.DONE);
    String before = target.restored().get("n0001");
    target.game.target(
        "DELETE a FROM picklift_archive a JOIN picklift_save s USING (save_id) WHERE s.restored_as ="
            + " 'born'");

    // Of another protocol, in which new saves are written from now on.
    target.game.put("p0100", Game.save(9));
    assertThat(Run.on(target.game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    Map<String, String> now = target.restored();
    assertThat(now.get("n0001")).isNotEqualTo(before);
    String next = Objects.requireNonNull(NextMappings.chosen().get("columns"));
    assertThat(target.evolve(next, Moments.NONE).reasons()).isEmpty();
    target.mapping(next);
    assertThat(target.restored()).isEqualTo(now);
    assertThat(Run.on(target.game, "writeback").out()).contains("1  saves written");
    Run verify = Run.on(target.game, "verify");
    assertThat(verify.status()).as(verify.out() + verify.err()).isEqualTo(ExitStatus.DONE);
    assertThat(target.restored()).isEqualTo(now);
  }

  /** Written into the source once, it is an ordinary save. */
  @Test
  void oneThatTheSourceHasGoesAlongAsItIs() throws Exception {
    Evolving target = new Evolving(folder, 12);
    target.migrate(Evolving.first());
    assertThat(Run.on(target.game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    NewApplication.save(target.game, "n0001", FRIENDS);
    String next = Objects.requireNonNull(NextMappings.chosen().get("columns"));
    assertThat(Run.on(target.game, "writeback").status()).isEqualTo(ExitStatus.DONE);
    target.game.put("p0100", Game.save(9));
    assertThat(Run.on(target.game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    NewApplication.save(target.game, "n0002", FRIENDS);
    Map<String, String> before = target.restored();
    assertThat(target.evolve(next, Moments.NONE).reasons()).isEmpty();
    target.mapping(next);
    assertThat(target.restored()).isEqualTo(before);
    // One that has a residue before the source has it, too.
    assertThat(Run.on(target.game, "writeback").out()).contains("1  new saves", "14  unchanged in");
    assertThat(target.back().reasons()).isEmpty();
    target.mapping(Evolving.first());
    target.game.put("p0101", Game.save(11));
    assertThat(Run.on(target.game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    assertThat(Run.on(target.game, "writeback").out())
        .contains("0  saves written", "16  unchanged in");
    Run verify = Run.on(target.game, "verify");
    assertThat(verify.status()).as(verify.out() + verify.err()).isEqualTo(ExitStatus.DONE);
  }

  @Test
  void thatNoNewOneCanBeMadeFromNowOnIsSaid() throws Exception {
    Evolving target = new Evolving(folder, 12);
    target.migrate(Evolving.first());
    assertThat(Run.on(target.game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    target.game.put("z0001", RECORD.getBytes(StandardCharsets.US_ASCII));
    assertThat(Run.on(target.game, "backfill").status()).isEqualTo(ExitStatus.DONE);
    String next = Objects.requireNonNull(NextMappings.chosen().get("columns"));
    EvolveResult result = target.evolve(next, Moments.NONE);
    assertThat(result.isDone()).isTrue();
    assertThat(result.reasons())
        .singleElement()
        .asString()
        .contains("z0001", "a record of ZODB; new saves cannot be made in the tables");
    assertThat(target.game.number("SELECT COUNT(*) FROM picklift_template")).isZero();
  }

  /** What a mapping says of rows that come and go is kept as it was said last. */
  @Test
  void theTextOfAMappingThatTheTargetHadBeforeIsTheLaterOne() throws Exception {
    Evolving target = new Evolving(folder, 3);
    target.migrate(Evolving.first());
    String next = NextMappings.with("      level: INT", "      level: {type: INT, index: true}");
    assertThat(target.evolve(next, Moments.NONE).isDone()).isTrue();
    assertThat(target.back().isDone()).isTrue();
    String more =
        next.replace("class: game.Friend\n", "class: game.Friend\n    on_missing: drop\n");
    assertThat(target.evolve(more, Moments.NONE).isDone()).isTrue();
    assertThat(
            target.game.number(
                "SELECT COUNT(*) FROM picklift_mapping WHERE mapping_yaml LIKE '%on_missing%'"))
        .isOne();
  }

  /** Where no table is written anew, nothing of a save changes but the name of its mapping. */
  @Test
  void anIndexMoreLeavesThemAsTheyAre() throws Exception {
    Evolving target = new Evolving(folder, 12);
    target.migrate(Evolving.first());
    assertThat(Run.on(target.game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    NewApplication.save(target.game, "n0001", NEW);
    Map<String, String> before = new TreeMap<>(target.restored());
    String next = NextMappings.with("      level: INT", "      level: {type: INT, index: true}");
    List<String> late = new ArrayList<>();
    Moments moments =
        name -> {
          if (name.equals("naming")) {
            // Nothing names those that come from here on once more.
            late.add(former(target));
          }
        };
    assertThat(target.evolve(next, moments).isDone()).isTrue();
    assertThat(late).isNotEmpty().containsOnly("0");
    target.mapping(next);
    assertThat(target.restored()).isEqualTo(before);
    NewApplication.save(target.game, "n0002", NEW);
    assertThat(target.restored().get("n0002")).isEqualTo(before.get("n0001"));
  }

  /** A column of another name makes no members that the class does not have, either. */
  @Test
  void whatAnEnumHasIsKnownUnderOtherNames() throws Exception {
    Evolving target = new Evolving(folder, 12);
    target.migrate(Evolving.first());
    assertThat(Run.on(target.game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    String columns = Objects.requireNonNull(NextMappings.chosen().get("columns"));
    evolve(target, columns, "player.rank_now");
    String table =
        Evolving.first()
            .replace("  player:\n    class", "  hero:\n    class")
            .replace("each: player.", "each: hero.")
            .replace("references: player", "references: hero");
    evolve(target, table, "hero.rank_name");
    // An index alone.
    String index = table.replace("      level: INT", "      level: {type: INT, index: true}");
    evolve(target, index, "hero.rank_name");
    // Also where new saves cannot be made like the one that was written last.
    target.game.put("z0001", RECORD.getBytes(StandardCharsets.US_ASCII));
    assertThat(Run.on(target.game, "backfill").status()).isEqualTo(ExitStatus.DONE);
    evolve(target, columns.replace("rank_now", "rank_then"), "player.rank_then");
    assertThat(target.game.number("SELECT COUNT(*) FROM picklift_template")).isZero();
    evolve(target, columns, "player.rank_now");
  }

  /** Takes it to a mapping, under which one rank may be another's, and none a new one. */
  private static void evolve(Evolving target, String mapping, String place) throws Exception {
    EvolveResult result = target.evolve(mapping, Moments.NONE);
    assertThat(result.isDone()).as(result.message()).isTrue();
    target.mapping(mapping);
    String table = place.substring(0, place.indexOf('.'));
    String of = " WHERE save_id = (SELECT save_id FROM picklift_save WHERE source_key = 'p0002')";
    String column = place.substring(place.indexOf('.') + 1);
    String rank =
        Objects.requireNonNull(target.game.text("SELECT " + column + " FROM " + table + of));
    target.game.target("UPDATE " + table + " SET " + column + " = 'knight'" + of);
    assertThat(Run.on(target.game, "restore", "--check").err())
        .contains("p0002: rank: is 'knight' in " + place);
    String other = rank.equals("king") ? "pawn" : "king";
    target.game.target("UPDATE " + table + " SET " + column + " = '" + other + "'" + of);
    Run check = Run.on(target.game, "restore", "--check");
    assertThat(check.status()).as(check.err()).isEqualTo(ExitStatus.DONE);
  }

  /** How many templates name another mapping than the one that an evolve goes to. */
  private static String former(Evolving target) {
    try {
      return String.valueOf(
          target.game.number(
              "SELECT COUNT(*) FROM picklift_template WHERE mapping_sha256 <> (SELECT next_sha256"
                  + " FROM picklift_evolution WHERE state = 'swapping')"));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
