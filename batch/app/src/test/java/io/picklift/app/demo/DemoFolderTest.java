package io.picklift.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {
  @Test
  void oneDemoAtATime(@TempDir Path folder) throws Exception {
    DemoFolder first = DemoFolder.open(folder);
    assertThatThrownBy(() -> DemoFolder.open(folder))
        .isInstanceOf(DemoException.class)
        .hasMessageContaining("another demo runs in " + folder);
    first.close();
    DemoFolder.open(folder).close();
  }

  @Test
  void whatAKilledDemoLeftIsClearedAndTheReportStays(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("data/mysql"));
    Files.createDirectories(folder.resolve("report"));
    Files.createFile(folder.resolve("data/mysql/user.frm"));
    Files.createFile(folder.resolve("report/report.html"));
    DemoFolder.open(folder).close();
    assertThat(folder.resolve("data")).doesNotExist();
    assertThat(folder.resolve("report/report.html")).exists();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void theDatabaseOfAKilledDemoIsStopped(@TempDir Path folder) throws Exception {
    Process ours = sleeper(folder.resolve("data").toString());
    Files.writeString(folder.resolve("mariadb.pid"), ours.pid() + "\n");
    DemoFolder.open(folder).close();
    assertThat(ours.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aProcessThatOnlyHasItsNumberIsNot(@TempDir Path folder) throws Exception {
    Process other = sleeper("somebody else");
    try {
      Files.writeString(folder.resolve("mariadb.pid"), other.pid() + "\n");
      DemoFolder.open(folder).close();
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroy();
    }
  }

  private static Process sleeper(String argument) throws Exception {
    return new ProcessBuilder("sh", "-c", "while :; do sleep 1; done", argument).start();
  }
}
