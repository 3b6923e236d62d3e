package io.picklift.app.birth;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.Run;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Saves of Python 2 and of Python 3 at one protocol: what is new in one is made like what saves of
 * the same Python have. Python 3 does not load a date that is written as by Python 2.
 */
@Tag("database")
final class OtherPythonTest {
  /** {@code {'days': [date(2020, 1, 2)], 'n': 1}} by Python 2.7. */
  private static final String PYTHON_2 =
      "80027d71002855046461797371015d7102636461746574696d650a646174650a7103550407e401027104857105"
          + "5271066155016e71074b01752e";

  /** {@code {'days': [date(2021, 1, 2)], 'n': 1}} by Python 3.13. */
  private static final String PYTHON_3 =
      "80027d71002858040000006461797371015d7102636461746574696d650a646174650a7103635f636f646563730a"
          + "656e636f64650a7104580500000007c3a50102710558060000006c6174696e31710686710752710885710952"
          + "710a6158010000006e710b4b01752e";

  /** {@code {'days': [], 'n': 2}} by Python 3.13. */
  private static final String EMPTY =
      "80027d71002858040000006461797371015d710258010000006e71034b02752e";

  @TempDir private Path folder = Path.of("");

  @Test
  void aFirstDateIsWrittenAsTheSavesPythonDoes() throws Exception {
    Game game = new Game(folder);
    Files.writeString(
        folder.resolve("mapping.yaml"),
        """
        version: 1
        tables:
          save: {root: true, columns: {n: INT}}
          day: {each: save.days, columns: {day: {path: ".", type: DATE}}}
        """);
    HexFormat hex = HexFormat.of();
    game.put("new", hex.parseHex(PYTHON_3));
    game.put("empty", hex.parseHex(EMPTY));
    // The save that is written last is the template's first.
    game.put("old", hex.parseHex(PYTHON_2));
    assertThat(Run.on(game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    game.target(
        "INSERT INTO day (save_id, ordinal, save_ordinal, position, day) SELECT save_id, 0, 0, 0,"
            + " '2024-05-06' FROM picklift_save WHERE source_key = 'empty'");
    Path out = folder.resolve("out");
    Run restored = Run.on(game, "restore", "--key", "empty", "--out", out);
    assertThat(restored.status()).as(restored.err()).isEqualTo(ExitStatus.DONE);
    assertThat(Files.readString(out.resolve("empty.pkl"), StandardCharsets.ISO_8859_1))
        .contains("c_codecs\nencode\n")
        .doesNotContain("U\4\7\u00e8");
  }
}
