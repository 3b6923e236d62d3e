package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** How a process ends that nothing else has caught. */
final class MainTest {
  /** Standard output that cannot be written for a reason that is no exception. */
  private record Broken(Error error) {
    OutputStream out() {
      return new OutputStream() {
        @Override
        public void write(int value) {
          throw error;
        }
      };
    }
  }

  private static String run(Error error) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      Terminal terminal = new Terminal(new Broken(error).out(), err);
      assertThat(Main.run(terminal, "completion", "bash")).isEqualTo(3);
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void anErrorOfJavaEndsAsUnfinishedAndNotAsDone() {
    assertThat(run(new OutOfMemoryError("Java heap space")))
        .isEqualTo("picklift: not enough memory: give java a larger -Xmx\n");
    assertThat(run(new StackOverflowError()))
        .startsWith("picklift: an error in picklift itself, please report it:\n");
  }
}
