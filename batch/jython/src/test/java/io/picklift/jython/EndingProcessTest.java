package io.picklift.jython;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A process that was told to stop cannot start an interpreter, which is no fault of a pickle. */
final class EndingProcessTest {
  @Test
  void anInterpreterThatIsWantedTooLateIsRefusedAsSuch() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TooLate.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(said).contains("refused: the process ends, and no interpreter can be started");
  }

  /** Asks for an interpreter when it ends. */
  static final class TooLate {
    private TooLate() {}

    public static void main(String[] arguments) {
      Runtime.getRuntime().addShutdownHook(new Thread(TooLate::ask));
    }

    private static void ask() {
      try {
        Interpreters.inert();
        System.out.println("started");
      } catch (EndingException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }
}
