package io.picklift.app.finish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.birth.NewApplication;
import io.picklift.app.cli.Run;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.encoding.text.DjangoSigner;
import io.picklift.app.evolve.Moments;
import io.picklift.app.finish.archive.ArchiveRestore;
import io.picklift.app.job.Game;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of Picklift is left in the target, and an archive gives every save. */
@Tag("database")
final class FinishTest {
  private static final int SAVES = 12;

  @TempDir private Path folder = Path.of("");

  /** The application's writes would fail where a trigger's table is gone. */
  @Test
  void whatNotesChangesIsDropped() throws Exception {
    Finishing target = new Finishing(folder, 3);
    target.cutOver();
    target.game.append("run: {changes: triggers}\n");
    assertThat(target.run("writeback").status()).isEqualTo(ExitStatus.DONE);
    String triggers =
        "SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = DATABASE()";
    assertThat(target.game.number(triggers)).isPositive();
    Finishing.assertDone(target.run("finish", "--archive", target.archive));
    target.assertFinished();
    assertThat(target.game.number(triggers)).isZero();
    target.game.target("UPDATE player SET level = 1");
  }

  /** The archive has no other save at hand that the first item of a bag could be made like. */
  @Test
  void aSaveWithAFirstMemberIsInTheArchive() throws Exception {
    Finishing target = new Finishing(folder, 3);
    target.cutOver();
    target.game.target("DELETE FROM bag_item WHERE save_id = 2");
    Finishing.assertDone(target.run("writeback"));
    target.game.target(
        "INSERT INTO bag_item (save_id, ordinal, player_ordinal, position, thing, amount) VALUES"
            + " (2, 50, 0, 0, 'rope', 3)");
    Map<String, String> before = target.restored();
    assertThat(before).hasSize(3);
    Finishing.assertDone(target.run("finish", "--archive", target.archive));
    assertThat(target.archived()).isEqualTo(before);
  }

  /** What is archived as its BLOB needs its signature made anew, as what is made of rows does. */
  @Test
  void aNewSaveWithASignatureIsSigned() throws Exception {
    Finishing target = new Finishing(folder, 0);
    DjangoSigner signer = new DjangoSigner("k", null);
    for (int i = 0; i < 3; i++) {
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(Game.save(i));
      String unsigned = text + ":1s26kq:" + "A".repeat(43);
      target.game.put("p" + i, signer.sign(unsigned.getBytes(StandardCharsets.US_ASCII)));
    }
    Finishing.assertDone(target.run("migrate"));
    assertThat(target.run("cutover", "--all").out()).contains("handed over to the tables");
    NewApplication.save(
        target.game, "q1", "INSERT INTO player (save_id, ordinal, name) VALUES (:id, 0, 'Ann')");
    Finishing.assertDone(target.run("finish", "--archive", target.archive));

    Map<String, byte[]> blobs = new TreeMap<>();
    ArchiveRestore.Result without =
        new ArchiveRestore(List.of(), null)
            .run(target.archive, (key, blob) -> blobs.put(key.text(), blob));
    assertThat(blobs).containsOnlyKeys("p0", "p1", "p2");
    assertThat(without.problems()).hasSize(1).first().asString().contains("q1", DjangoSigner.KEY);
    ArchiveRestore.Result with =
        new ArchiveRestore(List.of(), signer)
            .run(target.archive, (key, blob) -> blobs.put(key.text(), blob));
    assertThat(with.problems()).isEmpty();
    assertThat(with.edited()).isEqualTo(1);
    byte[] made = Objects.requireNonNull(blobs.get("q1"));
    assertThat(signer.sign(made)).isEqualTo(made);
  }

