package io.picklift.app.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.Run;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import io.picklift.app.memory.LastResort;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.source.SaveKey;
import io.picklift.app.target.Ledger;
import io.picklift.app.target.LedgerEntry;
import io.picklift.app.target.TargetTables;
import io.picklift.codec.Limits;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a save counts as edited does not depend on what else there is memory for. */
@Tag("database")
final class EditedSavesTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aSaveThatIsTooLargeBesideOthersIsLookedAtAlone() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    assertThat(Run.of("migrate", "--config", game.file()).status()).isEqualTo(ExitStatus.DONE);
    game.target(
        "UPDATE player SET level = 77 WHERE save_id ="
            + " (SELECT save_id FROM picklift_save WHERE source_key = 'p0001')");
    TargetTables tables = TargetTables.read(game.config(), Limits.defaults());
    Limits small = Limits.builder().memory(300).build();
    SaveRebuilder large = rebuilder(tables, Limits.defaults());
    EditedSaves edits = new EditedSaves(rebuilder(tables, small), large, new LastResort(), null);
    try (Connection connection = game.targetConnection()) {
      Collection<LedgerEntry> entries =
          new Ledger("saves", tables.fingerprint())
              .find(
                  connection,
                  List.of(
                      SaveKey.parse("p0000", 1),
                      SaveKey.parse("p0001", 1),
                      SaveKey.parse("p0002", 1)))
              .values();
      assertThat(entries).hasSize(3);
      long edited = game.number("SELECT save_id FROM picklift_save WHERE source_key = 'p0001'");
      Map<Long, String> unedited = edits.unedited(connection, entries, Map.of());
      assertThat(unedited).hasSize(2).doesNotContainKey(edited);
      assertThat(edits.areStill(connection, unedited)).isTrue();
      // Alone with as little, nobody can tell.
      SaveRebuilder little = rebuilder(tables, small);
      assertThat(
              new EditedSaves(little, little, new LastResort(), null)
                  .unedited(connection, entries, Map.of()))
          .isEmpty();
    }
  }

  private static SaveRebuilder rebuilder(TargetTables tables, Limits limits) {
    return new SaveRebuilder(TargetTables.joining(tables.mapping(), limits), limits);
  }
}
