package io.picklift.schema.report;

import io.picklift.schema.draft.MappingGenerator;
import io.picklift.schema.drift.DriftReport;
import io.picklift.schema.export.JsonSchemas;
import io.picklift.schema.export.ProtoLock;
import io.picklift.schema.export.ProtoText;
import io.picklift.schema.export.TypedModel;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.tables.rows.Ddl;
import io.picklift.schema.yaml.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files that {@code profile} writes beside {@code mapping.yaml}. */
public final class ProfileFiles {
  private ProfileFiles() {}

  /** The name of the {@code .proto} file of a mapping. */
  public static String protoName(Mapping mapping) {
    return TypedModel.packageOf(mapping) + ".proto";
  }

  /** The name of the file that keeps the numbers of its fields. */
  public static String lockName(Mapping mapping) {
    return protoName(mapping) + ".lock";
  }

  /**
   * All that follows from the mapping: DDL, {@code .proto} with its lock, JSON Schemas; by name.
   *
   * @param before the numbers that fields had so far
   */
  public static Map<String, String> ofMapping(Mapping mapping, ProtoLock before) {
    TypedModel model = TypedModel.of(mapping, before);
    Map<String, String> files = new LinkedHashMap<>();
    files.put("tables.sql", Ddl.script(mapping));
    files.put(protoName(mapping), ProtoText.write(model));
    files.put(lockName(mapping), model.lock().text());
    files.putAll(JsonSchemas.write(model));
    return files;
  }

  /**
   * What tells of the saves: {@code profile.json} and {@code profile.html}.
   *
   * @param mapping the mapping beside them
   * @param text its text
   * @param drift since an earlier mapping; null where none was named
   */
  public static Map<String, String> ofProfile(
      Profile profile, Mapping mapping, String text, @Nullable DriftReport drift) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("profile.json", ProfileJson.write(profile));
    files.put("profile.html", ProfileHtml.write(profile, mapping, text, drift));
    return files;
  }

  /** All files of a fresh profile, {@code mapping.yaml} first. */
  public static Map<String, String> all(Profile profile) throws ConfigurationException {
    String text = MappingGenerator.mapping(profile);
    Map<String, String> files = new LinkedHashMap<>();
    files.put("mapping.yaml", text);
    Mapping mapping = Mapping.parse("mapping.yaml", text);
    files.putAll(ofMapping(mapping, ProtoLock.empty()));
    files.putAll(ofProfile(profile, mapping, text, null));
    return files;
  }
}
