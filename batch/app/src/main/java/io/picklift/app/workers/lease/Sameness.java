package io.picklift.app.workers.lease;

import io.picklift.app.config.Config;
import io.picklift.app.config.SourceConfig;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.source.Sha256;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.zone.ZoneRulesProvider;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What coordinator and workers have to have in the same way, so that it does not matter who makes
 * rows of a save. Written as text, a line each; what may be private is a hash.
 */
public final class Sameness {
  private static final String ZONE = "Europe/Berlin";

  private Sameness() {}

  /**
   * What this process has.
   *
   * @param version of Picklift
   * @param mapping the mapping's fingerprint
   */
  public static String of(Config config, String version, byte[] mapping) {
    SourceConfig source = config.source();
    Map<String, String> same = new LinkedHashMap<>();
    same.put("version", version);
    same.put("mapping", HexFormat.of().formatHex(mapping));
    same.put("adapters", adapters(config.adapters()));
    same.put("Java's zone rules", ZoneRulesProvider.getVersions(ZONE).lastEntry().getKey());
    same.put("source.table", hash(source.table()));
    same.put("source.key", hash(source.key().toString()));
    same.put("source.blob", hash(source.blob()));
    same.put("source.where", hash(source.where()));
    same.put("source.watermark", hash(source.watermark()));
    List<Encoding> encoding = source.encoding();
    same.put(
        "source.encoding",
        hash(encoding == null ? null : encoding.stream().map(Encoding::label).toList().toString()));
    same.put("source.columns", hash(source.columns().toString()));
    same.put("source.json", hash(source.json()));
    same.put("source.name", hash(source.label()));
    same.put("source.carry", hash(source.carry().toString()));
    same.put("source.split_by", hash(source.splitBy()));
    same.put("source.repair", String.valueOf(source.repair()));
    same.put("source.records", hash(source.records().toString()));
    same.put("target.keep_base", String.valueOf(config.isBaseKept()));
    return with("", same);
  }

  /** What else one kind of work has to have in the same way, as well. */
  public static String with(String same, Map<String, String> more) {
    StringBuilder text = new StringBuilder(same);
    more.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    return text.toString();
  }

  /**
   * What differs, by name; null where nothing does.
   *
   * @param more what this process has beside that some coordinators ask for, and others do not
   */
  public static @Nullable String difference(String mine, Map<String, String> more, String theirs) {
    Map<String, String> asked = new LinkedHashMap<>(more);
    asked.keySet().retainAll(read(theirs).keySet());
    return difference(with(mine, asked), theirs);
  }

  /** What differs, by name; null where nothing does. */
  public static @Nullable String difference(String mine, String theirs) {
    Map<String, String> has = read(mine);
    Map<String, String> wanted = read(theirs);
    for (Map.Entry<String, String> each : wanted.entrySet()) {
      if (!Objects.equals(each.getValue(), has.get(each.getKey()))) {
        return each.getKey();
      }
    }
    return has.size() == wanted.size() ? null : "version";
  }

  private static Map<String, String> read(String text) {
    Map<String, String> read = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      int at = line.indexOf('=');
      if (at > 0) {
        read.put(line.substring(0, at), line.substring(at + 1));
      }
    }
    return read;
  }

  private static String adapters(List<Path> files) {
    StringBuilder all = new StringBuilder();
    for (Path file : files) {
      try {
        all.append(HexFormat.of().formatHex(Sha256.of(Files.readAllBytes(file))));
      } catch (IOException e) {
        throw new ConfigurationException("adapters: " + file + " cannot be read");
      }
    }
    return hash(all.toString());
  }

  private static String hash(@Nullable String value) {
    return value == null
        ? ""
        : HexFormat.of().formatHex(Sha256.of(value.getBytes(StandardCharsets.UTF_8)), 0, 16);
  }
}
