package io.picklift.samples.baolife;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Runs {@code picklift.jar} as its users do. */
final class Picklift {
  /** How long any command of these tests may take, in seconds. */
  private static final int PATIENCE = 180;

  private Picklift() {}

  /** What a command said. */
  record Result(int status, String out, String err) {
    @Override
    public String toString() {
      return "exit status " + status + "\n" + out + "\n" + err;
    }
  }

  /** Runs a command to its end. */
  static Result run(Path folder, String... arguments) throws IOException, InterruptedException {
    return run(folder, List.of(), arguments);
  }

  /**
   * Runs a command to its end.
   *
   * @param folder where its output goes
   * @param jvm options of the virtual machine
   */
  static Result run(Path folder, List<String> jvm, String... arguments)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process = start(folder, jvm, arguments);
    if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(
          String.join(" ", arguments) + " did not end: " + Files.readString(err));
    }
    return new Result(process.exitValue(), read(out), read(err));
  }

  /** Starts a command; its output goes to {@code out.txt} and {@code err.txt}. */
  static Process start(Path folder, List<String> jvm, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As the launcher has it: without Java's second compiler a short command takes half the time.
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(jvm);
    command.add("-jar");
    command.add(Objects.requireNonNull(System.getProperty("picklift.jar"), "picklift.jar"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectOutput(folder.resolve("out.txt").toFile())
        .redirectError(folder.resolve("err.txt").toFile())
        .start();
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
