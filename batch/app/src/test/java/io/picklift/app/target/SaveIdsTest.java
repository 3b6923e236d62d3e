package io.picklift.app.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ids that are taken ahead, in blocks. */
@Tag("database")
final class SaveIdsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aServerThatLostTheSequenceGivesNoIdTwice() throws Exception {
    Game game = new Game(folder);
    try (Jobs jobs = game.open();
        Connection connection = game.targetConnection()) {
      assertThat(jobs.migrate().added()).isZero();
      SaveIds ids = new SaveIds();
      long first = ids.take(connection, 1_500);
      game.target("UPDATE save_sequence SET next_value = " + first);
      long second = ids.take(connection, 1_500);
      assertThat(second).isGreaterThanOrEqualTo(first + 1_500);
      assertThat(new SaveIds().take(connection, 1)).isGreaterThanOrEqualTo(second + 1_500);
    }
  }
}
