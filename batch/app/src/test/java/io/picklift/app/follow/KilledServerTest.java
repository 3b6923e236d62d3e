package io.picklift.app.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.picklift.app.job.Jobs;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A source whose server is killed and started anew: the embedded one, or that of {@code
 * -Dpicklift.follow.server=DIR} of {@code .ci/mysql-server.sh}.
 */
@Tag("database")
final class KilledServerTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void whatTheLogMayHaveAndTheTablesLostIsCompared(int syncBinlog) throws Exception {
    ServerKill kill = LoggingServer.get().kill();
    assumeTrue(kill != null, "NO SERVER THAT MAY BE KILLED: -Dpicklift.follow.server=DIR");
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.put("p1", 1);
      followed.source.run("SET GLOBAL sync_binlog = " + syncBinlog);
      followed.follow(true, null);
      followed.caughtUp();
      Objects.requireNonNull(kill).killAndStart();
      followed.put("p2", 2);
      followed.caughtUp();
      boolean isCompared = followed.said.stream().anyMatch(line -> line.contains("server died"));
      assertThat(isCompared).as("%s", followed.said).isEqualTo(syncBinlog != 1);
      followed.stop();
      try (Jobs jobs = followed.jobs()) {
        assertThat(jobs.verify().findings()).isEmpty();
      }
    }
  }
}
