package io.picklift.app.cli;

import static io.picklift.app.cli.MergeGames.done;
import static io.picklift.app.cli.MergeGames.edit;
import static io.picklift.app.cli.MergeGames.edited;
import static io.picklift.app.cli.MergeGames.ofSave;
import static io.picklift.app.cli.MergeGames.restored;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept to merge by follows each command that changes what both sides agree on. */
@Tag("database")
final class MergeRestTest {
  private static final String KEY = "p0003";
  private static final String ITEMS =
      "SELECT GROUP_CONCAT(ordinal, ' ', thing, ' ', amount ORDER BY ordinal) FROM bag_item"
          + " WHERE save_id = :id";

  @TempDir private Path folder = Path.of("");

  private MergeGames games() {
    return new MergeGames(folder);
  }

  private static Run merge(Game game) {
    return Run.on(game, "backfill", "--conflicts", "merge");
  }

  private static byte[] inSource(Game game, String key) throws Exception {
    try (Connection connection = game.connection(game.sourceUrl());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT data FROM saves WHERE id = '" + key + "'")) {
      assertThat(row.next()).isTrue();
      return row.getBytes(1);
    }
  }

  private static long bases(Game game) throws Exception {
    return game.number(ofSave("SELECT COUNT(*) FROM picklift_base WHERE save_id = :id", KEY));
  }

