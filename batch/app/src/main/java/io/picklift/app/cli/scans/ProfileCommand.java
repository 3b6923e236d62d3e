package io.picklift.app.cli.scans;

import io.picklift.app.cli.files.FilesCommand;
import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.file.WholeFile;
import io.picklift.app.profile.ProfileCollector;
import io.picklift.app.profile.ProfileFolder;
import io.picklift.app.profile.ProfileSummary;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
          "Tells what is new, gone or of another type than this mapping, and the profile.json"
              + " beside it, know; exit status 1 if anything is.")
  private @Nullable Path against;

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
    Mapping known = against == null ? null : mapping(against);
    Profile profile = profile(read);
    // Before anything is overwritten: it may be the same folder.
    DriftReport drift = known == null || against == null ? null : drift(profile, known, against);
    print(ProfileSummary.of(profile) + refusedSummary());
    List<String> mistakes = out == null ? List.of() : write(profile, out, drift);
    print(mistakes.stream().map(line -> line + "\n").collect(Collectors.joining()));
    if (drift != null) {
      print(drift.text());
    }
    boolean isDrift = drift != null && !drift.isEmpty();
    return hasRefused() || isDrift || !mistakes.isEmpty() ? ExitStatus.LOOK : ExitStatus.DONE;
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

  private Profile profile(Config read) throws DatabaseException, ScanException, IOException {
    ProfileCollector collector = new ProfileCollector(limits());
    this.<Counted>scan(
        read,
        "profile",
        row -> new Counted(collector.add(row)),
        row -> {
          if (row.refused() != null) {
            refuse(row.refused());
          }
        });
    return collector.finish(outerColumns(), isSample());
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
