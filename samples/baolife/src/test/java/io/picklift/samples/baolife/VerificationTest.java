package io.picklift.samples.baolife;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.report.Finding;
import io.picklift.app.report.SaveResult;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.ProgressListener;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code verify} says of the fixture is what CPython found in it. */
@Tag("database")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerificationTest {
  private VerifyReport report;

  @SuppressWarnings("NullAway.Init") // set before all
  VerificationTest() {}

  @BeforeAll
  void verify(@TempDir Path folder) throws Exception {
    Baolife baolife = new Baolife(folder);
    try (Jobs jobs = Jobs.open(baolife.config(), JobOptions.defaults(), ProgressListener.NONE)) {
      jobs.migrate();
      report = jobs.verify();
    }
  }

  @Test
  void everyMigratedSaveIsEqualBothWays() {
    assertThat(report.rows()).isEqualTo(Expected.total("rows"));
    assertThat(report.equal()).isEqualTo(Expected.total("migrated"));
    assertThat(report.different()).isZero();
    assertThat(report.quarantined()).isEqualTo(Expected.total("quarantined"));
  }

  @Test
  void exactlyTheDisagreementsAreNamedByPath() {
    SortedSet<String> expected = new TreeSet<>();
    for (Map.Entry<String, JsonNode> row : Expected.rows("migrated").entrySet()) {
      for (JsonNode it : row.getValue().get("disagreements")) {
        String column = it.has("column") ? it.get("column").asText() : "json";
        String path = it.get("path").asText();
        expected.add(
            line(row.getKey(), column, path, it.get("blob").asText(), it.get("other").asText()));
      }
    }
    assertThat(expected).hasSize(Expected.total("disagreements"));
    SortedSet<String> found = new TreeSet<>();
    for (SaveResult result : report.results()) {
      for (Finding it : result.findings()) {
        if (it.kind() == Finding.Kind.COPY_DIFFERS) {
          found.add(line(result.key(), it.column(), it.path(), it.blob(), it.other()));
        }
      }
    }
    assertThat(found).isEqualTo(expected);
    assertThat(report.disagreeing()).isEqualTo(Expected.total("rowsThatDisagree"));
  }

  @Test
  void copiesThatCannotBeReadAreReportedAndNoDisagreement() {
    SortedSet<String> expected = new TreeSet<>();
    Expected.rows("migrated")
        .forEach(
            (id, row) -> {
              if (row.get("jsonUnreadable").asBoolean()) {
                expected.add(id);
              }
            });
    SortedSet<String> found = new TreeSet<>();
    for (SaveResult result : report.results()) {
      for (Finding it : result.findings()) {
        if (it.kind() == Finding.Kind.COPY_UNREADABLE) {
          found.add(result.key());
        }
      }
    }
    assertThat(found).isEqualTo(expected).isNotEmpty();
  }

  private static String line(String key, String column, String path, String blob, String other) {
    return key + " " + column + " " + path + ": " + bare(blob) + " / " + bare(other);
  }

  /** A report quotes what is text on either side, and writes a bool as Python does. */
  private static String bare(String value) {
    String text =
        value.startsWith("\"") && value.endsWith("\"")
            ? value.substring(1, value.length() - 1)
            : value;
    return text.toLowerCase(Locale.ROOT);
  }
}
