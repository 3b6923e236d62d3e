package io.picklift.app.cli;

import io.picklift.app.job.Game;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line as a process, which writes into {@code out} and {@code err} of a folder. */
final class CliProcess {
  private CliProcess() {}

  /**
   * Starts it.
   *
   * @param options for Java
   * @param words the command line, without the configuration
   */
  static Process start(Game game, Path folder, List<String> options, String... words)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add("io.picklift.app.cli.Main");
    line.addAll(List.of(words));
    line.addAll(List.of("--config", game.file().toString()));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("PICKLIFT_LOG", folder.resolve("picklift.log").toString());
    return builder
        .directory(folder.toFile())
        .redirectError(folder.resolve("err").toFile())
        .redirectOutput(folder.resolve("out").toFile())
        .start();
  }
}
