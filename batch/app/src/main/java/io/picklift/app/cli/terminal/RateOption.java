package io.picklift.app.cli.terminal;

import io.picklift.app.config.MaxRate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --max-rate} of commands that read the source without a job. */
public final class RateOption {
  @Option(
      names = "--max-rate",
      paramLabel = "N|N MB",
      converter = MaxRateConverter.class,
      description =
          "How many saves, or MB of BLOBs, a second at most, like 500 or 4MB; default: run.max_rate"
              + " of the configuration, or as fast as it goes.")
  private @Nullable MaxRate maxRate;

  /** The rate; null for what the configuration says. */
  public @Nullable MaxRate rate() {
    return maxRate;
  }
}
