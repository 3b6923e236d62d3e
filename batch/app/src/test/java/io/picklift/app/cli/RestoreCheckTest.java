package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code restore --check}, and what a mapping says of rows that come and go. */
@Tag("database")
final class RestoreCheckTest {
  private static final String OF = " WHERE save_id = (SELECT save_id FROM picklift_save WHERE";

  /** {@code {"on": True, "off": False, "at": datetime.time(10, 30)}}, of CPython 3.11. */
  private static final String FLAGS =
      "80049538000000000000007d94288c026f6e94888c036f666694898c02617494"
          + "8c086461746574696d65948c0474696d6594939443060a1e000000009485945294752e";

  /** {@code {"on": True, "off": False, "at": None}}. */
  private static final String NO_TIME =
      "80049518000000000000007d94288c026f6e94888c036f666694898c0261" + "74944e752e";

  @TempDir private Path folder = Path.of("");

  private static String of(String key) {
    return OF + " source_key = '" + key + "')";
  }

  private void mapping(String from, String to) throws Exception {
    Path file = folder.resolve("mapping.yaml");
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  @Test
  void aReferenceToADeletedRowIsNamedUntilTheMappingSaysWhatItBecomes() throws Exception {
    Game game = new Game(folder);
    game.fill(12);
    assertThat(Run.of("migrate", "--config", game.file()).status()).isEqualTo(ExitStatus.DONE);
    assertThat(Run.of("restore", "--check", "--config", game.file()).status())
        .isEqualTo(ExitStatus.DONE);

    game.target("DELETE FROM friend" + of("p0004") + " AND ordinal = 1");
    Run check = Run.of("restore", "--check", "--config", game.file());
    assertThat(check.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(check.out()).contains("could be restored 11: as migrated 11", "could not 1");
    assertThat(check.err()).contains("p0004: ", "row 1");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".pkl"))).isEmpty();
    }

    mapping("class: game.Friend\n", "class: game.Friend\n    on_missing: drop\n");
    assertThat(Run.of("backfill", "--config", game.file()).status()).isEqualTo(ExitStatus.DONE);
    assertThat(
            game.number(
                "SELECT COUNT(*) FROM picklift_mapping WHERE mapping_yaml LIKE '%on_missing%'"))
        .isOne();
    Run after = Run.of("restore", "--check", "--key", "p0004", "--config", game.file());
    assertThat(after.out()).contains("could be restored 1: as migrated 0, changed in the tables");
    assertThat(after.status()).isEqualTo(ExitStatus.DONE);
    Path out = folder.resolve("out");
    Run.of("restore", "--out", out, "--config", game.file());
    Run decoded = Run.of("decode", out.resolve("p0004.pkl"));
    assertThat(decoded.status()).isEqualTo(ExitStatus.DONE);
    assertThat(Files.readAllBytes(out.resolve("p0005.pkl"))).isEqualTo(Game.save(5));
  }

  /** It is read as NULL, which is what stood there. */
  @Test
  void aCellThatHoldsNoValueIsNotProvenByWhatWasThereBefore() throws Exception {
    Game game = new Game(folder);
    Files.writeString(
        folder.resolve("mapping.yaml"),
        """
        version: 1
        tables:
          save: {root: true, columns: {at: TIME(6)}}
        """);
    game.put("s1", HexFormat.of().parseHex(NO_TIME));
    assertThat(Run.of("migrate", "--config", game.file()).status()).isEqualTo(ExitStatus.DONE);
    assertThat(Run.of("verify", "--config", game.file()).status()).isEqualTo(ExitStatus.DONE);
    game.target("UPDATE save SET at = '30:00:00'");
    Run verify = Run.of("verify", "--config", game.file());
    assertThat(verify.status()).as(verify.out() + verify.err()).isEqualTo(ExitStatus.LOOK);
    assertThat(verify.out() + verify.err()).contains("row 0 of table save has what is no value");
  }

  @Test
  void cellsThatHoldNoValueAreNamedAndHoldUpNoOtherSave() throws Exception {
    Game game = new Game(folder);
    Files.writeString(
        folder.resolve("mapping.yaml"),
        """
        version: 1
        tables:
          save: {root: true, columns: {on_value: {path: "on", type: BOOLEAN}, off: BOOLEAN, at: TIME(6)}}
        """);
    for (int i = 1; i < 5; i++) {
      game.put("s" + i, HexFormat.of().parseHex(FLAGS));
    }
    assertThat(Run.of("migrate", "--config", game.file()).status()).isEqualTo(ExitStatus.DONE);
    game.target("UPDATE save SET on_value = 2, off = -1" + of("s1"));
    game.target("UPDATE save SET at = '30:00:00'" + of("s2"));
    game.target("UPDATE save SET off = 1" + of("s3"));
    Run check = Run.of("restore", "--check", "--config", game.file());
    assertThat(check.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(check.err())
        .contains(
            "s1: on: is neither 0 nor 1 in save.on_value, which is a BOOLEAN: set it to one of"
                + " them; also off: is")
        .contains("s2: row 0 of table save has what is no value in at: set it to one, or to NULL");
    assertThat(check.out())
        .contains("could be restored 2: as migrated 1, changed in the tables since 1; could not 2");

    // Nor does such a cell keep the source's save out.
    game.put("s2", HexFormat.of().parseHex(FLAGS.replace("0a1e00", "0a1f00")));
    Run taken = Run.of("backfill", "--conflicts", "take-source", "--config", game.file());
    assertThat(taken.status()).as(taken.out() + taken.err()).isEqualTo(ExitStatus.DONE);
    assertThat(game.text("SELECT at FROM save" + of("s2"))).startsWith("10:31:00");
  }
}
