package io.picklift.app.cli;

import io.picklift.app.source.Engine;
import picocli.CommandLine.Option;

/** Which decoder is to read the pickles. */
final class EngineOption {
  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "fast",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Engine.Name name = Engine.Name.FAST;

  Engine.Name name() {
    return name;
  }
}
