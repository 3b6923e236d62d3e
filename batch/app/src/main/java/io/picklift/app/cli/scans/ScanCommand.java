package io.picklift.app.cli.scans;

import io.picklift.app.cli.jobs.ConfigCommand;
import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.EngineOption;
import io.picklift.app.cli.terminal.OutputOptions;
import io.picklift.app.cli.terminal.ProgressLine;
import io.picklift.app.cli.terminal.RateOption;
import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.decode.DecodeNotes;
import io.picklift.app.scan.Scan;
import io.picklift.app.scan.ScanException;
import io.picklift.app.scan.ScannedSave;
import io.picklift.app.view.SafeText;
import io.picklift.codec.Limits;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.profile.OuterColumn;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that reads the whole source and writes files. */
abstract class ScanCommand extends ConfigCommand {
  private static final int MOST_REFUSED = 20;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many saves at a time, 1 to 64; default: one a processor.")
  private int threads = Math.min(MOST_AT_A_TIME, Runtime.getRuntime().availableProcessors());

  @Mixin private final EngineOption engine = new EngineOption();

  @Mixin private final RateOption rate = new RateOption();

  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Reads N saves, spread over all of the source; default: all.")
  private long sample;

  private boolean isSample;
  private List<OuterColumn> outer = List.of();
  private @Nullable String exactCollation;
  private DecodeNotes decoded = DecodeNotes.NONE;

  private final TreeMap<String, Long> refused = new TreeMap<>();
  private long shown;
  private @Nullable ProgressLine progress;

  @Override
  protected final void check() {
    if (threads < 1 || threads > MOST_AT_A_TIME) {
      throw wrong("--threads: from 1 to " + MOST_AT_A_TIME);
    }
    if (sample < 0) {
      throw wrong("--sample: from 1");
    }
  }

  /** Scans the source with a progress bar. */
  final <R> void scan(Config read, String what, Scan.Task<R> task, Scan.Results<R> results)
      throws DatabaseException, ScanException, IOException {
    Scan scan =
        new Scan(read, new Scan.Options(threads, engine.name(), limits(), sample, rate.rate()));
    try (ProgressLine progress = output.on(terminal())) {
      this.progress = progress;
      isSample = scan.run(what, progress, task, results);
    } finally {
      this.progress = null;
    }
    outer = scan.outerColumns();
    exactCollation = scan.exactCollation();
    decoded = scan.decoded();
  }

  /** Of each save, in every step: so many are in the heap at a time. */
  final Limits limits() {
    return Limits.forSaves(threads);
  }

  /** Whether {@link #scan} left saves out. */
  final boolean isSample() {
    return isSample;
  }

  /** The source's collation that compares as Python does; null where there is none. */
  final @Nullable String exactCollation() {
    return exactCollation;
  }

  /** The columns that the source has beside the saves. */
  final List<OuterColumn> outerColumns() {
    return outer;
  }

  /** Notes a row that cannot be read, and names the first of them. */
  final void refuse(ScannedSave.Refused row) {
    refused.merge(row.refusal().reason(), 1L, Long::sum);
    if (shown++ < MOST_REFUSED) {
      String line = row.key() + ": " + row.refusal().line();
      ProgressLine beside = progress;
      if (beside == null) {
        terminal().err().println(SafeText.line(line));
      } else {
        beside.tell(line);
      }
    }
  }

  /** Says what is to be known of the pickles, how many rows could not be read, and why. */
  final String refusedSummary() {
    StringBuilder text = new StringBuilder(decoded.lines());
    for (Map.Entry<String, Long> reason : refused.entrySet()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%,10d  would be quarantined: %s%n",
              reason.getValue(),
              reason.getKey()));
    }
    return text.toString();
  }

  final boolean hasRefused() {
    return !refused.isEmpty();
  }

  /** How many rows could not be read. */
  final long refusedRows() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Reads a mapping that the command line or the configuration names. */
  static Mapping mapping(Path file) throws IOException, ConfigurationException {
    try {
      return Mapping.read(file);
    } catch (NoSuchFileException e) {
      throw CommandException.usage("there is no file " + file);
    }
  }
}
