package io.picklift.app.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ProgressLineTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aLineTellsHowFarHowFastAndHowLong() {
    ProgressText text = new ProgressText("migrate", 5_000, 0);
    text.done(1_250);
    assertThat(text.line(10 * SECOND))
        .isEqualTo("migrate: 1,250 of 5,000 saves (25%), 125 a second, about 30 s left");
    text.done(3_750);
    assertThat(text.line(40 * SECOND))
        .isEqualTo("migrate: 5,000 of 5,000 saves (100%), 125 a second");
    assertThat(new ProgressText("verify", 1, 0).line(2 * SECOND))
        .isEqualTo("verify: 0 of 1 save (0%), 0.0 a second");
  }

  @Test
  @Timeout(120)
  void withoutATerminalThereAreLines() throws Exception {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    try (ProgressLine progress =
        new ProgressLine(stream, ProgressLine.Mode.AUTO, false, Duration.ofMillis(5))) {
      progress.start("migrate", 3);
      progress.done(1);
      while (err.size() == 0) {
        Thread.sleep(5);
      }
      progress.say("a\u001bb");
    }
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("migrate: 1 of 3 saves")
        .contains("a\\x1bb");
  }

  @Test
  @Timeout(120)
  void neitherResultsNorLinesAreGluedToTheBar() throws Exception {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(both, true, StandardCharsets.UTF_8);
    ResultStream results = new ResultStream(both);
    ProgressLine progress =
        new ProgressLine(err, ProgressLine.Mode.BAR, false, Duration.ofSeconds(10));
    try (progress) {
      results.shows(progress::close, true);
      progress.start("migrate", 3);
      progress.say("a line");
      progress.wrote(2, 1, 0, 0);
      progress.done(3);
      results.write("a result\n".getBytes(StandardCharsets.UTF_8));
    }
    String shown = both.toString(StandardCharsets.UTF_8);
    assertThat(shown).contains("\r\u001b[Ka line\n").endsWith("\na result\n");
    assertThat(shown).contains("1 quarantined");
  }

  /** The bar's own thread may be late: each end is tried while it has shown nothing yet. */
  @Test
  @Timeout(120)
  void aBarThatEndsAtOnceHasAnEndToo() throws Exception {
    for (int i = 0; i < 50; i++) {
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      PrintStream err = new PrintStream(both, true, StandardCharsets.UTF_8);
      try (ProgressLine progress =
          new ProgressLine(err, ProgressLine.Mode.BAR, false, Duration.ofSeconds(10))) {
        progress.start("migrate", 3);
      }
      assertThat(both.toString(StandardCharsets.UTF_8)).endsWith("\n").doesNotContain("\n\n");
    }
  }

  @Test
  void aLineTellsOfWhatIsQuarantined() {
    ProgressText text = new ProgressText("migrate", 5_000, 0);
    text.done(1_250);
    text.quarantined(2);
    assertThat(text.line(10 * SECOND))
        .isEqualTo(
            "migrate: 1,250 of 5,000 saves (25%), 125 a second, about 30 s left, 2 quarantined");
  }

  @Test
  void quietSaysNothing() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    try (ProgressLine progress =
        new ProgressLine(stream, ProgressLine.Mode.NONE, true, Duration.ofMillis(1))) {
      progress.start("migrate", 3);
      progress.say("something");
      progress.done(3);
    }
    assertThat(err.size()).isZero();
  }
}
