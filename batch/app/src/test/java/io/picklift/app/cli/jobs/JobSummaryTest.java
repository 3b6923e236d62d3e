package io.picklift.app.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.account.RunCounts;
import io.picklift.app.account.RunSummary;
import io.picklift.app.account.UnfitValues;
import io.picklift.app.decode.DecodeNotes;
import io.picklift.app.decode.StrayBytes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JobSummaryTest {
  /**
   * 9 migrated, 3 that changed since (2 of them known), 4 held back, 5 out of scope, 1 that went.
   */
  private static RunSummary run(boolean isBackfill) {
    RunCounts counts = new RunCounts(2, 3, 4, 0, 3, 0, 11, 6, 5, 4, 0, 27, 6);
    return new RunSummary(
        counts,
        isBackfill,
        Map.of(),
        List.of(),
        List.of(),
        new RunSummary.Values(9, 6, 2, Map.of("person.age", new UnfitValues(2, "p0003"))),
        new DecodeNotes(new StrayBytes(2, 40), Map.of("latin1-as-utf8", 3L)),
        List.of(),
        List.of());
  }

  @Test
  void theCountsAddUp() {
    assertThat(run(true).rows()).isEqualTo(12);
    assertThat(run(true).counts().unexplained()).isEqualTo(1);
  }

  @Test
  void whatMigrateLeavesToBackfillIsToldAndIsToBeLookedAt() {
    assertThat(JobSummary.of(run(false)))
        .containsPattern("12 +rows in the source")
        .containsPattern("2 +did not fit their column\n +2 +person.age, as in p0003\n")
        .containsPattern("2 +with extra bytes after the pickle \\(40 bytes in all\\)")
        .containsPattern(
            "3 +with text that looks damaged, kept unchanged: latin1-as-utf8 3; to repair it")
        .containsPattern("9 +migrated \\(new 2, changed 3, as before 4\\)")
        .containsPattern("3 +added or changed after this run read them: run backfill")
        .containsPattern("4 +gone from the source, but still in the target: run backfill")
        .containsPattern("5 +in the target but now excluded by 'where'")
        .containsPattern("1 +disappeared from the source during the closing pass: run backfill");
    assertThat(run(false).isClean()).isFalse();
  }

  @Test
  void whatChangesBehindBackfillIsForTheNext() {
    assertThat(JobSummary.of(run(true)))
        .containsPattern("3 +added or changed after this run read them: left to the next run")
        .doesNotContain("run backfill");
  }
}
