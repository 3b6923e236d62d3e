package io.picklift.app.beside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.accept.AcceptList;
import io.picklift.app.decode.BlobDecoder;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.decode.RefusedException;
import io.picklift.app.input.LeftOut;
import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.restore.RestoredSaves;
import io.picklift.app.source.CarriedColumns;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SourceRow;
import io.picklift.app.target.MappedTables;
import io.picklift.app.target.TargetTables;
import io.picklift.app.verify.DirectVerify;
import io.picklift.app.verify.VerifyOptions;
import io.picklift.codec.Limits;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.split.NullCells;
import io.picklift.schema.yaml.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each save as one document, in a table of the target or in the source's own. */
@Tag("database")
class DocumentTargetTest {
  private static final String PARTS =
      """
      document:
        columns:
          name: {type: VARCHAR(40), index: true}
          level: BIGINT
          money: DOUBLE
          born: {path: "born.$date", type: VARCHAR(10)}
          friend: {path: "friends[0].name", type: VARCHAR(40)}
          nothing: {path: name, type: BIGINT}
      """;

  @TempDir private Path folder = Path.of("");

  private Game game(String more, String target) throws Exception {
    Game game = new Game(folder);
    String yaml =
        Files.readString(game.file()).replace("mapping: mapping.yaml", "mapping: document");
    Files.writeString(game.file(), yaml.replace("target:\n", "target:\n" + target) + more);
    return game;
  }

  private static VerifyReport verify(Game game) throws Exception {
    VerifyOptions options = VerifyOptions.all(DecodingEngine.Name.FAST, Limits.defaults(), 2);
    try (DirectVerify verify =
        DirectVerify.open(game.config(), options, false, ProgressListener.NONE)) {
      VerifyReport report = verify.report(AcceptList.none(), null);
      verify.run(report, ProgressListener.NONE);
      return report;
    }
  }

