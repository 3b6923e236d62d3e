package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.Accounts.Grant;
import io.picklift.app.job.Game;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents in the source's own table take one grant on one column. */
@Tag("database")
class SameTableGrantsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void oneColumnMayBeWrittenAndNoOther() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    game.source("ALTER TABLE saves ADD COLUMN doc JSON NULL");
    List<Grant> grants = new ArrayList<>();
    for (String privilege :
        List.of("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "REFERENCES")) {
      grants.add(new Grant(privilege, "game_v2.*"));
    }
    grants.add(new Grant("SELECT", "game.savegames"));
    try (Accounts accounts = new Accounts(game)) {
      Accounts.use(game, accounts.with(grants));
      String yaml = Files.readString(game.file());
      Files.writeString(
          game.file(),
          yaml.replace("mapping: mapping.yaml", "mapping: document")
              .replace("target:\n", "target:\n  same-table: doc\n"));
      Run dry = Run.of("migrate", "--dry-run", "--config", game.file());
      assertThat(dry.out()).contains("3  documents would be written into saves.doc");
      Run without = Run.of("migrate", "--config", game.file());
      assertThat(without.status()).isEqualTo(2);
      assertThat(without.err())
          .contains("may not UPDATE `doc` on")
          .contains("GRANT SELECT, UPDATE (`doc`) ON");
      String grant = without.err().replaceAll("(?s).*(GRANT .*?);.*", "$1");
      game.source(grant);
      Run with = Run.of("migrate", "--config", game.file());
      assertThat(with.status()).as(with.err()).isZero();
      assertThat(
              game.number(
                  "SELECT COUNT(doc) FROM `" + Accounts.schema(game.sourceUrl()) + "`.saves"))
          .isEqualTo(3);
    }
  }
}
