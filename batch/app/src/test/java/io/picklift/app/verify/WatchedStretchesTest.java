package io.picklift.app.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.database.Pools;
import io.picklift.app.job.Game;
import io.picklift.app.memory.LastResort;
import io.picklift.app.poison.SavesInHand;
import io.picklift.app.report.Finding;
import io.picklift.app.report.SaveResult;
import io.picklift.app.report.SaveResult.Status;
import io.picklift.app.source.SaveCursor.Place;
import io.picklift.app.source.SaveCursor.Stretch;
import io.picklift.app.source.SaveKey;
import io.picklift.app.target.TargetSchema;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is noted of saves while they are verified, and what becomes of suspects. */
@Tag("database")
@SuppressWarnings("NullAway.Init")
final class WatchedStretchesTest {
  private static final List<SaveKey> KEYS =
      List.of(
          new SaveKey(List.of("a")),
          new SaveKey(List.of("b")),
          new SaveKey(List.of("c")),
          new SaveKey(List.of("d")));

  @TempDir private Path folder = Path.of("");
  private Game game;
  private HikariDataSource target;
  private final List<String> seen = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    game = new Game(folder);
    target = Pools.open("target", game.config().requireTarget(), 4);
    TargetSchema.migrate(target);
  }

  @AfterEach
  void close() {
    target.close();
  }

  /** Says which saves it verifies, and what is noted meanwhile. */
  private RowVerifier.Found verified(List<SaveKey> keys) throws SQLException {
    if (!keys.isEmpty()) {
      seen.add(
          String.join("", keys.stream().map(SaveKey::text).toList())
              + game.text(
                  "SELECT CONCAT(' of ', LENGTH(key_hashes) DIV 32, IF(is_alone, ' alone', ''))"
                      + " FROM picklift_scan_in_hand WHERE slot = 'one'"));
    }
    return new RowVerifier.Found(
        keys.stream().map(key -> new SaveResult(key.text(), Status.EQUAL, "", List.of())).toList(),
        Map.of());
  }

  private void suspect(String key, int deaths) throws SQLException {
    game.target(
        "INSERT INTO picklift_scan_suspect VALUES ('saves', UNHEX(SHA2('%s', 256)), %d)"
            .formatted(key, deaths));
  }

  private StretchVerifier.Batch verify() throws SQLException {
    StretchVerifiers verifiers =
        new StretchVerifiers(
            () ->
                new StretchVerifier(
                    target, this::verified, this::verified, keys -> Set.of(), false));
    List<Place> places = new ArrayList<>();
    for (SaveKey key : KEYS) {
      places.add(new Place(key, places.size()));
    }
    SavesInHand inHand = SavesInHand.ofScan(target, "saves", null).attempt("one");
    inHand.join();
    StretchVerifier.Batch batch =
        new WatchedStretches(verifiers, new LastResort())
            .verify(new Stretch(places, places.size(), KEYS.get(3), 4), place -> false, inHand);
    inHand.leave();
    return batch;
  }

  @Test
  void whatIsVerifiedIsNotedBefore() throws Exception {
    assertThat(verify().results()).extracting(SaveResult::key).containsExactly("a", "b", "c", "d");
    assertThat(seen).containsExactly("abcd of 4");
    assertThat(game.number("SELECT COUNT(*) FROM picklift_scan_in_hand")).isZero();
  }

  @Test
  void suspectsAreVerifiedAloneAndPoisonIsNot() throws Exception {
    suspect("a", 2);
    suspect("c", 3);
    List<SaveResult> results = verify().results();
    assertThat(seen).containsExactly("bd of 4", "a of 1 alone");
    assertThat(results).extracting(SaveResult::key).containsExactly("a", "b", "c", "d");
    assertThat(results)
        .extracting(SaveResult::status)
        .containsExactly(Status.EQUAL, Status.EQUAL, Status.UNPROVEN, Status.EQUAL);
    assertThat(results.get(2).findings()).containsExactly(Finding.poison());
  }

  /** A migration has suspects of its own: what ends a decoder need not end a verification. */
  @Test
  void suspectsOfAMigrationAreNone() throws Exception {
    game.target("INSERT INTO picklift_suspect VALUES ('saves', UNHEX(SHA2('a', 256)), 3)");
    assertThat(verify().results()).extracting(SaveResult::status).containsOnly(Status.EQUAL);
    assertThat(seen).containsExactly("abcd of 4");
  }
}
