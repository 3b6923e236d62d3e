package io.picklift.app.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.Main;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ResultStreamTest {
  /** A disk without space. */
  private static final class Full extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("No space left on device");
    }
  }

  @Test
  void aFullDiskIsNamedOnce() {
    for (String argument : new String[] {"--help", "--version", "completion"}) {
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      Terminal terminal =
          new Terminal(
              new BufferedOutputStream(new Full()),
              new PrintStream(err, true, StandardCharsets.UTF_8));
      String[] arguments =
          argument.equals("completion") ? new String[] {argument, "bash"} : new String[] {argument};
      assertThat(Main.run(terminal, arguments)).isEqualTo(3);
      assertThat(err.toString(StandardCharsets.UTF_8))
          .isEqualTo("picklift: standard output: No space left on device\n");
    }
  }
}
