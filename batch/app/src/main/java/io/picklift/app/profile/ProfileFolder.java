package io.picklift.app.profile;

import io.picklift.app.export.FieldNumbers;
import io.picklift.app.file.WholeFile;
import io.picklift.schema.draft.MappingGenerator;
import io.picklift.schema.drift.DriftReport;
import io.picklift.schema.drift.MissingPaths;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.MappingSchema;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.report.ProfileFiles;
import io.picklift.schema.report.ProfileJson;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a profile is written into: the mapping, and all files that follow from it. A
 * mapping that somebody edited stays, and the other files follow the edited one.
 */
public final class ProfileFolder {
  /** The profile's own file, which a later profile compares with. */
  public static final String PROFILE = "profile.json";

  private static final String MAPPING = "mapping.yaml";
  private static final String NEW_MAPPING = "mapping.new.yaml";

  private final Path folder;

  public ProfileFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * What was written.
   *
   * @param mistakes paths of an edited mapping that no save has, a line each
   * @param notes what else to tell, a line each
   */
  public record Written(List<String> mistakes, List<String> notes) {
    public Written {
      mistakes = List.copyOf(mistakes);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Writes all files.
   *
   * @param drift written as {@code drift.junit.xml}, where there is one
   * @throws ConfigurationException if an edited mapping, or the file of the messages' field
   *     numbers, cannot be read
   */
  public Written write(Profile profile, @Nullable DriftReport drift)
      throws IOException, ConfigurationException {
    Path file = folder.resolve(MAPPING);
    MappingGenerator.First first = MappingGenerator.first(profile);
    String fresh = first.text();
    String there = WholeFile.textOf(file);
    boolean isEdited =
        !there.isEmpty()
            && !there.equals(fresh)
            && !ProfileJson.isMappingOf(WholeFile.textOf(folder.resolve(PROFILE)), there);
    if (isEdited) {
      write(NEW_MAPPING, fresh);
    }
    String text = isEdited ? there : fresh;
    Mapping mapping = Mapping.parse(file.toString(), text);
    write(MAPPING, text);
    write(MappingSchema.FILE, MappingSchema.text());
    writeAll(ProfileFiles.ofMapping(mapping, new FieldNumbers(file, mapping).read()));
    writeAll(ProfileFiles.ofProfile(profile, mapping, text, drift));
    if (drift != null) {
      write("drift.junit.xml", drift.junit());
    }
    // A path that a sample lacks may well be in another save.
    boolean isChecked = isEdited && !profile.saves().isSample() && profile.saves().count() > 0;
    return new Written(
        isChecked ? MissingPaths.of(profile, mapping) : List.of(),
        isEdited
            ? List.of(file + " was edited and stays; the new one is " + NEW_MAPPING)
            : first.notes());
  }

  private void writeAll(Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> one : files.entrySet()) {
      write(one.getKey(), one.getValue());
    }
  }

  private void write(String name, String text) throws IOException {
    WholeFile.write(folder.resolve(name), text);
  }
}
