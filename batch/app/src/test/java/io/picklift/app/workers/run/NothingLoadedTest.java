package io.picklift.app.workers.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that does not share its work out has nothing of a broker. */
@Tag("database")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class NothingLoadedTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aRunWithoutWorkersLoadsNoClassOfTheBroker() throws Exception {
    Game game = new Game(folder);
    game.put("a", Game.save(1));
    game.configure("");
    Path classes = folder.resolve("classes.txt");
    Process run =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-Xlog:class+load:file=" + classes,
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.picklift.app.cli.Main",
                    "migrate",
                    "--config",
                    game.file().toString()))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    assertThat(run.waitFor()).as(Files.readString(folder.resolve("out.txt"))).isZero();
    try (Stream<String> lines = Files.lines(classes)) {
      assertThat(
              lines.filter(
                  line ->
                      line.contains("org.apache.activemq")
                          || line.contains("jakarta.jms")
                          || line.contains("io.netty")
                          || line.contains("io.picklift.app.workers.broker.EmbeddedBroker")
                          || line.contains("io.picklift.app.workers.broker.PartitionQueue")))
          .isEmpty();
    }
    assertThat(game.number("SELECT COUNT(*) FROM picklift_lease")).isZero();
  }
}
