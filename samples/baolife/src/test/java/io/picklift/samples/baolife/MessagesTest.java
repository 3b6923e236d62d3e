package io.picklift.samples.baolife;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.account.CompanionCounts;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.ProgressListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The game's table {@code messages}, by the sample's own picklift.yaml and the README's question.
 */
@Tag("database")
final class MessagesTest {
  private static final Path SAMPLE = Path.of("baolife").toAbsolutePath();

  @TempDir private Path folder = Path.of("");

  /** What the sample's file says of companions. */
  private static String companions() throws Exception {
    String text = Files.readString(SAMPLE.resolve("picklift.yaml"));
    Matcher section = Pattern.compile("(?ms)^companions:.*?(?=^\\w)").matcher(text);
    assertThat(section.find()).isTrue();
    return section.group();
  }

  private static String question() throws Exception {
    Matcher sql =
        Pattern.compile("(?s)```sql\\n(SELECT m\\.player.*?);\\n```")
            .matcher(Files.readString(SAMPLE.resolve("README.md")));
    assertThat(sql.find()).isTrue();
    return sql.group(1);
  }

  @Test
  void whatWasSaidCanBeReadWhereTheSaveIsLost() throws Exception {
    Baolife baolife = new Baolife(folder);
    Files.writeString(baolife.configFile(), companions(), StandardOpenOption.APPEND);
    try (Jobs jobs = Jobs.open(baolife.config(), JobOptions.defaults(), ProgressListener.NONE)) {
      assertThat(jobs.migrate().companions())
          .containsExactly(new CompanionCounts("messages", 230, 0, 0, 0, 0, 0, 0));
      VerifyReport report = jobs.verify();
      assertThat(report.companions().get(0).equal()).isEqualTo(230);
      assertThat(report.findings()).doesNotContainKey("companion");
    }
    List<?> answer = baolife.query(question());
    assertThat(answer).hasSize(5);
    assertThat(
            baolife.query(
                "SELECT COUNT(*) FROM messages WHERE sent_at IS NULL OR sent_at_text IS NOT NULL"))
        .isEqualTo(List.of(List.of("0")));
  }
}
