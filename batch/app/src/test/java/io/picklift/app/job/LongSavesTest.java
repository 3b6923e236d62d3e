package io.picklift.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.picklift.app.account.RunSummary;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.restore.RestoreSummary;
import io.picklift.app.restore.RestoreTable;
import io.picklift.app.restore.RestoredSaves;
import io.picklift.codec.Limits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Saves that are longer than {@code max_allowed_packet}. The driver refuses what is longer in both
 * directions, also where the URL and not the server has the bound.
 */
@Tag("database")
public final class LongSavesTest {
  public static final int MOST = 100_000;
  private static final String BOUND = "&maxAllowedPacket=" + MOST;

  @TempDir private Path folder = Path.of("");

  /** A player with so many bytes that no table has and nothing makes shorter. */
  public static byte[] save(int bytes) {
    byte[] junk = new byte[bytes];
    new Random(bytes).nextBytes(junk);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(text("\u0080\u0003cgame\nPlayer\n)\u0081}("));
    out.writeBytes(text("X\u0004\0\0\0nameX\u0003\0\0\0BobX\u0004\0\0\0junk"));
    out.write('B');
    out.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(junk.length).array());
    out.writeBytes(junk);
    out.writeBytes(text("ub."));
    return out.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private Game bounded() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    game.put("long", save(2 * MOST));
    game.put("other", save(2 * MOST + 1));
    String table = "table: saves\n  key: id\n  blob: data\n";
    game.configure(table, game.targetUrl());
    Files.writeString(
        game.file(),
        Files.readString(game.file())
            .replace(game.sourceUrl(), game.sourceUrl() + BOUND)
            .replace(game.targetUrl(), game.targetUrl() + BOUND));
    return game;
  }

  @Test
  void whatALoadWroteComesBackHoweverLongItIs() throws Exception {
    Game game = bounded();
    assumeTrue(game.number("SELECT @@local_infile") == 1, "the server takes no LOAD DATA LOCAL");
    try (Jobs jobs = game.open()) {
      RunSummary summary = jobs.migrate();
      assertThat(summary.quarantinedTotal()).isEmpty();
      VerifyReport report = jobs.verify();
      assertThat(report.equal()).isEqualTo(5);
    }
    assertThat(game.number("SELECT MAX(LENGTH(residue)) FROM picklift_archive"))
        .isGreaterThan(2 * MOST);
    Map<String, byte[]> blobs = new HashMap<>();
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults())) {
      saves.restore(List.of(), (key, blob) -> blobs.put(key.text(), blob));
    }
    assertThat(blobs).hasSize(5);
    assertThat(blobs.get("long")).isEqualTo(save(2 * MOST));
  }

  @Test
  void aTableThatDoesNotTakeABlobGetsTheOthers() throws Exception {
    Game game = bounded();
    assumeTrue(game.number("SELECT @@local_infile") == 1, "the server takes no LOAD DATA LOCAL");
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults());
        RestoreTable table = saves.table("went_back")) {
      RestoreSummary summary = saves.restore(List.of(), table);
      assertThat(summary.unchanged()).isEqualTo(3);
      assertThat(summary.problems())
          .hasSize(2)
          .contains(
              "long: an INSERT of its 200,053 bytes is longer than the target's max_allowed_packet:"
                  + " raise it, or restore with --out");
    }
    assertThat(game.number("SELECT COUNT(*) FROM went_back")).isEqualTo(3);
  }
}