  @Test
  void anArchiveIsLeftAndTheTablesStandAlone() throws Exception {
    Finishing target = new Finishing(folder, SAVES);
    byte[] damaged = "no pickle".getBytes(StandardCharsets.UTF_8);
    target.game.put("q1", damaged);
    target.game.put("q2", null);
    target.cutOver();
    // One that the source has as well, and one that it has not.
    NewApplication.save(
        target.game,
        "n0",
        "INSERT INTO player (save_id, ordinal, name, level) VALUES (:id, 0, 'Nora', 2)");
    Finishing.assertDone(target.run("writeback"));
    long born =
        NewApplication.save(
            target.game,
            "n1",
            "INSERT INTO player (save_id, ordinal, name, level) VALUES (:id, 0, 'Nina', 1)");
    Map<String, String> before = target.restored();
    assertThat(before).hasSize(SAVES + 2).containsKeys("n0", "n1");

    Run notYet = target.run("finish", "--archive", target.archive);
    assertThat(notYet.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(notYet.err()).contains("2 saves are quarantined and not accepted");
    assertThat(target.archive).doesNotExist();
    Path accept =
        Files.writeString(
            folder.resolve("accept.yaml"),
            """
            - cause: "quarantined:plain-text"
              most: 1
              reason: never was a save
            - cause: "quarantined:null"
              most: 1
              reason: never was a save
            """);

    Run finish = target.run("finish", "--archive", target.archive, "--accept", accept);
    Finishing.assertDone(finish);
    assertThat(finish.out())
        .contains("14  saves in ", "2  quarantined BLOBs", "nothing of Picklift is left");
    target.assertFinished();

    Path blobs = folder.resolve("blobs");
    Run restore = Run.of("restore", "--from", target.archive, "--out", blobs);
    Finishing.assertDone(restore);
    assertThat(restore.out())
        .contains("restored 15: as migrated ", "quarantined ones as they were 1; without a BLOB 1");
    assertThat(Files.readAllBytes(blobs.resolve("q1.pkl"))).isEqualTo(damaged);
    Map<String, String> archived = target.archived();
    archived.remove("q1");
    assertThat(archived).isEqualTo(before);

    // The new application works on, with keys that hold.
    target.game.target("DELETE FROM player WHERE save_id = 3");
    assertThat(target.game.number("SELECT COUNT(*) FROM friend WHERE save_id = 3")).isZero();
    assertThatThrownBy(
            () -> target.game.target("INSERT INTO friend (save_id, ordinal) VALUES (9999, 0)"))
        .isInstanceOf(SQLException.class);
    // And no run begins anew beside its rows.
    Run migrate = target.run("migrate");
    assertThat(migrate.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(migrate.err()).contains("there is no ledger of them");
    assertThat(target.game.number("SELECT COUNT(*) FROM player")).isEqualTo(SAVES + 1);
    // Ids go on where they were.
    assertThat(target.game.number("SELECT next_value FROM save_sequence WHERE name = 'save_id'"))
        .isGreaterThan(born);
    Finishing.assertDone(target.run("finish", "--archive", target.archive));
  }

  @Test
  void aFinishThatEndsAnywhereGoesOn() throws Exception {
    Finishing target = new Finishing(folder, 4);
    target.cutOver();
    Map<String, String> before = target.restored();
    Set<String> ends = new LinkedHashSet<>();
    boolean isEnded = true;
    while (isEnded) {
      isEnded = false;
      Map<String, Integer> met = new HashMap<>();
      Moments ending =
          name -> {
            int times = met.merge(name, 1, Integer::sum);
            if (List.of(1, 3).contains(times) && ends.add(name + " " + times)) {
              throw new IllegalStateException("ended");
            }
          };
      try {
        assertThat(target.finish(ending).isDone()).isTrue();
      } catch (IllegalStateException e) {
        isEnded = true;
        if (!ends.toString().contains("dropping")) {
          assertThat(target.restored()).as("ended at %s", ends).isEqualTo(before);
        }
      }
    }
    assertThat(ends)
        .contains("exporting a save 3", "proving 1", "noting 1", "a key 3", "dropping 3");
    target.assertFinished();
    assertThat(target.archived()).isEqualTo(before);
  }

  @Test
  void itSaysWhyNot() throws Exception {
    Finishing target = new Finishing(folder, SAVES);
    target.run("migrate");
    assertThat(target.finish(Moments.NONE).problems())
        .containsExactly(
            "12 saves still belong to the source: run cutover --all first (p0000, p0001, p0002,"
                + " ...)");
    target.cutOver();
    target.game.target("UPDATE picklift_save SET owner = 'source' WHERE source_key = 'p0004'");
    target.game.target(
        "DELETE FROM player WHERE save_id = (SELECT save_id FROM picklift_save WHERE source_key ="
            + " 'p0002')");
    target.game.target("CREATE VIEW seen AS SELECT save_id FROM picklift_save");
    assertThat(target.finish(Moments.NONE).problems())
        .anyMatch(line -> line.startsWith("1 save still belongs to the source"))
        .anyMatch(line -> line.startsWith("the view seen reads"))
        .contains("p0002: has 0 rows in player, and each save needs exactly one there")
        .anyMatch(line -> line.startsWith("friend: has rows of save_id "));
    assertThat(target.archive).doesNotExist();
  }

  /** What begins like Picklift's own tables is none of them for that. */
  @Test
  void aTableOfANameLikePickliftsOwnStays() throws Exception {
    Finishing target = new Finishing(folder, SAVES);
    Path mapping = folder.resolve("mapping.yaml");
    Files.writeString(
        mapping, Files.readString(mapping).replace("  bag_item:", "  picklift_bag_item:"));
    assertThat(target.run("cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    target.game.target(
        "CREATE TABLE picklift_guild (guild INT PRIMARY KEY, save_id BIGINT, FOREIGN KEY (save_id)"
            + " REFERENCES picklift_save (save_id) ON DELETE SET NULL)");
    target.game.target("INSERT INTO picklift_guild VALUES (1, 3), (2, NULL)");
    target.game.target("CREATE TABLE guild_log (guild INT)");
    target.game.target(
        "CREATE TRIGGER picklift_guild_log AFTER INSERT ON picklift_guild FOR EACH ROW INSERT INTO"
            + " guild_log VALUES (NEW.guild)");
    target.game.target("CREATE TABLE picklift_new_7 (guild INT)");
    assertThat(target.finish(Moments.NONE).problems())
        .singleElement()
        .asString()
        .startsWith("picklift_new_7: has a name that evolve uses for its own tables");
    target.game.target("DROP TABLE picklift_new_7");
    assertThat(target.finish(Moments.NONE).isDone()).isTrue();
    assertThat(target.game.number("SELECT COUNT(*) FROM picklift_bag_item")).isPositive();
    assertThat(target.game.number("SELECT save_id FROM picklift_guild WHERE guild = 1"))
        .isEqualTo(3);
    target.game.target("INSERT INTO picklift_guild VALUES (3, 4)");
    assertThat(target.game.number("SELECT COUNT(*) FROM guild_log")).isEqualTo(1);
    target.game.target("DELETE FROM player WHERE save_id = 3");
    assertThat(target.game.number("SELECT COUNT(save_id) FROM picklift_guild")).isEqualTo(1);
  }

  /** A quarantined save has no row in the root table, nor has a deleted one. */
  @Test
  void rowsOfOthersThatReferToSavesWithoutARowAreToldFirst() throws Exception {
    Finishing target = new Finishing(folder, SAVES);
    target.cutOver();
    for (String table : List.of("bag_item", "player_friend", "friend", "player")) {
      target.game.target("DELETE FROM " + table + " WHERE save_id = 5");
    }
    assertThat(target.run("writeback").out()).contains("1  removed saves deleted");
    target.game.target(
        "CREATE TABLE guild (member BIGINT NOT NULL, FOREIGN KEY (member) REFERENCES picklift_save"
            + " (save_id))");
    target.game.target("INSERT INTO guild VALUES (3), (5), (5)");
    assertThat(target.finish(Moments.NONE).problems())
        .singleElement()
        .asString()
        .startsWith(
            "guild: 2 rows refer by member to saves without a row in player, as quarantined and"
                + " deleted ones are (the first is save_id 5)");
    assertThat(target.archive).doesNotExist();
    assertThat(target.game.number("SELECT COUNT(*) FROM picklift_finish")).isZero();
    target.game.target("DELETE FROM guild WHERE member = 5");
    assertThat(target.finish(Moments.NONE).isDone()).isTrue();
    target.game.target("INSERT INTO guild VALUES (4)");
    assertThatThrownBy(() -> target.game.target("INSERT INTO guild VALUES (5)"))
        .isInstanceOf(SQLException.class);
  }

  /** Between two runs anything may come that the first one had asked for. */
  @Test
  void aFinishThatGoesOnAsksAgain() throws Exception {
    Finishing target = new Finishing(folder, SAVES);
    target.cutOver();
    endAt(target, "a key");
    assertThat(target.archive).exists();
    target.game.target("CREATE VIEW seen AS SELECT save_id FROM picklift_save");
    target.game.target("UPDATE picklift_save SET owner = 'source' WHERE source_key = 'p0004'");
    FinishResult not = target.finish(Moments.NONE);
    assertThat(not.isHalfDone()).isFalse();
    assertThat(not.problems())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("1 save still belongs to the source"))
        .anyMatch(line -> line.startsWith("the view seen reads"))
        .anyMatch(line -> line.endsWith("deleted, since the next run makes it again"));
    // Nothing is begun any more: every command can mend what is told.
    assertThat(target.archive).doesNotExist();
    target.game.target("UPDATE picklift_save SET owner = 'tables' WHERE source_key = 'p0004'");
    Finishing.assertDone(target.run("writeback"));
    target.game.target("DROP VIEW seen");

    endAt(target, "dropping");
    target.game.target("CREATE VIEW seen AS SELECT save_id FROM picklift_save");
    target.game.target(
        "CREATE TABLE guild (member BIGINT NOT NULL, FOREIGN KEY (member) REFERENCES picklift_save"
            + " (save_id))");
    target.game.target("INSERT INTO guild VALUES (3)");
    Run half = target.run("finish", "--archive", target.archive);
    assertThat(half.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(half.err()).contains("the view seen reads");
    assertThat(half.out()).contains("finish has begun in the target");
    target.game.target("DROP VIEW seen");
    assertThat(target.finish(Moments.NONE).isDone()).isTrue();
    assertThat(target.game.number("SELECT COUNT(*) FROM guild")).isEqualTo(1);
    target.game.target("DROP TABLE guild");
    target.assertFinished();
  }

  /** Keys that lead to the root table delete rows with a row there: no other command may write. */
  @Test
  void aFinishThatMovedKeysIsNotGivenUp() throws Exception {
    Finishing target = new Finishing(folder, 4);
    target.cutOver();
    int[] keys = {0};
    assertThatThrownBy(
            () ->
                target.finish(
                    name -> {
                      // The first is the unique key, the second that of a table.
                      if (name.equals("a key") && ++keys[0] == 3) {
                        throw new IllegalStateException("ended");
                      }
                    }))
        .hasMessage("ended");
    target.game.target("CREATE VIEW seen AS SELECT save_id FROM picklift_save");
    FinishResult not = target.finish(Moments.NONE);
    assertThat(not.isHalfDone()).isTrue();
    assertThat(not.problems())
        .singleElement()
        .asString()
        .startsWith("the view seen reads a table of Picklift's");
    assertThat(target.archive).exists();
    assertThat(target.run("backfill").err()).contains("finish has begun to take Picklift out");
    target.game.target("DROP VIEW seen");
    assertThat(target.finish(Moments.NONE).isDone()).isTrue();
    target.assertFinished();
  }

  private static void endAt(Finishing target, String moment) {
    assertThatThrownBy(
            () ->
                target.finish(
                    name -> {
                      if (name.equals(moment)) {
                        throw new IllegalStateException("ended");
                      }
                    }))
        .hasMessage("ended");
  }

  @Test
  void aSaveThatCannotBeRestoredStopsTheWhole() throws Exception {
    Finishing target = new Finishing(folder, SAVES);
    target.cutOver();
    target.game.target("UPDATE bag_item SET player_ordinal = 77 WHERE save_id = 4 LIMIT 1");
    FinishResult result = target.finish(Moments.NONE);
    assertThat(result.isDone()).isFalse();
    assertThat(result.problems()).hasSize(1);
    assertThat(target.archive).doesNotExist();
    assertThat(target.restored()).hasSize(SAVES - 1);
  }

  /** It would not be in the archive's BLOB. */
  @Test
  void aRowThatNothingRefersToStopsTheWhole() throws Exception {
    Finishing target = new Finishing(folder, SAVES);
    target.cutOver();
    target.game.target(
        "INSERT INTO friend (save_id, ordinal, name, since, player) VALUES (2, 9, 'x', 1, 0)");
    FinishResult result = target.finish(Moments.NONE);
    assertThat(result.isDone()).isFalse();
    assertThat(String.join("", result.problems()))
        .contains("nothing in the save refers to row 9 of table friend");
    assertThat(target.archive).doesNotExist();
  }

  @Test
  void aDamagedArchiveIsTold() throws Exception {
    Finishing target = new Finishing(folder, SAVES);
    target.cutOver();
    assertThat(target.finish(Moments.NONE).isDone()).isTrue();
    byte[] bytes = Files.readAllBytes(target.archive);
    bytes[bytes.length / 2] ^= 1;
    Files.write(target.archive, bytes);
    assertThatThrownBy(
            () -> new ArchiveRestore(List.of(), null).run(target.archive, (key, blob) -> {}))
        .isInstanceOf(IOException.class);
  }

  /** It is all that the other target has left of its BLOBs. */
  @Test
  void theArchiveOfAnotherTargetIsNotOverwritten() throws Exception {
    Finishing first = new Finishing(Files.createDirectories(folder.resolve("first")), 2);
    first.cutOver();
    assertThat(first.finish(Moments.NONE).isDone()).isTrue();
    Finishing second = new Finishing(Files.createDirectories(folder.resolve("second")), 3);
    second.cutOver();
    Run finish = second.run("finish", "--archive", first.archive);
    assertThat(finish.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(finish.err()).contains("saves.zip: exists, but is not an archive");
    assertThat(first.archived()).hasSize(2);
    assertThat(second.restored()).hasSize(3);
  }

  @Test
  void aTableThatCannotBeDroppedIsTold() throws Exception {
    Finishing target = new Finishing(folder, 2);
    target.cutOver();
    Set<String> met = new LinkedHashSet<>();
    Moments late =
        name -> {
          if (name.equals("dropping") && met.add(name)) {
            try {
              target.game.target(
                  "CREATE TABLE late (save_id BIGINT NOT NULL, FOREIGN KEY (save_id) REFERENCES"
                      + " picklift_save (save_id))");
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    assertThatThrownBy(() -> target.finish(late)).hasMessageContaining("picklift_save: foreign");
    target.game.target("DROP TABLE late");
    assertThat(target.finish(Moments.NONE).isDone()).isTrue();
    target.assertFinished();
  }

  /** A file that is no archive is not overwritten, and no other one takes the noted one's place. */
  @Test
  void noOtherFileIsTaken() throws Exception {
    Finishing target = new Finishing(folder, SAVES);
    target.cutOver();
    Files.writeString(target.archive, "precious");
    assertThatThrownBy(() -> target.finish(Moments.NONE)).hasMessageContaining("is not an archive");
    assertThat(target.archive).hasContent("precious");
    Files.delete(target.archive);
    assertThatThrownBy(
            () ->
                target.finish(
                    name -> {
                      if (name.equals("dropping")) {
                        throw new IllegalStateException("here");
                      }
                    }))
        .hasMessage("here");
    assertThat(target.run("backfill").err()).contains("finish has begun to take Picklift out");
    Run other = target.run("finish", "--archive", folder.resolve("other.zip"));
    assertThat(other.status()).isEqualTo(ExitStatus.USAGE);
    Files.move(target.archive, folder.resolve("away.zip"));
    assertThat(target.run("finish", "--archive", target.archive).err())
        .contains("put the file back");
    Files.move(folder.resolve("away.zip"), target.archive);
    assertThat(target.finish(Moments.NONE).isDone()).isTrue();
  }
}
