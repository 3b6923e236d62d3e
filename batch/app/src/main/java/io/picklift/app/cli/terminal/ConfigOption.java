package io.picklift.app.cli.terminal;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --config}. */
public final class ConfigOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "picklift.yaml",
      description = "The configuration; default: ${DEFAULT-VALUE}.")
  private Path file = Path.of("picklift.yaml");

  public Path file() {
    return file;
  }
}