  private static Map<String, String> restored(Game game) throws Exception {
    Map<String, String> blobs = new HashMap<>();
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults())) {
      saves.restore(
          List.of(),
          new RestoredSaves.Sink() {
            @Override
            public void save(SaveKey key, byte[] blob) {
              blobs.put(key.text(), HexFormat.of().formatHex(blob));
            }
          });
    }
    return blobs;
  }

  @Test
  void aSaveIsADocumentWithColumnsThatTheServerTakesOutOfIt() throws Exception {
    Game game = game(PARTS, "");
    game.fill(12);
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().added()).isEqualTo(12);
      assertThat(jobs.backfill().unchanged()).isEqualTo(12);
    }
    assertThat(verify(game).isClean()).isTrue();
    assertThat(verify(game).equal()).isEqualTo(12);
    assertThat(
            game.text(
                "SELECT CONCAT_WS('|', source_id, name, level, money, born, friend)"
                    + " FROM document WHERE name = 'Player 1'"))
        .isEqualTo("p0001|Player 1|7|1.5|1991-02-03|Friend 0 of 1");
    assertThat(game.number("SELECT COUNT(nothing) FROM document")).isZero();
    assertThat(
            game.text(
                "SELECT JSON_VALUE(doc, '$.purse.\"$decimal\"') FROM document WHERE name = 'Player"
                    + " 1'"))
        .isEqualTo("1.50");
    assertThat(
            game.number(
                "SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE()"
                    + " AND table_name = 'document' AND column_name IN ('name', 'source_id')"))
        .isEqualTo(2);
    assertThat(restored(game)).containsEntry("p0001", HexFormat.of().formatHex(Game.save(1)));
    game.target("UPDATE document SET doc = JSON_SET(doc, '$.level', 8) WHERE name = 'Player 1'");
    VerifyReport report = verify(game);
    assertThat(report.findings()).containsOnlyKeys("differs");
    assertThat(report.results().stream().filter(r -> !r.findings().isEmpty()))
        .singleElement()
        .satisfies(r -> assertThat(r.findings().get(0).path()).isEqualTo("document.doc"));
  }

  @Test
  void plainDocumentsCountWhatTheyDoNotSay() throws Exception {
    Game game = game("document: {plain: true}\n", "");
    game.put(
        "a",
        "(dp0\nVx\np1\n(I1\nI2\ntp2\nsVy\np3\n(lp4\nI5\nas.".getBytes(StandardCharsets.US_ASCII));
    game.put("b", Game.save(1));
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().added()).isEqualTo(2);
    }
    assertThat(game.text("SELECT REPLACE(doc, ' ', '') FROM document WHERE source_id = 'a'"))
        .isEqualTo("{\"x\":[1,2],\"y\":[5]}");
    assertThat(game.text("SELECT JSON_VALUE(doc, '$.born') FROM document WHERE source_id = 'b'"))
        .isEqualTo("1991-02-03");
    // The tuple's kind.
    assertThat(
            game.number(
                "SELECT unfit_count FROM picklift_column_unfit u JOIN picklift_save s USING"
                    + " (save_id) WHERE s.source_key = 'a' AND u.column_name = 'document.doc'"))
        .isEqualTo(1);
    assertThat(
            game.number(
                "SELECT unfit_count FROM picklift_column_unfit u JOIN picklift_save s USING"
                    + " (save_id) WHERE s.source_key = 'b' AND u.column_name = 'document.doc'"))
        .isGreaterThan(5);
    assertThat(verify(game).isClean()).isTrue();
    assertThat(restored(game)).containsEntry("b", HexFormat.of().formatHex(Game.save(1)));
  }

  @Test
  void whatNoServerTakesIsRefusedWithItsPlace() throws Exception {
    Game game = game("", "");
    putHard(game);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      assertThat(jobs.ledger().quarantined()).hasSize(3);
      assertThat(jobs.ledger().quarantined().toString())
          .contains("more than 100 levels, which a server's JSON does not take")
          .contains("names[1]: text with a lone surrogate, which a server's JSON does not take")
          .contains("a key of more than 65535 bytes: it does not fit into document.doc JSON");
    }
    assertThat(
            game.text("SELECT JSON_VALUE(doc, '$.\"$int\"') FROM document WHERE source_id = 'big'"))
        .isEqualTo("123456789012345678901234567890");
    assertThat(game.number("SELECT COUNT(*) FROM picklift_quarantine WHERE reason = 'unfit'"))
        .isEqualTo(3);
  }

  @Test
  void whatNoServerTakesMayBeLeftToTheResidue() throws Exception {
    Game game = game("document: {unfit: residue}\n", "");
    putHard(game);
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().added()).isEqualTo(4);
    }
    assertThat(game.number("SELECT COUNT(*) FROM document WHERE doc IS NULL")).isEqualTo(3);
    assertThat(verify(game).isClean()).isTrue();
    assertThat(restored(game)).hasSize(4);
  }

  private static void putHard(Game game) throws Exception {
    game.put(
        "deep",
        ("\u0080\u0002" + "]".repeat(102) + "a".repeat(101) + ".")
            .getBytes(StandardCharsets.ISO_8859_1));
    game.put(
        "lone",
        "\u0080\u0002}X\u0005\0\0\0names](X\u0001\0\0\0aX\u0003\0\0\0\u00ed\u00a0\u0080es."
            .getBytes(StandardCharsets.ISO_8859_1));
    game.put(
        "key",
        ("\u0080\u0002}X\u0000\u0000\u0001\0" + "k".repeat(65_536) + "K\u0001s.")
            .getBytes(StandardCharsets.ISO_8859_1));
    game.put("big", "L123456789012345678901234567890L\n.".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void theSourcesOwnTableGetsTheDocuments() throws Exception {
    Game game = game("", "  same-table: doc\n");
    game.source("ALTER TABLE saves ADD COLUMN doc JSON NULL");
    game.fill(5);
    @Nullable String before = sums(game);
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().added()).isEqualTo(5);
      assertThat(jobs.backfill().unchanged()).isEqualTo(5);
    }
    assertThat(sums(game)).isEqualTo(before);
    String from = " FROM `" + schema(game) + "`.saves ";
    assertThat(game.text("SELECT JSON_VALUE(doc, '$.name')" + from + "WHERE id = 'p0001'"))
        .isEqualTo("Player 1");
    assertThat(verify(game).isClean()).isTrue();
    assertThat(restored(game)).containsEntry("p0004", HexFormat.of().formatHex(Game.save(4)));

    // What is proven is not proven any more when the document changes.
    game.source("UPDATE saves SET doc = JSON_SET(doc, '$.level', 99) WHERE id = 'p0002'");
    assertThat(verify(game).findings()).containsOnlyKeys("differs");

    // A changed BLOB gets another document, one that is no save any more none.
    game.source(
        "UPDATE saves SET data = (SELECT d FROM (SELECT data AS d FROM saves WHERE id = 'p0003') x)"
            + " WHERE id = 'p0002'");
    game.source("UPDATE saves SET data = 'no pickle at all' WHERE id = 'p0004'");
    try (Jobs jobs = game.open()) {
      assertThat(jobs.backfill().replaced()).isEqualTo(1);
    }
    assertThat(game.text("SELECT JSON_VALUE(doc, '$.name')" + from + "WHERE id = 'p0002'"))
        .isEqualTo("Player 3");
    assertThat(game.number("SELECT COUNT(*)" + from + "WHERE doc IS NULL")).isEqualTo(1);
    assertThat(verify(game).findings()).containsOnlyKeys("quarantined");
  }

  /** Nothing is known of a document that there was not enough memory to read. */
  @Test
  void aDocumentThatWasNotReadIsNotDifferent() throws Exception {
    Game game = game("", "  same-table: doc\n");
    MappedTables tables = TargetTables.read(game.config(), Limits.defaults()).tables();
    BlobDecoder.Decoded decoded =
        new BlobDecoder(DecodingEngine.Name.FAST, Limits.defaults(), null).decode(Game.save(1));
    SaveRows rows = tables.split(decoded.graph(), null, new NullCells()).rows();
    SourceRow row =
        new SourceRow(
            new SaveKey(List.of("p0001")),
            null,
            null,
            Map.of(),
            null,
            CarriedColumns.NOTHING,
            new LeftOut(300_000_000, "ab".repeat(32)));
    assertThatThrownBy(() -> tables.documentDifferences(rows, decoded.meaning(), row))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal().isByLimit()).isTrue());
  }

  private static String schema(Game game) {
    return Objects.requireNonNull(game.config().source().database()).schema();
  }

  /** All of the source's table but the new column. */
  private static @Nullable String sums(Game game) throws Exception {
    return game.text(
        "SELECT GROUP_CONCAT(SHA2(CONCAT_WS('|', id, name, level, json, changed, SHA2(data, 256)),"
            + " 256) ORDER BY id) FROM `"
            + schema(game)
            + "`.saves");
  }

  @Test
  void aColumnThatIsNotThereIsToldWithItsDdl() throws Exception {
    Game game = game("", "  same-table: doc\n");
    game.fill(1);
    assertThatThrownBy(game::open)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the table 'saves' has no column 'doc'")
        .hasMessageContaining("ADD COLUMN `doc` JSON NULL");
  }
}
