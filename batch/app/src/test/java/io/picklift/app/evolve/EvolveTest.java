package io.picklift.app.evolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.account.UnfitValues;
import io.picklift.app.cli.Run;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.schema.yaml.ConfigurationException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A target that was taken to another mapping is as one that was migrated under it. */
@Tag("database")
final class EvolveTest {
  private static final int SAVES = 12;

  @TempDir private Path folder = Path.of("");

  private static final List<String> EDITED = List.of("p0003", "p0004", "p0007", "p0009");

  /** Edits of some saves: other values, a row less, a row more. */
  private static void edit(Evolving target) throws Exception {
    target.game.target(
        "UPDATE player SET level = level + 1000, money = 2.5 WHERE save_id IN (SELECT save_id FROM"
            + " picklift_save WHERE source_key = 'p0003')");
    target.game.target(
        "UPDATE friend SET name = 'another' WHERE save_id IN (SELECT save_id FROM picklift_save"
            + " WHERE source_key = 'p0004')");
    target.game.target(
        "DELETE FROM bag_item WHERE ordinal = 0 AND save_id IN (SELECT save_id FROM picklift_save"
            + " WHERE source_key = 'p0007')");
    target.game.target(
        "INSERT INTO bag_item (save_id, ordinal, player_ordinal, position, thing, amount)"
            + " SELECT save_id, 77, 0, 77, 'a lamp', 3 FROM picklift_save WHERE source_key ="
            + " 'p0009'");
  }

  private static Map<String, List<String>> unedited(Map<String, List<String>> content) {
    Map<String, List<String>> kept = new LinkedHashMap<>();
    content.forEach(
        (name, lines) ->
            kept.put(
                name,
                lines.stream()
                    .filter(
                        line ->
                            EDITED.stream().noneMatch(key -> line.startsWith("source_key=" + key)))
                    .toList()));
    return kept;
  }

  /** From mapping to mapping, one target all the way, and back to where it began. */
  @Test
  void everyChangeGivesWhatAFreshMigrationGives() throws Exception {
    Evolving evolved = new Evolving(folder.resolve("evolved"), SAVES);
    evolved.migrate(Evolving.first());
    Map<String, List<String>> former = evolved.content(Evolving.first());
    edit(evolved);
    Map<String, String> before = evolved.restored();
    for (String key : EDITED) {
      int number = Integer.parseInt(key.substring(1));
      assertThat(before).doesNotContainEntry(key, HexFormat.of().formatHex(Game.save(number)));
    }
    for (Map.Entry<String, String> next : NextMappings.chosen().entrySet()) {
      String what = next.getKey();
      String yaml = next.getValue();
      assertThat(evolved.evolve(yaml, Moments.NONE).isDone()).as(what).isTrue();
      assertThat(evolved.leftOvers()).as(what).isEmpty();
      evolved.mapping(yaml);
      assertThat(evolved.restored()).as(what).isEqualTo(before);

      Evolving fresh = new Evolving(folder.resolve(what), SAVES);
      for (String key : EDITED) {
        fresh.game.put(key, HexFormat.of().parseHex(before.get(key)));
      }
      fresh.migrate(yaml);
      assertThat(evolved.content(yaml)).as(what).isEqualTo(fresh.content(yaml));
    }
    // No run has anything to do.
    try (Jobs jobs = evolved.game.open()) {
      assertThat(jobs.backfill().counts().unchanged()).isEqualTo(SAVES);
    }
    assertThat(evolved.evolve(Evolving.first(), Moments.NONE).isDone()).isTrue();
    evolved.mapping(Evolving.first());
    assertThat(evolved.restored()).isEqualTo(before);
    assertThat(unedited(evolved.content(Evolving.first()))).isEqualTo(unedited(former));
  }

