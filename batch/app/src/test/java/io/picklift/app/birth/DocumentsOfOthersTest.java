package io.picklift.app.birth;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.Run;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is new in the document of a JSON column is made like what other saves have in its place: a
 * text there may be a member of an enum.
 */
@Tag("database")
final class DocumentsOfOthersTest {
  private static final int SAVES = 9;

  /** A date, which counts as a value that the document does not hold exactly. */
  private static final String DAY = "cdatetime\ndate\n(S'\\x07\\xe8\\x05\\x01'\ntR";

  @TempDir private Path folder = Path.of("");

  /** A member, which stands elsewhere in the save as {@code g5}. */
  private static String rank(String value) {
    return "cgame\nRank\n(S'%s'\ntRp5\n".formatted(value);
  }

  /** One save in protocol 0. */
  private static byte[] save(int number, String settings, String meta) {
    String items = "(lp1\n(dS'name'\nS'i'\nsS'meta'\n%ssa".formatted(meta);
    return "(dS'name'\nS'n%d'\nsS'settings'\n%ssS'items'\n%ss."
        .formatted(number, settings, items)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private Game mapped() throws Exception {
    Game game = new Game(folder);
    Files.writeString(
        folder.resolve("mapping.yaml"),
        """
        version: 1
        ledger: picklift_save
        tables:
          save:
            root: true
            columns: {name: VARCHAR(40), settings: JSON}
          item:
            each: save.items
            columns: {name: VARCHAR(40), meta: JSON}
        """);
    return game;
  }

  private Game cutOver() throws Exception {
    Game game = mapped();
    for (int i = 0; i + 1 < SAVES; i++) {
      String king = rank(i % 2 == 0 ? "king" : "pawn");
      game.put(
          "p" + i,
          save(
              i,
              "(dS'theme'\nS'dark'\nsS'rank'\n" + king + "sS'hints'\n(lp9\ng5\nas",
              "(dS'rank'\ng5\nsS'n'\nI1\ns"));
    }
    game.put(
        "poor", save(99, "(dS'theme'\nS'dark'\nsS'hints'\n(lp9\nsS'since'\n" + DAY + "s", "N"));
    assertThat(Run.on(game, "migrate").status()).isEqualTo(ExitStatus.DONE);
    Run cutover = Run.on(game, "cutover", "--all");
    assertThat(cutover.status()).as(cutover.err()).isEqualTo(ExitStatus.DONE);
    return game;
  }

  private static final String POOR =
      "(SELECT save_id FROM picklift_save WHERE source_key = 'poor')";

  private String restored(Game game) throws Exception {
    Path out = folder.resolve("out");
    Run restored = Run.on(game, "restore", "--key", "poor", "--out", out.toString());
    assertThat(restored.status()).as(restored.err()).isEqualTo(ExitStatus.DONE);
    return Files.readString(out.resolve("poor.pkl"), StandardCharsets.ISO_8859_1);
  }

  /** How many calls there are, the date's aside. */
  private static int ranks(String pickle) {
    return pickle.split("\nRp", -1).length - 2;
  }

  @Test
  void aFirstMemberAndANewKeyAreMadeLikeThoseOfOthers() throws Exception {
    Game game = cutOver();
    game.target(
        "UPDATE save SET settings = JSON_SET(settings, '$.rank', 'king', '$.hints[0]', 'pawn',"
            + " '$.other', 'text') WHERE save_id = "
            + POOR);
    String pickle = restored(game);
    assertThat(ranks(pickle)).as(pickle).isEqualTo(2);
    assertThat(pickle).contains("text");
    assertThat(game.number("SELECT COUNT(*) FROM picklift_column_unfit")).isEqualTo(1);
    for (String again : List.of("1  saves written", "0  saves written")) {
      Run written = Run.on(game, "writeback");
      assertThat(written.status()).as(written.err()).isEqualTo(ExitStatus.DONE);
      assertThat(written.out()).contains(again);
    }
    assertThat(game.number("SELECT COUNT(*) FROM picklift_column_unfit")).isEqualTo(1);
    game.target(
        "UPDATE save SET settings = JSON_SET(settings, '$.hints[0]', 'duke') WHERE save_id = "
            + POOR);
    assertThat(Run.on(game, "restore", "--check").err())
        .contains("poor: settings.hints[0]: is 'duke' in save.settings");
  }

  /** Some saves have the members of an enum by value, others by name. */
  @Test
  void aMemberIsWrittenInOneOfTheFormsThatOthersHave() throws Exception {
    Game game = cutOver();
    for (int i = 0; i < 6; i++) {
      String king = "c__builtin__\ngetattr\n(cgame\nRank\nS'%s'\ntR";
      game.put(
          "q" + i,
          save(
              i,
              "(dS'rank'\n" + king.formatted(i % 2 == 0 ? "KING" : "PAWN") + "sS'hints'\n(lp9\ns",
              "N"));
    }
    assertThat(Run.on(game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    game.target(
        "UPDATE save SET settings = JSON_SET(settings, '$.rank', 'KING') WHERE save_id = " + POOR);
    String err = Run.on(game, "restore", "--check").err();
    String pickle = err.isEmpty() ? restored(game) : err;
    assertThat(pickle).as(pickle).containsPattern("getattr|is 'KING' in save.settings");
  }

  /** As where the key is not there: None says nothing of what else stands there. */
  @Test
  void whatTakesThePlaceOfNoneIsMadeLikeThoseOfOthers() throws Exception {
    Game game = mapped();
    for (int i = 0; i < 4; i++) {
      String best = i == 0 ? "N" : "(I1\nI2\nt";
      String rank = i == 0 ? "N" : rank("king");
      game.put(
          i == 0 ? "poor" : "p" + i,
          save(i, "(dS'best'\n" + best + "sS'rank'\n" + rank + "s", "N"));
    }
    assertThat(Run.on(game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    game.target(
        "UPDATE save SET settings = JSON_SET(settings, '$.best', JSON_ARRAY(3, 4), '$.rank',"
            + " 'king') WHERE save_id = "
            + POOR);
    String pickle = restored(game);
    assertThat(pickle).contains("(I3\nI4\nt");
    assertThat(pickle).contains("game\nRank\n");
  }

  @Test
  void theDocumentOfANewRowIsMadeLikeThoseOfOthers() throws Exception {
    Game game = cutOver();
    game.target(
        "INSERT INTO item (save_id, ordinal, save_ordinal, position, name, meta) SELECT save_id, 7,"
            + " 0, 1, 'new', '{\"rank\": \"pawn\", \"n\": 3}' FROM picklift_save WHERE source_key ="
            + " 'poor'");
    game.target(
        "UPDATE item SET meta = '{\"rank\": \"king\", \"n\": 2}' WHERE ordinal = 0 AND save_id = "
            + POOR);
    String pickle = restored(game);
    assertThat(ranks(pickle)).as(pickle).isEqualTo(2);
    game.target(
        "UPDATE item SET meta = '{\"n\": {\"$float\": \"nan\"}}' WHERE ordinal = 7 AND save_id = "
            + POOR);
    assertThat(Run.on(game, "restore", "--check").err()).contains("begins with $");
  }
}
