package io.picklift.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.accept.AcceptFile;
import io.picklift.app.accept.AcceptList;
import io.picklift.app.accept.Acceptance;
import io.picklift.app.report.SaveResult.Status;
import io.picklift.app.report.form.ReportsTest;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What someone accepted is no complaint, and hides nothing else. */
final class AcceptedTest {
  private static final Clock TODAY =
      Clock.fixed(Instant.parse("2026-11-26T12:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path folder = Path.of("");

  private static VerifyReport report(AcceptList accepted, String tables) {
    VerifyReport report = new VerifyReport("saves", "t", accepted, null);
    report.add(new SaveResult("p1", Status.EQUAL, "", List.of()));
    report.add(ReportsTest.different("\u001bp\"2\\\n", "money", "int 1", tables));
    return report;
  }

  private AcceptList read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("accept.yaml"), yaml);
    return AcceptFile.read(file, TODAY);
  }

  @Test
  void whatIsWrittenIsAcceptedNextTime() throws IOException {
    VerifyReport before = report(AcceptList.none(), "int 2");
    assertThat(before.isClean()).isFalse();
    Path file = folder.resolve("accept.yaml");
    AcceptFile.write(file, before.toAccept("known", "anna"));
    VerifyReport after = report(AcceptFile.read(file, TODAY), "int 2");
    assertThat(after.isClean()).isTrue();
    assertThat(after.model().verdict()).isEqualTo(Verdict.PROVEN_WITH_EXCEPTIONS);
    assertThat(after.model().sentence())
        .isEqualTo(
            "Proven with known exceptions: 1 of 2 rows comes back from the target byte for byte; 1"
                + " finding is accepted.");
  }

  @Test
  void laterDamageDoesNotHideBehindIt() throws IOException {
    Path file = folder.resolve("accept.yaml");
    AcceptFile.write(file, report(AcceptList.none(), "int 2").toAccept("known", ""));
    VerifyReport after = report(AcceptFile.read(file, TODAY), "int 3");
    assertThat(after.isClean()).isFalse();
    assertThat(after.model().causes().get(0).note())
        .isEqualTo("1 accepted before with another value");
  }

  @Test
  void aCauseIsAcceptedUpToACount() throws IOException {
    String yaml = "- cause: 'differs:money'\n  most: %d\n  reason: known\n";
    VerifyReport within = report(read(yaml.formatted(2)), "int 2");
    within.add(ReportsTest.different("p3", "money", "int 5", "int 6"));
    assertThat(within.isClean()).isTrue();
    VerifyReport beyond = report(read(yaml.formatted(1)), "int 2");
    beyond.add(ReportsTest.different("p3", "money", "int 5", "int 6"));
    assertThat(beyond.isClean()).isFalse();
    assertThat(beyond.model().causes().get(0).note()).isEqualTo("only 1 are accepted");
  }

  @Test
  void whatIsAcceptedIsNoReasonWhyTheRestIsNotProven() throws IOException {
    String yaml = "- {cause: 'quarantined:null', most: 1, reason: a player who left}";
    VerifyReport report = report(read(yaml), "int 2");
    report.add(
        new SaveResult("q", Status.QUARANTINED, "null", List.of(Finding.quarantined("null", ""))));
    assertThat(report.model().sentence())
        .isEqualTo(
            "Not proven: 1 of 3 rows comes back from the target byte for byte; 1 differs (1"
                + " cause); 1 other finding is accepted.");
  }

  @Test
  void anAcceptedCauseStaysWithItsReasonWhenAllIsWrittenAnew() throws IOException {
    String yaml =
        """
        - cause: 'differs:money'
          most: 5
          reason: the old client
          until: 2027-01-31
          by: anna
        """;
    VerifyReport report = report(read(yaml), "int 2");
    report.add(ReportsTest.different("p3", "name", "str \"a\"", "str \"b\""));
    List<Acceptance> entries = report.toAccept("known; say why", "bert");
    assertThat(entries).extracting(Acceptance::isCause).containsExactly(true, false);
    assertThat(entries).extracting(Acceptance::reason).contains("the old client");
    assertThat(entries).extracting(Acceptance::key).containsExactly("", "p3");
    Path file = folder.resolve("next.yaml");
    AcceptFile.write(file, entries);
    VerifyReport next = report(AcceptFile.read(file, TODAY), "int 2");
    next.add(ReportsTest.different("p3", "name", "str \"a\"", "str \"b\""));
    assertThat(next.isClean()).isTrue();
  }

  @Test
  void whatExpiredIsAFindingAgain() throws IOException {
    String yaml = "- cause: 'differs:money'\n  most: 1\n  reason: known\n  until: %s\n";
    assertThat(report(read(yaml.formatted("2026-11-26")), "int 2").isClean()).isTrue();
    VerifyReport expired = report(read(yaml.formatted("2026-11-25")), "int 2");
    assertThat(expired.isClean()).isFalse();
    assertThat(expired.model().causes().get(0).note()).isEqualTo("was accepted until 2026-11-25");
  }

  @Test
  void aFileThatCannotBeUsedIsNamedWithItsLine() {
    for (String[] wrong :
        new String[][] {
          {"finding: x", ":1: is a list"},
          {"- finding: x\n  cause: y\n  reason: z", ":1: an entry has either"},
          {"\n- finding: x", ":2: an entry needs a 'reason'"},
          {"- finding: x\n  reasons: y", ":2: is no key of an entry"},
          {"- cause: x\n  reason: y", "'most'"},
          {"- finding: x\n  reason: y\n  until: soon", "is a day like"},
          {"- {", "is no YAML"},
        }) {
      assertThatThrownBy(() -> read(wrong[0]))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("accept.yaml")
          .hasMessageContaining(wrong[1]);
    }
  }
}