  @Test
  void anEvolveThatEndsAnywhereGoesOn() throws Exception {
    String yaml =
        NextMappings.with("      level: INT", "      level: BIGINT")
            .replaceAll("(?s)  bag_item:.*", "");
    Evolving evolved = new Evolving(folder, SAVES);
    evolved.migrate(Evolving.first());
    edit(evolved);
    Map<String, String> before = evolved.restored();
    assertThat(evolved.evolve(yaml, Moments.NONE).isDone()).isTrue();
    Map<String, List<String>> undisturbed = evolved.content(yaml);
    boolean isEnded = true;
    for (int moment = 1; isEnded; moment++) {
      evolved.mapping(yaml);
      assertThat(evolved.back().isDone()).isTrue();
      int end = moment;
      int[] met = {0};
      isEnded = false;
      try {
        EvolveResult result =
            evolved.evolve(
                yaml,
                name -> {
                  if (++met[0] == end) {
                    throw new IllegalStateException("ended at " + name);
                  }
                });
        assertThat(result.isDone()).isTrue();
      } catch (IllegalStateException e) {
        isEnded = true;
        assertThat(evolved.evolve(yaml, Moments.NONE).isDone()).as(e.getMessage()).isTrue();
      }
      evolved.mapping(yaml);
      assertThat(evolved.restored()).as("ends " + moment).isEqualTo(before);
      assertThat(evolved.content(yaml)).as("ends " + moment).isEqualTo(undisturbed);
      assertThat(evolved.leftOvers()).isEmpty();
    }
  }

  /** Edits come before, while and after the tables change places. */
  @Test
  void noEditIsLostWhileItWorks() throws Exception {
    Evolving evolved = new Evolving(folder, SAVES);
    evolved.migrate(Evolving.first());
    long before = evolved.game.number("SELECT SUM(level) FROM player");
    AtomicBoolean isEnd = new AtomicBoolean();
    AtomicInteger edits = new AtomicInteger();
    Thread writer =
        new Thread(
            () -> {
              try (Connection connection = evolved.game.targetConnection();
                  Statement statement = connection.createStatement()) {
                while (!isEnd.get()) {
                  edits.addAndGet(statement.executeUpdate("UPDATE player SET level = level + 1"));
                }
              } catch (SQLException e) {
                edits.set(Integer.MIN_VALUE);
              }
            });
    writer.start();
    int[] met = {0};
    EvolveResult result =
        evolved.evolve(
            NextMappings.with("      level: INT", "      level: BIGINT"),
            name -> {
              met[0] += edits.get() > 0 && name.equals("renaming") ? 1 : 0;
            });
    int then = edits.get();
    while (writer.isAlive() && edits.get() < then + SAVES) {
      Thread.sleep(5);
    }
    isEnd.set(true);
    writer.join();
    assertThat(result.isDone()).isTrue();
    assertThat(met[0]).as("it was edited before").isEqualTo(1);
    assertThat(edits.get()).as("and after").isGreaterThan(then);
    assertThat(evolved.game.number("SELECT SUM(level) FROM player"))
        .isEqualTo(before + edits.get());
    evolved.mapping(NextMappings.with("      level: INT", "      level: BIGINT"));
    assertThat(evolved.restored()).hasSize(SAVES);
  }

  /** Their cells are NULL from then on, where an application would miss them. */
  @Test
  void valuesThatDoNotFitAreCounted() throws Exception {
    Evolving evolved = new Evolving(folder, SAVES);
    evolved.migrate(Evolving.first());
    String wide = NextMappings.with("      level: INT", "      level: BIGINT");
    assertThat(evolved.evolve(wide, Moments.NONE).unfit()).isEmpty();
    evolved.mapping(wide);
    evolved.game.target(
        "UPDATE player SET level = 5000000000 WHERE save_id IN (SELECT save_id FROM picklift_save"
            + " WHERE source_key IN ('p0001', 'p0002'))");
    EvolveResult back = evolved.back();
    assertThat(back.isDone()).isTrue();
    assertThat(back.unfit())
        .containsExactly(Map.entry("player.level", new UnfitValues(2, "p0001")));
  }

