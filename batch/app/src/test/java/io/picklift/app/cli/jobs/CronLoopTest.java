package io.picklift.app.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.schedule.Schedule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a process that stays ends with when it is told to stop during a run. */
final class CronLoopTest {
  @ParameterizedTest
  @CsvSource({
    ExitStatus.DONE + "," + ExitStatus.DONE,
    ExitStatus.LOOK + "," + ExitStatus.DONE,
    ExitStatus.USAGE + "," + ExitStatus.USAGE,
    ExitStatus.UNFINISHED + "," + ExitStatus.UNFINISHED
  })
  void aRunThatCameToItsEndIsNoFailure(int ofTheRun, int ofTheProcess) throws Exception {
    CronLoop loop = new CronLoop(Schedule.parse("* * * * * *"), line -> {}, () -> true);
    assertThat(loop.run(() -> ofTheRun)).isEqualTo(ofTheProcess);
  }
}
