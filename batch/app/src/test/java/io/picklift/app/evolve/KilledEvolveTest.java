package io.picklift.app.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An evolve that was killed with SIGKILL at seeded moments goes on. More of them: {@code
 * -Dpicklift.evolve.kills=20 -Dpicklift.evolve.seed=2}.
 */
@Tag("database")
final class KilledEvolveTest {
  private static final int KILLS = Integer.getInteger("picklift.evolve.kills", 6);
  private static final long SEED = Long.getLong("picklift.evolve.seed", 1L);
  private static final int SAVES = 240;

  @TempDir private Path folder = Path.of("");

  @Test
  void aKilledEvolveGoesOn() throws Exception {
    Random random = new Random(SEED);
    String yaml =
        NextMappings.with("      level: INT", "      level: BIGINT\n      notes: JSON")
            .replaceAll("(?s)  bag_item:.*", "");
    Evolving evolved = new Evolving(folder, SAVES);
    evolved.migrate(Evolving.first());
    evolved.game.target("UPDATE player SET level = level + 5 WHERE save_id % 3 = 0");
    Map<String, String> before = evolved.restored();
    assertThat(evolved.evolve(yaml, Moments.NONE).isDone()).isTrue();
    Map<String, List<String>> undisturbed = evolved.content(yaml);
    long took = 0;
    Set<String> states = new TreeSet<>();
    for (int kill = 0; kill < KILLS; kill++) {
      evolved.mapping(yaml);
      assertThat(evolved.back().isDone()).isTrue();
      long known = evolved.game.number("SELECT MAX(evolution_id) FROM picklift_evolution");
      Process process = start(evolved);
      String begun = "SELECT COUNT(*) FROM picklift_evolution WHERE evolution_id > " + known;
      while (process.isAlive() && evolved.game.number(begun) == 0) {
        Thread.sleep(2);
      }
      long begin = System.nanoTime();
      // The first one is not killed, and says how long there is.
      boolean isDone =
          process.waitFor(
              kill == 0 ? TimeUnit.MINUTES.toNanos(2) : random.nextLong(Math.max(1, took)),
              TimeUnit.NANOSECONDS);
      if (kill == 0) {
        took = System.nanoTime() - begin;
      }
      process.destroyForcibly().waitFor();
      states.add(
          String.valueOf(
              evolved.game.text(
                  "SELECT state FROM picklift_evolution ORDER BY evolution_id DESC LIMIT 1")));
      if (!isDone) {
        assertThat(evolved.evolve(yaml, Moments.NONE).isDone()).isTrue();
      }
      String what = "kill " + kill + " of seed " + SEED + ", killed at " + states;
      evolved.mapping(yaml);
      assertThat(evolved.restored()).as(what).isEqualTo(before);
      assertThat(evolved.content(yaml)).as(what).isEqualTo(undisturbed);
      assertThat(evolved.leftOvers()).as(what).isEmpty();
    }
    assertThat(states).as("some were killed under way").hasSizeGreaterThan(1);
  }

  private Process start(Evolving evolved) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.addAll(List.of("io.picklift.app.cli.Main", "evolve"));
    line.addAll(List.of("--mapping", folder.resolve("next.yaml").toString()));
    line.addAll(List.of("--config", evolved.game.file().toString()));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("PICKLIFT_LOG", folder.resolve("picklift.log").toString());
    Path out = folder.resolve("out");
    Files.deleteIfExists(out);
    return builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
  }
}
