package io.picklift.app.cli.terminal;

import io.picklift.app.decode.DecodingEngine;
import picocli.CommandLine.Option;

/** The option {@code --engine}: the decoder that reads the pickles. */
public final class EngineOption {
  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "fast",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private DecodingEngine.Name name = DecodingEngine.Name.FAST;

  public DecodingEngine.Name name() {
    return name;
  }
}
