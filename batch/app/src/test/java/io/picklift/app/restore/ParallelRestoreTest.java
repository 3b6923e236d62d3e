package io.picklift.app.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.database.Pools;
import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.target.TargetTables;
import io.picklift.codec.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several threads restore what one does, and tell the same in the same order. */
@Tag("database")
final class ParallelRestoreTest {
  /** More than a part of the ledger. */
  private static final int ROWS = 450;

  @TempDir private Path folder = Path.of("");

  private Game migrated() throws Exception {
    Game game = new Game(folder);
    game.fill(ROWS);
    game.put("no pickle", new byte[] {1});
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    return game;
  }

  @Test
  void eachSaveIsRestoredOnceAndDamageIsToldInTheLedgersOrder() throws Exception {
    Game game = migrated();
    game.target("UPDATE picklift_archive SET residue = 'x' WHERE save_id % 50 = 0");
    Path out = Files.createDirectory(folder.resolve("out"));
    RestoreSummary one = restore(game, Files.createDirectory(folder.resolve("one")), 1);
    RestoreSummary four = restore(game, out, 4);
    assertThat(four).isEqualTo(one);
    assertThat(four.unchanged()).isEqualTo(ROWS - ROWS / 50);
    assertThat(four.failed()).isEqualTo(ROWS / 50 + 1);
    try (Stream<Path> files = Files.list(out)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        int number = Integer.parseInt(name.substring(1, 5));
        assertThat(Files.readAllBytes(file)).as(name).isEqualTo(Game.save(number));
      }
    }
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.count()).isEqualTo(four.unchanged());
    }
  }

  private static RestoreSummary restore(Game game, Path out, int threads) throws Exception {
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults(), threads)) {
      return saves.restore(List.of(), new RestoreFolder(out));
    }
  }

  @Test
  void aSaveThatIsTooLargeBesideOthersIsRestoredAlone() throws Exception {
    Game game = migrated();
    Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    RestoredSaves.Sink sink = (key, blob) -> blobs.put(key.text(), blob);
    Limits tight = Limits.builder().memory(1_000).build();
    TargetTables mapped = TargetTables.read(game.config(), Limits.defaults());
    List<String> told = new ArrayList<>();
    RestoreTally tally = new RestoreTally(RestoreSummary.NOTHING, (key, finding) -> told.add(key));
    try (var target = Pools.open("target", game.config().requireTarget(), 4)) {
      new ParallelRestore(
              target,
              game.config().source().label(),
              2,
              () -> restorer(mapped, tight, sink),
              () -> restorer(mapped, Limits.defaults(), sink))
          .run(tally, (key, finding) -> told.add(key));
    }
    assertThat(tally.summary().unchanged()).isEqualTo(ROWS);
    assertThat(told).containsExactly("no pickle");
    assertThat(blobs).hasSize(ROWS);
  }

  private static SaveRestorer restorer(
      TargetTables mapped, Limits limits, RestoredSaves.Sink sink) {
    return new SaveRestorer(
        new SaveRebuilder(mapped.tables().within(limits), limits), 1, sink, null, null);
  }
}
