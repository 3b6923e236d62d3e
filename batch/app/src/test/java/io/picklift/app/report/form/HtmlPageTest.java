package io.picklift.app.report.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.picklift.app.report.SaveResult;
import io.picklift.app.report.SaveResult.Status;
import io.picklift.app.report.VerifyReport;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, where there is one. */
final class HtmlPageTest {
  @TempDir private Path folder = Path.of("");

  private static @Nullable Path browser() {
    for (String place : String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1)) {
      Path file = Path.of(place, "chromium");
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    return null;
  }

  /** What the page is after its script ran. */
  private String dom(String fragment) throws Exception {
    Path browser = browser();
    assumeTrue(browser != null, "there is no chromium");
    Path out = folder.resolve("dom.html");
    List<String> command = new ArrayList<>();
    command.add(String.valueOf(browser));
    command.addAll(List.of("--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"));
    command.add("--user-data-dir=" + folder.resolve("profile"));
    command.add("--virtual-time-budget=20000");
    command.add(folder.resolve("report.html").toUri() + fragment);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  private VerifyReport written(int saves) throws IOException {
    VerifyReport report = new VerifyReport("saves", "t");
    for (int i = 0; i < saves; i++) {
      report.add(ReportsTest.different("k" + i, "r[" + i + "].age", "int " + i, "int -1"));
    }
    report.add(new SaveResult("fine", Status.EQUAL, "", List.of()));
    Reports.write(report, folder);
    return report;
  }

  @Test
  void theScriptDrawsWhatIsInSight() throws Exception {
    written(1_000);
    String dom = dom("");
    assertThat(dom).contains("data-ready=\"true\"", "1,000 of 1,000 findings", "r[10].age");
  }

  @Test
  void aLinkLeadsToItsFinding() throws Exception {
    VerifyReport report = written(1_000);
    String print = report.model().saves().get(998).findings().get(0).fingerprint();
    String dom = dom("#" + print);
    assertThat(dom).contains("<tr id=\"" + print + "\"").contains("1 of 1,000 findings");
  }
}
