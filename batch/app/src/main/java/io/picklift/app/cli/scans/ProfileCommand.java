package io.picklift.app.cli.scans;

import io.picklift.app.cli.files.FilesCommand;
import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.decode.Refusal;
import io.picklift.app.scan.ScanException;
import io.picklift.app.scan.ScannedSave;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.draft.MappingGenerator;
import io.picklift.schema.drift.Drift;
import io.picklift.schema.drift.DriftReport;
import io.picklift.schema.drift.MissingPaths;
import io.picklift.schema.export.ProtoLock;
import io.picklift.schema.mapping.ConfigurationException;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.MappingSchema;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ProfileLimits;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.walk.Profiler;
import io.picklift.schema.report.ProfileFiles;
import io.picklift.schema.report.ProfileJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    description =
        "Reads the saves and writes the schema that is really there: mapping, tables, .proto, JSON Schemas, reports.")
public final class ProfileCommand extends ScanCommand {
  private static final String MAPPING = "mapping.yaml";
  private static final String PROFILE = "profile.json";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Writes DIR/mapping.yaml, tables.sql, <package>.proto, <Class>.schema.json, profile.json, profile.html, and mapping-schema.json for editors.")
  private @Nullable Path out;

  @Option(
      names = "--against",
      paramLabel = "MAPPING",
      description =
          "Tells what is new, gone or of another type than this mapping, and the profile.json beside it, know; exit status 1 if anything is.")
  private @Nullable Path against;

  /** Each thread's own. Handed from one to the other, they would be ever in the wrong cache. */
  private final ConcurrentLinkedQueue<Profile> profiles = new ConcurrentLinkedQueue<>();

  private final ThreadLocal<Profiler> own = ThreadLocal.withInitial(this::newProfiler);

  private Profiler newProfiler() {
    Profile made = new Profile(ProfileLimits.defaults());
    profiles.add(made);
    return new Profiler(made);
  }

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
    print(summary(profile));
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
      return Drift.compare(profile, known, textOf(against.resolveSibling(PROFILE)));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  private Profile profile(Config read) throws DatabaseException, ScanException, IOException {
    this.<Done>scan(
        read,
        "profile",
        this::add,
        done -> {
          if (done.refused() != null) {
            refuse(done.refused());
          }
        });
    Profile all = new Profile(ProfileLimits.defaults());
    profiles.forEach(all::merge);
    all.setOuter(outerColumns());
    if (isSample()) {
      all.markSample();
    }
    return all.finish();
  }

  /** A row that was counted. */
  private record Done(ScannedSave.@Nullable Refused refused) {}

  private Done add(ScannedSave row) {
    Profiler profiler = own.get();
    ScannedSave.Refused refused = addTo(profiler, row);
    if (refused != null) {
      profiler.profile().addRefused(refused.refusal().reason());
    }
    return new Done(refused);
  }

  private ScannedSave.@Nullable Refused addTo(Profiler profiler, ScannedSave row) {
    if (row instanceof ScannedSave.Refused refused) {
      return refused;
    }
    ScannedSave.Save save = (ScannedSave.Save) row;
    try {
      profiler.add(
          Meaning.of(save.graph(), limits()),
          new SaveFacts(
              save.key(),
              save.order(),
              save.watermark(),
              save.encodings(),
              save.storedBytes(),
              save.pickleBytes()));
      return null;
    } catch (LimitException e) {
      return new ScannedSave.Refused(save.key(), Refusal.of(e));
    }
  }

  private String summary(Profile profile) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%,10d  saves read%s, %,d values in objects of %,d classes%n",
            profile.saves().count(),
            profile.saves().isSample() ? " (a sample)" : "",
            profile.saves().values(),
            profile.classes().size()));
    return text.append(roots(profile.root())).append(refusedSummary()).toString();
  }

  /**
   * What stands at the saves' roots, where it is not the same everywhere. Only a mapping makes one
   * of them the wrong one, so that profile counts no save as that: migrate and export do.
   */
  private static String roots(ValueProfile root) {
    TreeMap<String, Long> counts = new TreeMap<>();
    root.classes().forEach((name, referred) -> counts.put(name, referred.count()));
    long others = root.count() - counts.values().stream().mapToLong(Long::longValue).sum();
    if (others > 0) {
      counts.put("no object", others);
    }
    StringBuilder text = new StringBuilder();
    if (counts.size() > 1) {
      counts.forEach(
          (name, count) ->
              text.append(
                  String.format(Locale.ROOT, "%,10d  have %s at their root%n", count, name)));
    }
    return text.toString();
  }

  /** Gives the mistakes of a mapping that somebody corrected, as far as the saves tell. */
  private List<String> write(Profile profile, Path folder, @Nullable DriftReport drift)
      throws IOException, ConfigurationException {
    String fresh = MappingGenerator.mapping(profile);
    String text = fresh;
    Path file = folder.resolve(MAPPING);
    if (Files.exists(file)) {
      String there = textOf(file);
      if (!ProfileJson.isMappingOf(textOf(folder.resolve(PROFILE)), there)
          && !there.equals(fresh)) {
        // Somebody corrected it: that work is not to be lost, and all else follows it.
        write(folder, "mapping.new.yaml", fresh);
        terminal().err().println(file + " was edited and stays; the new one is mapping.new.yaml");
        text = there;
      }
    }
    Mapping mapping = Mapping.parse(file.toString(), text);
    write(folder, MAPPING, text);
    write(folder, MappingSchema.FILE, MappingSchema.text());
    String lockName = ProfileFiles.lockName(mapping);
    ProtoLock lock;
    try {
      lock =
          Files.exists(folder.resolve(lockName))
              ? ProtoLock.parse(lockName, textOf(folder.resolve(lockName)))
              : ProtoLock.empty();
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
    for (Map.Entry<String, String> one : ProfileFiles.ofMapping(mapping, lock).entrySet()) {
      write(folder, one.getKey(), one.getValue());
    }
    for (Map.Entry<String, String> one : ProfileFiles.ofProfile(profile).entrySet()) {
      write(folder, one.getKey(), one.getValue());
    }
    if (drift != null) {
      write(folder, "drift.junit.xml", drift.junit());
    }
    // What a sample lacks may well be in another save.
    boolean isTold = text.equals(fresh) || isSample() || profile.saves().count() == 0;
    return isTold ? List.of() : MissingPaths.of(profile, mapping);
  }

  /** Whole or not at all. */
  static void write(Path folder, String name, String text) throws IOException {
    Path partial = folder.resolve("." + name + ".part");
    try {
      Files.writeString(partial, text, StandardCharsets.UTF_8);
      Files.move(partial, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