  private static void assertBase(Game game, byte[] blob) throws Exception {
    String sql =
        ofSave(
            "SELECT base, base_bytes, b.blob_sha256 = s.blob_sha256 FROM picklift_base b"
                + " JOIN picklift_save s ON s.save_id = b.save_id WHERE s.save_id = :id",
            KEY);
    try (Connection connection = game.targetConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).as("a base").isTrue();
      assertThat(Zstd.decompress(row.getBytes(1), row.getInt(2))).isEqualTo(blob);
      assertThat(row.getBoolean(3)).isTrue();
    }
  }

  private void assertSays(Game game, String key, byte[] expected) throws Exception {
    assertThat(games().json(restored(game, key))).isEqualTo(games().json(expected));
  }

  private static List<String> both(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  @Test
  void afterWritebackTheBaseIsWhatWasWritten() throws Exception {
    List<String> owned =
        List.of(
            "UPDATE player SET name = 'owned' WHERE save_id = :id",
            "INSERT INTO bag_item (save_id, ordinal, player_ordinal, position, thing, amount)"
                + " SELECT :id, 900, 0, -1, 'anvil', 3");
    List<String> later =
        List.of(
            "UPDATE player SET name = 'later' WHERE save_id = :id",
            "UPDATE bag_item SET amount = 4 WHERE save_id = :id AND thing = 'anvil'");
    List<String> inSource =
        List.of(
            "UPDATE player SET money = 8.25 WHERE save_id = :id",
            "UPDATE bag_item SET amount = 70 WHERE save_id = :id AND thing = 'thing 1'");
    Game game = games().migrated("game", 4);
    done(Run.on(game, "cutover", "--key", KEY));
    edit(game, KEY, owned);
    done(Run.on(game, "writeback"));
    byte[] written = inSource(game, KEY);
    assertBase(game, written);
    done(Run.on(game, "cutover", "--back", "--key", KEY));

    edit(game, KEY, later);
    game.put(KEY, MergeGames.edited(written, inSource));
    done(merge(game));
    assertSays(game, KEY, MergeGames.edited(written, both(inSource, later)));
    assertThat(game.text(ofSave("SELECT name FROM player WHERE save_id = :id", KEY)))
        .isEqualTo("later");
    assertBase(game, inSource(game, KEY));
  }

  /** No other is kept meanwhile, and none of a save that is gone. */
  @Test
  void theBaseIsWhatTheSaveWasMadeOfLast() throws Exception {
    Game game = games().migrated("game", 4);
    assertBase(game, Game.save(3));
    game.put(KEY, Game.save(4));
    done(Run.on(game, "backfill"));
    assertBase(game, Game.save(4));

    edit(game, KEY, List.of("UPDATE player SET name = 'lost' WHERE save_id = :id"));
    game.put(KEY, Game.save(5));
    done(Run.on(game, "repair", "--key", KEY));
    assertBase(game, Game.save(5));

    game.put(KEY, new byte[] {'<'});
    assertThat(Run.on(game, "backfill").status()).isEqualTo(ExitStatus.LOOK);
    assertThat(bases(game)).isZero();
    game.put(KEY, Game.save(6));
    done(Run.on(game, "quarantine", "retry", "--key", KEY));
    assertBase(game, Game.save(6));

    game.source("DELETE FROM saves WHERE id = '" + KEY + "'");
    done(Run.on(game, "backfill"));
    assertThat(game.text(ofSave("SELECT status FROM picklift_save WHERE save_id = :id", KEY)))
        .isEqualTo("deleted");
    assertThat(bases(game)).isZero();
    game.put(KEY, Game.save(7));
    done(Run.on(game, "backfill"));
    assertBase(game, Game.save(7));

    List<String> inTarget = List.of("UPDATE player SET name = 'mine' WHERE save_id = :id");
    List<String> inSource = List.of("UPDATE player SET level = 41 WHERE save_id = :id");
    edit(game, KEY, inTarget);
    game.put(KEY, MergeGames.edited(Game.save(7), inSource));
    done(merge(game));
    assertSays(game, KEY, MergeGames.edited(Game.save(7), both(inSource, inTarget)));
  }

  @Test
  void aSaveThatTheTablesDeletedHasNoBase() throws Exception {
    Game game = games().migrated("game", 4);
    done(Run.on(game, "cutover", "--all"));
    for (String table : List.of("bag_item", "player_friend", "friend", "player")) {
      game.target(ofSave("DELETE FROM " + table + " WHERE save_id = :id", KEY));
    }
    done(Run.on(game, "writeback"));
    assertThat(game.text(ofSave("SELECT status FROM picklift_save WHERE save_id = :id", KEY)))
        .isEqualTo("deleted");
    assertThat(bases(game)).isZero();
    assertThat(game.number("SELECT COUNT(*) FROM picklift_base")).isEqualTo(3);
  }

  @Test
  void aBrokenSaveInTheSourceLeavesAnEditedOne() throws Exception {
    Game game = games().migrated("game", 4);
    edit(game, KEY, List.of("UPDATE player SET name = 'mine' WHERE save_id = :id"));
    game.put(KEY, new byte[] {'<'});
    Run told = merge(game);
    assertThat(told.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(told.out() + told.err())
        .contains(KEY + " is not merged: what the source has now is no save");
    assertThat(game.text(ofSave("SELECT name FROM player WHERE save_id = :id", KEY)))
        .isEqualTo("mine");
    assertBase(game, Game.save(3));
  }

  /** A column more, and a table of another name, whose rows are numbered anew. */
  @Test
  void afterEvolveRowsAreMatchedByWhatTheyHold() throws Exception {
    List<String> before =
        List.of(
            "UPDATE friend SET since = 1980 WHERE save_id = :id AND name = 'Friend 0 of 3'",
            "DELETE FROM bag_item WHERE save_id = :id AND thing = 'thing 0'",
            "INSERT INTO bag_item (save_id, ordinal, player_ordinal, position, thing, amount)"
                + " SELECT :id, 900, 0, -1, 'anvil', 3");
    List<String> after =
        List.of(
            "UPDATE friend SET name = 'Zoë' WHERE save_id = :id AND name = 'Friend 2 of 3'",
            "UPDATE item SET amount = 4 WHERE save_id = :id AND thing = 'anvil'",
            "UPDATE player SET note = 17 WHERE save_id = :id");
    List<String> inSource =
        List.of(
            "UPDATE friend SET since = 2050 WHERE save_id = :id AND name = 'Friend 2 of 3'",
            "UPDATE friend SET name = 'Ann' WHERE save_id = :id AND name = 'Friend 1 of 3'",
            "UPDATE bag_item SET amount = 70 WHERE save_id = :id AND thing = 'thing 1'",
            "DELETE FROM bag_item WHERE save_id = :id AND thing = 'thing 2'",
            "UPDATE player SET level = 99 WHERE save_id = :id");
    Game game = games().migrated("game", 4);
    edit(game, KEY, before);
    Path next = next(game, "next.yaml");
    done(Run.on(game, "evolve", "--mapping", next));
    Files.copy(
        next, game.file().resolveSibling("mapping.yaml"), StandardCopyOption.REPLACE_EXISTING);
    String numbered = ofSave("SELECT is_numbered FROM picklift_base WHERE save_id = :id", KEY);
    assertThat(game.number(numbered)).isZero();
    String ordinal =
        ofSave("SELECT ordinal FROM item WHERE save_id = :id AND thing = 'anvil'", KEY);
    assertThat(game.number(ordinal)).isNotEqualTo(900);
    edit(game, KEY, after);
    byte[] theirs = MergeGames.edited(Game.save(3), inSource);
    game.put(KEY, theirs);
    done(merge(game));

    Game all = games().keeping("all");
    next(all, "mapping.yaml");
    List<String> edits =
        both(inSource, both(before, after)).stream()
            .map(sql -> sql.replace("bag_item", "item"))
            .toList();
    assertSays(game, KEY, edited(all, Game.save(3), edits));
    // The rows have the ordinals of a split by the new mapping now: the next merge goes by them.
    assertThat(game.number(numbered)).isOne();
    String later = "UPDATE friend SET since = 2051 WHERE save_id = :id AND since = 2050";
    game.put(KEY, MergeGames.edited(theirs, List.of(later)));
    done(merge(game));
    edit(all, "one", List.of(later));
    assertSays(game, KEY, restored(all, "one"));
  }

  private static Path next(Game game, String name) throws Exception {
    Path former = game.file().resolveSibling("mapping.yaml");
    return Files.writeString(
        game.file().resolveSibling(name),
        Files.readString(former)
            .replace("  bag_item:", "  item:")
            .replace(
                "      level: INT\n",
                "      level: INT\n      note: {path: 'notes[\"zoë\"][1]', type: INT}\n"));
  }

  @Test
  void anObjectOfAClassTableGetsBothSidesAttributes() throws Exception {
    List<String> inSource =
        List.of("UPDATE friend SET since = 2050 WHERE save_id = :id AND ordinal = 1");
    List<String> inTarget =
        List.of("UPDATE friend SET name = 'Zoë' WHERE save_id = :id AND ordinal = 1");
    Game game = games().migrated("game", 4);
    edit(game, KEY, inTarget);
    game.put(KEY, MergeGames.edited(Game.save(3), inSource));
    done(merge(game));
    assertThat(
            game.number(
                ofSave("SELECT since FROM friend WHERE save_id = :id AND name = 'Zoë'", KEY)))
        .isEqualTo(2050);
    assertSays(game, KEY, MergeGames.edited(Game.save(3), both(inSource, inTarget)));
  }

  private Game events(String name) throws Exception {
    Game game = games().keeping(name);
    Files.writeString(
        game.file().resolveSibling("mapping.yaml"),
        """
        version: 1
        ledger: picklift_save
        tables:
          event:
            class: game.Event
            columns:
              name: VARCHAR(40)
              at: {type: DATETIME(6), zone: utc, offset: at_ahead}
              price: INT
              tags: JSON
        """);
    return game;
  }

  private static byte[] event() throws Exception {
    try (InputStream in =
        Objects.requireNonNull(Game.class.getResourceAsStream("/game/event.pkl"))) {
      return in.readAllBytes();
    }
  }

  private Game changed(String name, String inSource, String inTarget) throws Exception {
    byte[] theirs = edited(events(name + "-theirs"), event(), List.of(inSource));
    Game game = events(name);
    game.put(KEY, event());
    done(Run.on(game, "migrate"));
    edit(game, KEY, List.of(inTarget));
    game.put(KEY, theirs);
    return game;
  }

  @Test
  void datesWithAZoneAndJsonColumnsAreTaken() throws Exception {
    String instant = "UPDATE event SET at = '2025-01-02 03:04:05' WHERE save_id = :id";
    String json =
        "UPDATE event SET tags = '{\"kind\": \"fair\", \"days\": [1, 3]}' WHERE save_id = :id";
    for (List<String> sides : List.of(List.of(instant, json), List.of(json, instant))) {
      String name = "game" + sides.indexOf(json);
      Game game = changed(name, sides.get(0), sides.get(1));
      done(merge(game));
      assertSays(game, KEY, edited(events(name + "-all"), event(), sides));
      assertThat(
              game.text(
                  ofSave("SELECT CONCAT(at, ' ', at_ahead) FROM event WHERE save_id = :id", KEY)))
          .isEqualTo("2025-01-02 03:04:05.000000 7200");
      assertThat(
              game.text(
                  ofSave(
                      "SELECT JSON_EXTRACT(tags, '$.days[1]') FROM event WHERE save_id = :id",
                      KEY)))
          .isEqualTo("3");
    }
  }

  @Test
  void whatBothSidesChangedOfThemIsToldByPath() throws Exception {
    Game json =
        changed(
            "json",
            "UPDATE event SET tags = '{\"kind\": \"fest\", \"days\": [1, 2]}' WHERE save_id = :id",
            "UPDATE event SET tags = '{\"kind\": \"fair\", \"days\": [1, 7]}' WHERE save_id = :id");
    Run told = merge(json);
    assertThat(told.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(told.out() + told.err())
        .contains(KEY + " is not merged: tags is {", "fest", " in the source and {", "[1, 7]");
    assertThat(
            json.text(
                ofSave("SELECT JSON_EXTRACT(tags, '$.days') FROM event WHERE save_id = :id", KEY)))
        .isEqualTo("[1, 7]");

    Game other =
        changed(
            "other",
            "UPDATE event SET price = 6 WHERE save_id = :id",
            "UPDATE event SET tags = '{\"kind\": \"fair\"}' WHERE save_id = :id");
    // A document may have other keys.
    Run shape = merge(other);
    assertThat(shape.out() + shape.err()).doesNotContain("not merged");
    assertThat(other.number(ofSave("SELECT price FROM event WHERE save_id = :id", KEY)))
        .isEqualTo(6);
    assertThat(
            other.text(
                ofSave("SELECT JSON_EXTRACT(tags, '$.days') FROM event WHERE save_id = :id", KEY)))
        .isNull();

    Game zone =
        changed(
            "zone",
            "UPDATE event SET at = '2025-01-02 03:04:05' WHERE save_id = :id",
            "UPDATE event SET at = '2026-01-02 03:04:05' WHERE save_id = :id");
    Run dates = merge(zone);
    assertThat(dates.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(dates.out() + dates.err())
        .contains(KEY + " is not merged: at is 2025-01-02 03:04:05", "and 2026-01-02 03:04:05");
  }

  /** Of a merged save the edits are in the target alone: it must not go into the quarantine. */
  @Test
  void aMergedSaveThatTheTargetRefusesStaysAndIsMergedLater() throws Exception {
    for (String state : List.of("45000", "23000")) {
      Game game = games().migrated("game" + state, 4);
      List<String> inTarget =
          List.of(
              "UPDATE player SET name = 'mine' WHERE save_id = :id",
              "UPDATE bag_item SET amount = 8 WHERE save_id = :id AND ordinal = 0");
      List<String> inSource =
          List.of(
              "UPDATE player SET level = 99 WHERE save_id = :id",
              "UPDATE bag_item SET amount = 9 WHERE save_id = :id AND ordinal = 1");
      edit(game, KEY, inTarget);
      String before = game.text(ofSave(ITEMS, KEY));
      game.put(KEY, MergeGames.edited(Game.save(3), inSource));
      game.put("p0002", Game.save(6));
      game.target(
          ofSave(
              "CREATE TRIGGER no_items BEFORE INSERT ON bag_item FOR EACH ROW IF NEW.amount = 8"
                  + " THEN SIGNAL SQLSTATE '"
                  + state
                  + "' SET MESSAGE_TEXT = 'no item'; END IF",
              KEY));
      Run failed = merge(game);
      if (state.equals("45000")) {
        assertThat(failed.status()).isEqualTo(ExitStatus.UNFINISHED);
        assertThat(failed.err()).contains("no item");
        assertThat(game.text(ofSave(ITEMS, KEY))).isEqualTo(before);
      } else {
        assertThat(failed.status()).isEqualTo(ExitStatus.LOOK);
        assertThat(failed.out() + failed.err())
            .contains(
                KEY + " is not merged: the target refused a row",
                "(new 0, changed 1, as before 2)");
      }
      assertThat(name(game)).isEqualTo("mine");
      assertThat(game.number("SELECT COUNT(*) FROM picklift_quarantine")).isZero();
      assertThat(game.number(ofSave("SELECT level FROM player WHERE save_id = :id", KEY)))
          .isEqualTo(21);
      assertBase(game, Game.save(3));

      game.target("DROP TRIGGER no_items");
      done(merge(game));
      assertSays(game, KEY, MergeGames.edited(Game.save(3), both(inSource, inTarget)));
      assertBase(game, inSource(game, KEY));
    }
  }

  private static String name(Game game) throws Exception {
    return String.valueOf(game.text(ofSave("SELECT name FROM player WHERE save_id = :id", KEY)));
  }

  @Test
  void theSecondMergeGoesByTheSourcesSaveOfTheFirst() throws Exception {
    Game game = games().migrated("game", 4);
    List<String> firstTarget =
        List.of(
            "UPDATE player SET name = 'one' WHERE save_id = :id",
            "INSERT INTO bag_item (save_id, ordinal, player_ordinal, position, thing, amount)"
                + " SELECT :id, 900, 0, 1, 'anvil', 3");
    List<String> firstSource =
        List.of(
            "UPDATE player SET level = 99, money = 1 WHERE save_id = :id",
            "DELETE FROM bag_item WHERE save_id = :id AND thing = 'thing 0'");
    edit(game, KEY, firstTarget);
    byte[] theirs = MergeGames.edited(Game.save(3), firstSource);
    game.put(KEY, theirs);
    done(merge(game));
    assertBase(game, theirs);

    // What the source changed first is what the target changes now, and the other way round.
    List<String> secondTarget =
        List.of(
            "UPDATE player SET level = 100 WHERE save_id = :id",
            "UPDATE bag_item SET amount = 5 WHERE save_id = :id AND thing = 'anvil'");
    List<String> secondSource =
        List.of(
            "UPDATE player SET money = 2 WHERE save_id = :id",
            "UPDATE bag_item SET amount = 77 WHERE save_id = :id AND thing = 'thing 2'");
    edit(game, KEY, secondTarget);
    byte[] next = MergeGames.edited(theirs, secondSource);
    game.put(KEY, next);
    done(merge(game));
    assertBase(game, next);
    assertSays(
        game,
        KEY,
        MergeGames.edited(
            Game.save(3), both(both(firstTarget, firstSource), both(secondTarget, secondSource))));
  }

  /** One that the application made by SQL, once it is in the source and belongs to it. */
  @Test
  void aSaveThatWasBornInTheTablesIsMergedAsOthersAre() throws Exception {
    Game game = games().migrated("game", 4);
    done(Run.on(game, "cutover", "--all"));
    game.target(
        "INSERT INTO picklift_save (save_id, source_table, source_key, key_sha256, status, owner,"
            + " owned_since, restored_as, mapping_sha256, first_seen, last_written)"
            + " SELECT 900, source_table, 'born', UNHEX(SHA2('born', 256)), 'migrated', 'tables',"
            + " UTC_TIMESTAMP(6), 'born', mapping_sha256, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)"
            + " FROM picklift_template");
    edit(
        game,
        "born",
        List.of(
            "INSERT INTO player (save_id, ordinal, name, level, money, rank_name)"
                + " VALUES (900, 0, 'Ann', 1, 2.5, 'king')",
            "INSERT INTO bag_item (save_id, ordinal, player_ordinal, position, thing, amount)"
                + " VALUES (900, 3, 0, 0, 'rope', 1), (900, 9, 0, 1, 'lamp', 2)"));
    done(Run.on(game, "writeback"));
    done(Run.on(game, "cutover", "--back", "--all"));
    byte[] written = inSource(game, "born");

    List<String> inTarget =
        List.of(
            "UPDATE player SET name = 'Bo' WHERE save_id = :id",
            "UPDATE bag_item SET amount = 8 WHERE save_id = :id AND thing = 'rope'");
    List<String> inSource =
        List.of(
            "UPDATE player SET level = 9 WHERE save_id = :id",
            "UPDATE bag_item SET amount = 7 WHERE save_id = :id AND thing = 'lamp'");
    edit(game, "born", inTarget);
    game.put("born", MergeGames.edited(written, inSource));
    done(merge(game));
    assertSays(game, "born", MergeGames.edited(written, both(inSource, inTarget)));
  }

  /** A merged save is as any other that was edited: it may be restored, and owned. */
  @Test
  void aMergedSaveThatIsRestoredIntoTheSourceCanBeHandedOver() throws Exception {
    Game game = games().migrated("game", 4);
    edit(game, KEY, List.of("UPDATE player SET name = 'mine' WHERE save_id = :id"));
    game.put(
        KEY,
        MergeGames.edited(
            Game.save(3), List.of("UPDATE player SET level = 99 WHERE save_id = :id")));
    done(merge(game));
    byte[] merged = restored(game, KEY);
    game.put(KEY, merged);
    done(merge(game));
    assertBase(game, merged);
    done(Run.on(game, "verify"));
    done(Run.on(game, "cutover", "--key", KEY));
    edit(game, KEY, List.of("UPDATE player SET level = 100 WHERE save_id = :id"));
    done(Run.on(game, "writeback"));
    assertBase(game, inSource(game, KEY));
    assertThat(games().json(inSource(game, KEY))).contains("mine", "100");
  }
}
