package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.picklift.app.file.SmallDisk;
import io.picklift.app.job.Game;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports on a disk that is full: no file of one run ever stands beside one of another. */
@Tag("database")
final class FullReportDiskTest {
  private static final long DISK_BYTES = 4 << 20;

  @TempDir private Path folder = Path.of("");

  private static Map<String, String> reports(Path folder) throws IOException {
    Map<String, String> reports = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        // How far the verification is, for the next one.
        if (!name.equals(".picklift-verify.state")) {
          reports.put(name, Files.readString(file));
        }
      }
    }
    return reports;
  }

  @Test
  void theOldSetStaysAndThePathIsNamedOnce() throws Exception {
    Game game = new Game(folder);
    game.fill(12);
    assertThat(Run.on(game, "migrate").status()).isZero();
    SmallDisk mounted = SmallDisk.mount(folder.resolve("report"), DISK_BYTES);
    if (mounted == null) {
      System.out.println("A FULL DISK IS NOT TRIED: NO SMALL DISK CAN BE MOUNTED HERE");
    }
    assumeTrue(mounted != null, "no small disk can be mounted here");
    try (SmallDisk disk = Objects.requireNonNull(mounted)) {
      String report = disk.folder().toString();
      assertThat(Run.on(game, "verify", "--report", report).status()).isZero();
      Map<String, String> before = reports(disk.folder());
      assertThat(before).hasSize(5);
      game.target("UPDATE player SET level = level + 1");
      // For nothing; for how far it is alone; for the first of the reports.
      for (long left : List.of(0L, 8_192L, 24_576L)) {
        disk.fill(left);
        Run run = Run.on(game, "verify", "--report", report);
        disk.empty();
        assertThat(run.status()).as(run.err()).isEqualTo(3);
        List<String> told = run.err().lines().filter(line -> line.contains("No space")).toList();
        assertThat(told).as(run.err()).hasSize(1);
        assertThat(told.get(0))
            .startsWith("picklift: " + report + "/")
            .endsWith(": No space left on device");
        assertThat(told.get(0).indexOf(report)).isEqualTo(told.get(0).lastIndexOf(report));
        assertThat(reports(disk.folder())).as("with %s bytes left", left).isEqualTo(before);
      }
      assertThat(Run.on(game, "verify", "--report", report).status()).isEqualTo(1);
      Map<String, String> after = reports(disk.folder());
      assertThat(after.keySet()).isEqualTo(before.keySet());
      assertThat(after.values()).doesNotContainAnyElementsOf(before.values());
    }
  }
}
