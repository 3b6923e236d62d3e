package io.picklift.app.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.cli.Run;
import io.picklift.app.config.Config;
import io.picklift.app.config.ConfigReader;
import io.picklift.app.job.JobOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class WorkersOptionTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({"migrate,--lease,20", "backfill,--lease,5", "migrate,--range-saves,2"})
  void whatIsAboutWorkersIsRefusedWithoutThem(String command, String option, String value) {
    Run run = Run.of(command, option, value);
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err())
        .contains("--listen, --broker, --lease and --range-saves go with --workers remote");
  }

  @ParameterizedTest
  @CsvSource({
    "verify,--read-only,without --key",
    "verify,--key=p1,without --key",
    "verify,--sample=10%,without --key",
    "migrate,--dry-run,--workers cannot be combined with --dry-run",
    "backfill,--dry-run,--workers cannot be combined with --dry-run",
    "backfill,--cron=* * * * *,--workers cannot be combined with --dry-run",
    "backfill,--conflicts=merge,--workers cannot be combined with --conflicts merge",
    "backfill,--follow,--workers cannot be combined with --dry-run",
    "restore,--out=restored,--workers"
  })
  void whatCannotBeSharedOutIsRefused(String command, String option, String why) {
    Run run = Run.of(command, "--workers", "remote", option);
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(why);
  }

  @Test
  void mergingThatTheConfigurationAsksForIsRefusedBeforeAnythingIsOpened() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("picklift.yaml"),
            """
            source: {url: "jdbc:mysql://127.0.0.1:1/a", table: saves, key: id, blob: data}
            target: {url: "jdbc:mysql://127.0.0.1:1/b", keep_base: true}
            mapping: mapping.yaml
            run: {conflicts: merge}
            """);
    Config config = ConfigReader.read(file);
    BackfillCommand backfill = new BackfillCommand();
    CommandLine line = new CommandLine(backfill);
    line.parseArgs("--workers", "remote");
    assertThatThrownBy(() -> backfill.more(JobOptions.defaults(), config))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessageContaining("run.conflicts: merge");
  }
}
