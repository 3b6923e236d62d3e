package io.picklift.app.cli.scans;

import io.picklift.app.accept.AcceptList;
import io.picklift.app.cli.files.FilesCommand;
import io.picklift.app.cli.terminal.AcceptOption;
import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.file.WholeFile;
import io.picklift.app.profile.ProfileCollector;
import io.picklift.app.profile.ProfileFolder;
import io.picklift.app.profile.ProfileSummary;
import io.picklift.app.report.RefusedSaves;
import io.picklift.app.scan.ScanException;
import io.picklift.app.scan.ScannedSave;
import io.picklift.schema.drift.Drift;
import io.picklift.schema.drift.DriftReport;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    description =
        "Reads the saves and writes the schema that is really there: mapping, tables, .proto, JSON"
            + " Schemas, reports.")
public final class ProfileCommand extends ScanCommand {

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Writes DIR/mapping.yaml, tables.sql, <package>.proto, <Class>.schema.json, profile.json,"
              + " profile.html, and mapping-schema.json for editors.")
  private @Nullable Path out;

  @Option(
      names = "--against",
      paramLabel = "MAPPING",
      description =
          "Reports what is new, gone or of another type, compared with this mapping and the"
              + " profile.json beside it; exit status 1 if there is anything.")
  private @Nullable Path against;

  @Option(
      names = "--groups",
      description =
          "Of a source with split_by: writes one table, with a group of columns for each value, in"
              + " place of a table for each.")
  private boolean groups;

  @Mixin private final AcceptOption accept = new AcceptOption();

  @Override
  protected int run(Config read)
      throws DatabaseException, ScanException, IOException, ConfigurationException {
    if (out == null && against == null) {
      throw CommandException.usage(
          "--out DIR says where to, or --against MAPPING what to compare with");
    }
    if (out != null) {
      FilesCommand.makeFolder("--out", out);
    }
    AcceptList accepted = accept.of(read);
    RefusedSaves refused = new RefusedSaves(accepted);
    Mapping known = against == null ? null : mapping(against);
    Profile profile = profile(read, refused);
    if (groups || (known != null && !known.groups().isEmpty())) {
      profile.groupSplits();
    }
    // Before anything is overwritten: it may be the same folder.
    DriftReport drift =
        known == null || against == null
            ? null
            : drift(profile, known, against).accepting(change -> isAccepted(change, accepted));
    print(ProfileSummary.of(profile) + refusedSummary());
    List<String> mistakes = out == null ? List.of() : write(profile, out, drift);
    print(mistakes.stream().map(line -> line + "\n").collect(Collectors.joining()));
    if (drift != null) {
      print(drift.text());
    }
    print(refused.line());
    boolean isDrift = drift != null && !drift.isEmpty();
    boolean isRefused = refusedRows() > refused.accepted();
    return isRefused || isDrift || !mistakes.isEmpty() ? ExitStatus.LOOK : ExitStatus.DONE;
  }

  /** {@code accept.yaml} calls a change {@code drift:}, its kind and its path. */
  private static boolean isAccepted(DriftReport.Finding drift, AcceptList accepted) {
    String kind = drift.kind().name().toLowerCase(Locale.ROOT);
    return accepted.holds(accepted.cause("drift:" + kind + ":" + drift.path()));
  }

  private static DriftReport drift(Profile profile, Mapping known, Path against)
      throws IOException {
    try {
      return Drift.compare(
          profile, known, WholeFile.textOf(against.resolveSibling(ProfileFolder.PROFILE)));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  private Profile profile(Config read, RefusedSaves accepted)
      throws DatabaseException, ScanException, IOException {
    ProfileCollector collector = new ProfileCollector(limits());
    this.<Counted>scan(
        read,
        "profile",
        row -> new Counted(collector.add(row)),
        row -> {
          if (row.refused() != null) {
            refuse(row.refused());
            accepted.quarantined(
                row.refused().key(), row.refused().refusal().reason(), row.refused().blobSha256());
          }
        });
    return collector.finish(outerColumns(), exactCollation(), isSample());
  }

  /** A row that was counted. */
  private record Counted(ScannedSave.@Nullable Refused refused) {}

  private List<String> write(Profile profile, Path folder, @Nullable DriftReport drift)
      throws IOException {
    ProfileFolder.Written written = new ProfileFolder(folder).write(profile, drift);
    written.notes().forEach(terminal().err()::println);
    return written.mistakes();
  }
}