  @Test
  void aSaveThatIsRefusedStopsTheWhole() throws Exception {
    Evolving evolved = new Evolving(folder, SAVES);
    evolved.migrate(Evolving.first());
    Map<String, List<String>> before = evolved.content(Evolving.first());
    EvolveResult result =
        evolved.evolve(
            NextMappings.with("VARCHAR(40), index: true}", "VARCHAR(7), unfit: quarantine}"),
            Moments.NONE);
    assertThat(result.isDone()).isFalse();
    assertThat(result.failed()).isEqualTo(SAVES);
    assertThat(result.reasons())
        .contains(
            "p0000: the new mapping refuses it: name does not fit into player.name VARCHAR(7)");
    EvolveResult twice =
        evolved.evolve(
            NextMappings.with("name:  VARCHAR(40)", "name:  {type: VARCHAR(1), required: true}"),
            Moments.NONE);
    assertThat(twice.failed()).isPositive();
    assertThat(evolved.leftOvers()).isEmpty();
    assertThat(evolved.content(Evolving.first())).isEqualTo(before);
    assertThat(evolved.restored()).hasSize(SAVES);
  }

  @Test
  void whatWasBegunIsGivenUp() throws Exception {
    Evolving evolved = new Evolving(folder, SAVES);
    evolved.migrate(Evolving.first());
    String yaml = NextMappings.with("      level: INT", "      level: BIGINT");
    assertThatThrownBy(() -> evolved.evolve(yaml, endingAt("renaming"))).hasMessage("here");
    assertThatThrownBy(evolved::restored)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("interrupted while it swapped the tables");
    String another = NextMappings.with("      level: INT", "      level: SMALLINT");
    assertThatThrownBy(() -> evolved.evolve(another, Moments.NONE))
        .hasMessageContaining("cancel it with --cancel");
    assertThat(evolved.back().message()).startsWith("cancelled");
    assertThat(evolved.leftOvers()).isEmpty();
    assertThat(evolved.restored()).hasSize(SAVES);
    assertThatThrownBy(evolved::back).hasMessageContaining("no other mapping before");
  }

  private static Moments endingAt(String moment) {
    return name -> {
      if (name.equals(moment)) {
        throw new IllegalStateException("here");
      }
    };
  }

  /** The same command goes on with it: it neither cancels it nor turns round. */
  @ParameterizedTest
  @ValueSource(strings = {"making", "renaming", "dropping"})
  void aReturnThatWasKilledGoesOn(String moment) throws Exception {
    Evolving evolved = new Evolving(folder, SAVES);
    evolved.migrate(Evolving.first());
    Map<String, List<String>> before = evolved.content(Evolving.first());
    String yaml = NextMappings.with("      level: INT", "      level: BIGINT");
    assertThat(evolved.evolve(yaml, Moments.NONE).isDone()).isTrue();
    assertThatThrownBy(() -> evolved.back(endingAt(moment))).hasMessage("here");
    EvolveResult back = evolved.back();
    assertThat(back.isDone()).isTrue();
    assertThat(back.message()).isEmpty();
    evolved.mapping(Evolving.first());
    assertThat(evolved.content(Evolving.first())).isEqualTo(before);
    assertThat(evolved.restored()).hasSize(SAVES);
  }

  /** Whichever way it was to go. */
  @Test
  void whatWasBegunIsCancelledWhereThatIsAskedFor() throws Exception {
    Evolving evolved = new Evolving(folder, SAVES);
    evolved.migrate(Evolving.first());
    assertThatThrownBy(evolved::cancel).hasMessageContaining("nothing to cancel");
    String yaml = NextMappings.with("      level: INT", "      level: BIGINT");
    assertThat(evolved.evolve(yaml, Moments.NONE).isDone()).isTrue();
    evolved.mapping(yaml);
    for (String moment : List.of("making", "renaming")) {
      assertThatThrownBy(() -> evolved.back(endingAt(moment))).hasMessage("here");
      assertThat(evolved.cancel().message()).startsWith("cancelled");
      assertThat(evolved.leftOvers()).isEmpty();
      assertThat(evolved.restored()).hasSize(SAVES);
    }
    assertThatThrownBy(() -> evolved.back(endingAt("dropping"))).hasMessage("here");
    assertThatThrownBy(evolved::cancel).hasMessageContaining("have changed places already");
    assertThat(evolved.back().isDone()).isTrue();
  }

