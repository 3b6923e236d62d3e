package io.picklift.app.cli.jobs;

import picocli.CommandLine.Option;

/** The option {@code --dry-run}. */
final class DryRunOption {
  @Option(
      names = "--dry-run",
      description = {
        "Reads, decodes, maps and counts, but writes nothing; shows what would happen.",
        "SELECT is all that the accounts need; the target may be empty."
      })
  private boolean isDry;

  boolean isDry() {
    return isDry;
  }
}
