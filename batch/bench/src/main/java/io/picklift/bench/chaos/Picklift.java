package io.picklift.bench.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The built jar as a process, by its launcher. */
final class Picklift {
  /** Longer than any deadline in the configuration. */
  private static final int MOST_SECONDS = 150;

  private final Path launcher;
  private final Path folder;
  private final int heap;
  private final String more;

  /**
   * @param folder where the configuration is, and where the output goes
   */
  Picklift(Path launcher, Path folder, int heap) {
    this(launcher, folder, heap, "");
  }

  /**
   * @param more options for Java
   */
  Picklift(Path launcher, Path folder, int heap, String more) {
    this.more = more;
    this.launcher = launcher;
    this.folder = folder;
    this.heap = heap;
  }

  /** A command that was started. */
  record Started(Process process, Path output) {
    /** Its status; -1 where it does not end. */
    int await() throws InterruptedException {
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return -1;
      }
      return process.exitValue();
    }

    /** Whether it printed a stack trace: whatever happens, a line has to do. */
    boolean hasTrace() throws IOException {
      return Files.readString(output).contains("\n\tat ");
    }

    String said() throws IOException {
      List<String> lines = Files.readAllLines(output);
      return String.join("\n      ", lines.subList(Math.max(0, lines.size() - 6), lines.size()));
    }
  }

  /**
   * Starts a command.
   *
   * @param name of the file for what it prints
   */
  Started start(String name, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.addAll(arguments);
    Path output = folder.resolve(name + ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    // Runs are short: the second compiler and a collector with threads of its own do not pay.
    builder
        .environment()
        .put(
            "JAVA_OPTS",
            "-Xmx"
                + heap
                + "m -XX:TieredStopAtLevel=1 -XX:-UseParallelGC -XX:+UseSerialGC "
                + more);
    // Of the broker between a coordinator and its workers; other commands do not look at it.
    builder.environment().put("PICKLIFT_BROKER_PASSWORD", "chaos");
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new Started(builder.start(), output);
  }
}