  /** An index that keeps its name and gets other columns is dropped and made by one statement. */
  @Test
  void anIndexOfOneNameGetsOtherColumns() throws Exception {
    String named =
        Evolving.first().replace("  friend:\n    class", "    indexes: [%s]\n  friend:\n    class");
    String former = named.formatted("{columns: [level], name: by_level}");
    String next = named.formatted("{columns: [level, money], name: by_level}");
    Evolving evolved = new Evolving(folder, 1);
    evolved.migrate(former);
    assertThat(evolved.evolve(next, Moments.NONE).isDone()).isTrue();
    assertThat(evolved.content(next).get("player made"))
        .anyMatch(line -> line.matches("KEY `by_level` \\(`level`,`money`\\),?"));
  }

  /** What others have made of a table would be gone with it, or is in its way. */
  @Test
  void whatOthersMadeIsNotLost() throws Exception {
    Evolving evolved = new Evolving(folder, 1);
    evolved.migrate(Evolving.first());
    evolved.game.target(
        "CREATE TABLE mine (save_id BIGINT, ordinal INT, CONSTRAINT of_player FOREIGN KEY (save_id,"
            + " ordinal) REFERENCES player (save_id, ordinal))");
    String yaml = NextMappings.with("      level: INT", "      level: BIGINT");
    assertThatThrownBy(() -> evolved.evolve(yaml, Moments.NONE))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the foreign key mine.of_player depends on it");
    assertThat(evolved.leftOvers()).isEmpty();

    // A table of another's is in the way of a new one only where it has its name.
    evolved.game.target("DROP TABLE mine");
    evolved.game.target("CREATE TABLE thing (id INT)");
    assertThatThrownBy(
            () -> evolved.evolve(Evolving.first().replace("  bag_item:", "  thing:"), Moments.NONE))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the target has a table thing already");
    assertThat(evolved.restored()).hasSize(1);
  }

  /** Tables that change places have the triggers that note changes for writeback. */
  @Test
  void whatNotesChangesIsTakenAlong() throws Exception {
    Evolving target = new Evolving(folder, SAVES);
    target.migrate(Evolving.first());
    assertThat(Run.on(target.game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    target.game.append("run: {changes: triggers}\n");
    assertThat(Run.on(target.game, "writeback").out()).contains(SAVES + "  unchanged in");
    AtomicBoolean isEdited = new AtomicBoolean();
    String next = NextMappings.with("      level: INT", "      level: BIGINT\n      notes: JSON");
    EvolveResult result =
        target.evolve(
            next,
            moment -> {
              if (moment.equals("watching") && !isEdited.getAndSet(true)) {
                level(target, "p0003", 1003);
              }
            });
    assertThat(result.isDone()).isTrue();
    assertThat(isEdited).isTrue();
    level(target, "p0004", 1004);
    target.mapping(next);
    Run run = Run.on(target.game, "writeback");
    assertThat(run.out()).as(run.err()).contains("2  saves written", "0  unchanged in");
    Run again = Run.on(target.game, "writeback");
    assertThat(again.out()).contains("0  saves written", "0  unchanged in");
    assertThat(target.leftOvers()).isEmpty();
    assertThat(Run.on(target.game, "verify").status()).isEqualTo(ExitStatus.DONE);
  }

  private static void level(Evolving target, String key, int level) {
    try {
      target.game.target(
          "UPDATE player SET level = %d WHERE save_id = (SELECT save_id FROM picklift_save WHERE source_key = '%s')"
              .formatted(level, key));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
