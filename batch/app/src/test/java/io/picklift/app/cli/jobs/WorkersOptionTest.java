package io.picklift.app.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.Run;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkersOptionTest {
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
    "migrate,--dry-run,--workers goes without --dry-run",
    "backfill,--dry-run,--workers goes without --dry-run",
    "backfill,--cron=* * * * *,--workers goes without --dry-run",
    "backfill,--follow,--workers goes without --dry-run",
    "restore,--out=restored,--workers"
  })
  void whatCannotBeSharedOutIsRefused(String command, String option, String why) {
    Run run = Run.of(command, "--workers", "remote", option);
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(why);
  }
}
