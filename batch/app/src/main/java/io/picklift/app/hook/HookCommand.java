package io.picklift.app.hook;

import io.picklift.app.view.SafeText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs one command to its end, or ends it. */
final class HookCommand {
  /** A command that says more than this writes a log of its own. */
  private static final int MOST_LINES = 20;

  private final String name;
  private final List<String> words;
  private final Duration patience;
  private final Consumer<String> say;

  /**
   * @param name what messages call it, like {@code on.failed}
   * @param patience how long it may take
   */
  HookCommand(String name, List<String> words, Duration patience, Consumer<String> say) {
    this.name = name;
    this.words = words;
    this.patience = patience;
    this.say = say;
  }

  /**
   * Runs it.
   *
   * @param facts variables of its environment, without their prefix
   */
  void run(Map<String, String> facts) {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    // A key may have a NUL, which no environment takes.
    facts.forEach(
        (fact, value) -> builder.environment().put("PICKLIFT_" + fact, SafeText.line(value)));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      Thread reader = new Thread(() -> tell(process), "hook");
      reader.setDaemon(true);
      reader.start();
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        say.accept(name + ": ended, since it took more than " + patience.toSeconds() + " s");
        return;
      }
      // What it left running may hold its output open.
      reader.join(TimeUnit.SECONDS.toMillis(1));
      if (process.exitValue() != 0) {
        say.accept(name + ": ended with status " + process.exitValue());
      }
    } catch (IOException e) {
      say.accept(name + " cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(Process process) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int told = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (told++ < MOST_LINES) {
          say.accept(name + ": " + line);
        }
      }
    } catch (IOException e) {
      say.accept(name + ": its output was lost: " + e.getMessage());
    }
  }
}
