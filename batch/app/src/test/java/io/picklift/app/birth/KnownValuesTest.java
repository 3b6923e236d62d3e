package io.picklift.app.birth;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.Run;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An enum's member of a value that no save ever had is refused: Python could not read it. */
@Tag("database")
final class KnownValuesTest {
  private static final int SAVES = 60;

  @TempDir private Path folder = Path.of("");

  private Game cutOver() throws Exception {
    Game game = new Game(folder);
    game.fill(SAVES);
    assertThat(Run.on(game, "migrate").status()).isEqualTo(ExitStatus.DONE);
    assertThat(Run.on(game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    return game;
  }

  private static void rank(Game game, String key, String rank) throws Exception {
    game.target(
        "UPDATE player SET rank_name = '%s' WHERE save_id = (SELECT save_id FROM picklift_save WHERE source_key = '%s')"
            .formatted(rank, key));
  }

  @Test
  void aMemberThatNoSaveHadIsNamedWithTheStatementThatMakesItKnown() throws Exception {
    Game game = cutOver();
    assertThat(
            game.number(
                "SELECT COUNT(DISTINCT rank_name) FROM player WHERE rank_name NOT IN (SELECT"
                    + " CONVERT(value USING utf8mb4) FROM picklift_known_value WHERE class_name ="
                    + " 'game.Rank' AND place = 'player.rank_name')"))
        .isZero();
    String other = game.text("SELECT MAX(rank_name) FROM player");
    String first = game.text("SELECT MIN(rank_name) FROM player");
    assertThat(first).isNotEqualTo(other);
    rank(game, "p0001", String.valueOf(first));
    rank(game, "p0003", String.valueOf(other));
    assertThat(Run.on(game, "restore", "--check").status()).isEqualTo(ExitStatus.DONE);

    rank(game, "p0002", "knight");
    Run check = Run.on(game, "restore", "--check");
    assertThat(check.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(check.out()).contains("could not 1");
    assertThat(check.err())
        .contains(
            "p0002: rank: is 'knight' in player.rank_name, which no save had that was migrated, as"
                + " a member of game.Rank");
    assertThat(Run.on(game, "verify").status()).isEqualTo(ExitStatus.LOOK);
    Run written = Run.on(game, "writeback");
    assertThat(written.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(written.out()).contains("1  not written").contains("p0002: rank: is 'knight'");

    String statement = check.err();
    statement =
        statement.substring(statement.indexOf("INSERT INTO")).lines().findFirst().orElse("");
    game.target(statement);
    assertThat(Run.on(game, "restore", "--check").status()).isEqualTo(ExitStatus.DONE);
    assertThat(Run.on(game, "writeback").status()).isEqualTo(ExitStatus.DONE);
  }

  /** What the old application wrote before a save was handed over is known, too. */
  @Test
  void aLaterCutoverLearnsWhatWasMigratedSince() throws Exception {
    Game game = cutOver();
    long before = game.number("SELECT COUNT(*) FROM picklift_known_value");
    game.put("p9000", Game.save(4));
    game.put("p9001", Game.save(5));
    assertThat(Run.on(game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    assertThat(game.number("SELECT COUNT(*) FROM picklift_known_value")).isEqualTo(before);
    game.target(
        "UPDATE player SET level = 7 WHERE save_id = (SELECT save_id FROM picklift_save WHERE"
            + " source_key = 'p9000')");
    assertThat(Run.on(game, "restore", "--check").status()).isEqualTo(ExitStatus.DONE);
  }

  /** One of the game's saves whose rank has this value. */
  private static byte[] ranked(int number, String rank) throws Exception {
    byte[] text = rank.getBytes(StandardCharsets.UTF_8);
    for (int at = number; ; at++) {
      String save = new String(Game.save(at), StandardCharsets.ISO_8859_1);
      boolean isFramed = save.charAt(2) == '\u0095';
      String before = save.contains("\u008c\u0004king") ? "king" : "pawn";
      if (isFramed && save.contains("\u008c\u0004" + before)) {
        String after = new String(text, StandardCharsets.ISO_8859_1);
        String made = save.replace("\u008c\u0004" + before, "\u008c" + (char) text.length + after);
        byte[] bytes = made.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer frame = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        frame.putLong(3, frame.getLong(3) + made.length() - save.length());
        return bytes;
      }
    }
  }

  private static void insertAsTold(Game game, Run check) throws Exception {
    String err = check.err();
    game.target(err.substring(err.indexOf("INSERT INTO")).lines().findFirst().orElse(""));
  }

  /** To Python K and k are two, and e and \u00e9; so they are by their bytes. */
  @Test
  void valuesThatAColumnsCollationTakesForOneAreSeveral() throws Exception {
    Game game = new Game(folder);
    Path mapping = folder.resolve("mapping.yaml");
    Files.writeString(mapping, Files.readString(mapping) + "collation: utf8mb4_unicode_ci\n");
    List<String> ranks = List.of("K", "k", "e", "\u00e9");
    for (int i = 0; i < SAVES; i++) {
      game.put(String.format("p%04d", i), ranked(i, ranks.get(i % ranks.size())));
    }
    assertThat(Run.on(game, "migrate").status()).isEqualTo(ExitStatus.DONE);
    assertThat(Run.on(game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    assertThat(game.number("SELECT COUNT(DISTINCT rank_name) FROM player")).isEqualTo(2);
    assertThat(
            game.number("SELECT COUNT(*) FROM picklift_known_value WHERE class_name = 'game.Rank'"))
        .isEqualTo(ranks.size());
    // Other than the rank that each has.
    for (int i = 0; i < ranks.size(); i++) {
      rank(game, String.format("p%04d", i), ranks.get((i + 1) % ranks.size()));
    }
    Run check = Run.on(game, "restore", "--check");
    assertThat(check.status()).as(check.err()).isEqualTo(ExitStatus.DONE);

    rank(game, "p0001", "\u00c9");
    check = Run.on(game, "restore", "--check");
    assertThat(check.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(check.err()).contains("rank: is '\u00c9' in player.rank_name", "X'c389'");
    insertAsTold(game, check);
    assertThat(Run.on(game, "restore", "--check").status()).isEqualTo(ExitStatus.DONE);

    rank(game, "p0002", "o''\\\\n");
    check = Run.on(game, "restore", "--check");
    assertThat(check.err()).contains("X'6f275c6e'");
    insertAsTold(game, check);
    assertThat(Run.on(game, "restore", "--check").status()).isEqualTo(ExitStatus.DONE);
  }

  /** What the user said stays, whatever save was written last. */
  @Test
  void aCutoverThatNoNewSaveCanBeMadeLikeForgetsNothing() throws Exception {
    Game game = cutOver();
    game.target(
        "INSERT INTO picklift_known_value (source_table, class_name, place, value) SELECT DISTINCT"
            + " source_table, 'game.Rank', 'player.rank_name', 'duke' FROM picklift_save");
    game.target(
        "INSERT INTO picklift_known_value (source_table, class_name, place, value) SELECT DISTINCT"
            + " source_table, 'game.Colour', '', '' FROM picklift_save");
    long before = game.number("SELECT COUNT(*) FROM picklift_known_value");
    rank(game, "p0002", "joker");
    game.put("p9000", ranked(0, "bishop"));
    game.put(
        "z0001",
        "cgame\nPlayer\n.}(S'name'\nS'Ann'\nS'rank'\ncgame\nRank\n(S'rook'\ntRu."
            .getBytes(StandardCharsets.US_ASCII));
    Run cutover = Run.on(game, "cutover", "--all");
    assertThat(cutover.out() + cutover.err())
        .contains("z0001, the save that was written last, cannot be the template of new saves");
    // Those of the saves that are handed over now, and not what was written into another's row.
    assertThat(
            game.number(
                "SELECT COUNT(*) FROM picklift_known_value WHERE value IN ('bishop', 'rook')"))
        .isEqualTo(2);
    assertThat(game.number("SELECT COUNT(*) FROM picklift_known_value")).isEqualTo(before + 2);
    assertThat(Run.on(game, "restore", "--check").err()).contains("p0002: rank: is 'joker'");
  }

  /** What an application may have written into rows by now proves nothing. */
  @Test
  void nothingIsLearntOfAClassThatSavesShowWhichTheTablesOwn() throws Exception {
    Game game = cutOver();
    game.target("DELETE FROM picklift_known_value");
    rank(game, "p0002", "joker");
    for (int i = 0; i < 12; i++) {
      game.put(String.format("q%04d", i), Game.save(i));
    }
    assertThat(Run.on(game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    assertThat(game.number("SELECT COUNT(*) FROM picklift_known_value")).isZero();
  }

  /** A save of a dict that has members of {@code game.Rank} deep in what a document shows. */
  private static byte[] documented(int number, String first, String second) {
    String save =
        """
        (dS'name'
        S'n%d'
        sS'marks'
        (dS'top'
        cgame
        Rank
        p1
        (S'%s'
        tRp2
        sS'all'
        (lg2
        ag1
        (S'%s'
        tRasS'word'
        S'w%d'
        ss."""
            .formatted(number, first, second, number);
    return save.getBytes(StandardCharsets.US_ASCII);
  }

  private Game documents() throws Exception {
    Game game = new Game(folder);
    Files.writeString(
        folder.resolve("mapping.yaml"),
        """
        version: 1
        ledger: picklift_save
        tables:
          save:
            root: true
            columns: {name: VARCHAR(40), marks: JSON}
        """);
    List<String> ranks = List.of("pawn", "king", "K", "k");
    for (int i = 0; i < 12; i++) {
      game.put(String.format("p%04d", i), documented(i, ranks.get(i % 4), ranks.get(i / 4)));
    }
    assertThat(Run.on(game, "migrate").status()).isEqualTo(ExitStatus.DONE);
    Run cutover = Run.on(game, "cutover", "--all");
    assertThat(cutover.status()).as(cutover.err()).isEqualTo(ExitStatus.DONE);
    return game;
  }

  private static void mark(Game game, String key, String path, String value) throws Exception {
    game.target(
        "UPDATE save SET marks = JSON_SET(marks, '%s', '%s') WHERE save_id = (SELECT save_id FROM picklift_save WHERE source_key = '%s')"
            .formatted(path, value, key));
  }

  @Test
  void aMemberInADocumentIsCheckedLikeOneInAColumn() throws Exception {
    Game game = documents();
    assertThat(game.number("SELECT COUNT(*) FROM picklift_known_value WHERE place = 'save.marks'"))
        .isEqualTo(4);
    mark(game, "p0000", "$.top", "k");
    mark(game, "p0001", "$.all[1]", "K");
    mark(game, "p0002", "$.word", "no member");
    Run check = Run.on(game, "restore", "--check");
    assertThat(check.status()).as(check.err()).isEqualTo(ExitStatus.DONE);

    mark(game, "p0003", "$.all[1]", "duke");
    check = Run.on(game, "restore", "--check");
    assertThat(check.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(check.out()).contains("could not 1");
    assertThat(check.err())
        .contains(
            "p0003: marks.all[1]: is 'duke' in save.marks, which no save had that was migrated, as"
                + " a member of game.Rank");
    insertAsTold(game, check);
    assertThat(Run.on(game, "restore", "--check").status()).isEqualTo(ExitStatus.DONE);
    assertThat(Run.on(game, "writeback").status()).isEqualTo(ExitStatus.DONE);
  }

  /** What is known by a column is known by the document that shows it later. */
  @Test
  void aDocumentThatShowsAnEnumLaterTakesTheMembersThatItHasElsewhere() throws Exception {
    Game game = cutOver();
    Path mapping = folder.resolve("mapping.yaml");
    Path next = folder.resolve("next.yaml");
    Files.writeString(
        next,
        Files.readString(mapping)
            .replace(
                "rank_name: {path: rank, type: VARCHAR(10)}",
                "rank_name: {path: rank, type: JSON}"));
    Run evolved = Run.on(game, "evolve", "--mapping", next.toString());
    assertThat(evolved.status()).as(evolved.err()).isEqualTo(ExitStatus.DONE);
    Files.copy(next, mapping, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    rank(game, "p0001", "\"king\"");
    assertThat(Run.on(game, "restore", "--check").status()).isEqualTo(ExitStatus.DONE);
    rank(game, "p0002", "\"knight\"");
    assertThat(Run.on(game, "restore", "--check").err())
        .contains("p0002: rank: is 'knight' in player.rank_name");
  }

  /** A save whose rank is written by value or, as by the first Pythons 3.11, by name. */
  private static byte[] written(int number, boolean isByName, String rank) {
    String member =
        isByName
            ? "c__builtin__\ngetattr\n(cgame\nRank\nS'%s'\ntR".formatted(rank)
            : "cgame\nRank\n(S'%s'\ntR".formatted(rank);
    String save = "(dS'name'\nS'n%d'\nsS'rank'\n%ssS'marks'\n(lp1\n%sas.";
    return save.formatted(number, member, member).getBytes(StandardCharsets.US_ASCII);
  }

  /** The same column has the members of some saves by value, and those of others by name. */
  @Test
  void aMemberByNameIsNoneByValue() throws Exception {
    Game game = new Game(folder);
    Files.writeString(
        folder.resolve("mapping.yaml"),
        """
        version: 1
        ledger: picklift_save
        tables:
          save:
            root: true
            columns: {name: VARCHAR(40), rank_name: {path: rank, type: VARCHAR(10)}, marks: JSON}
        """);
    for (int i = 0; i < 24; i++) {
      boolean isByName = i % 2 == 1;
      String rank = i % 3 == 0 ? "king" : "pawn";
      game.put(
          String.format("p%04d", i),
          written(i, isByName, isByName ? rank.toUpperCase(Locale.ROOT) : rank));
    }
    assertThat(Run.on(game, "migrate").status()).isEqualTo(ExitStatus.DONE);
    Run cutover = Run.on(game, "cutover", "--all");
    assertThat(cutover.status()).as(cutover.err()).isEqualTo(ExitStatus.DONE);
    String update =
        "UPDATE save SET rank_name = '%s', marks = '[\"%s\"]' WHERE save_id = (SELECT save_id FROM picklift_save WHERE source_key = '%s')";
    game.target(update.formatted("king", "king", "p0002"));
    game.target(update.formatted("KING", "KING", "p0001"));
    Run check = Run.on(game, "restore", "--check");
    assertThat(check.status()).as(check.err()).isEqualTo(ExitStatus.DONE);

    game.target(update.formatted("KING", "king", "p0004"));
    game.target(update.formatted("king", "KING", "p0005"));
    game.target(update.formatted("PAWN", "DUKE", "p0007"));
    check = Run.on(game, "restore", "--check");
    assertThat(check.out()).contains("could not 3");
    assertThat(check.err())
        .contains(
            "p0004: rank: is 'KING' in save.rank_name",
            "p0005: rank: is 'king' in save.rank_name",
            "member of game.Rank (by name)",
            "p0007: marks[0]: is 'DUKE' in save.marks");
  }
}
