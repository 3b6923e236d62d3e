package io.picklift.app.config;

import io.picklift.app.encoding.Encodings;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.codec.pickle.RecordRule;
import io.picklift.schema.draft.DocumentMapping;
import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.yaml.ConfigurationException;
import io.picklift.schema.yaml.NearestName;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code picklift.yaml}. */
public final class ConfigReader {
  private static final Pattern URL = Pattern.compile("jdbc:mysql://[^/?]+/[^/?]+");

  private static final Pattern CREDENTIALS =
      Pattern.compile("//[^/?]*@|[?&](?:user|password)=", Pattern.CASE_INSENSITIVE);

  private static final Set<String> TOP =
      ordered(
          "source",
          "target",
          "mapping",
          "document",
          "accept",
          "adapters",
          "run",
          "companions",
          "monitor",
          "on");
  private static final Set<String> TARGET =
      ordered("url", "username", "password", "keep_base", DocumentReader.SAME_TABLE);
  private static final Set<String> REPLICA = ordered("url", "username", "password", "max_lag");
  private static final Set<String> SOURCE =
      ordered(
          "url",
          "files",
          "username",
          "password",
          "table",
          "key",
          "blob",
          "where",
          "watermark",
          "overlap",
          "name",
          "encoding",
          "repair",
          "records",
          "columns",
          "carry",
          "split_by",
          "json",
          "replica",
          "insert");

  private static final Set<String> FILES =
      ordered("files", "encoding", "name", "repair", "records");

  /** As long as the ledger's column. */
  private static final int LONGEST_NAME = 64;

  private final Path file;
  private final UnaryOperator<@Nullable String> environment;

  private int timeout = Database.TIMEOUT;

  private ConfigReader(Path file, UnaryOperator<@Nullable String> environment) {
    this.file = file;
    this.environment = environment;
  }

  /** Reads a configuration with the variables of this process. */
  public static Config read(Path file) {
    return read(file, System::getenv);
  }

  /**
   * Reads a configuration. Paths in it are relative to its folder.
   *
   * @param environment the value of a variable, or null
   * @throws ConfigurationException if it cannot be read or used
   */
  public static Config read(Path file, UnaryOperator<@Nullable String> environment) {
    return new ConfigReader(file, environment).config();
  }

  private Config config() {
    Section top = new Section(file.toString(), "", parse(), TOP, environment);
    RunConfig run = top.has("run") ? run(top.section("run", RunConfig.KEYS)) : RunConfig.DEFAULT;
    Section place = top.has("target") ? top.section("target", TARGET) : null;
    Database target = place == null ? null : database(place);
    String beside = place == null ? null : place.optionalText(DocumentReader.SAME_TABLE);
    DocumentMapping document = DocumentReader.read(top, beside);
    Path mapping = top.has("mapping") && document == null ? path(top, "mapping") : null;
    SourceConfig source = source(top.section("source", SOURCE));
    if (place != null && beside != null && (source.database() == null || source.json() != null)) {
      throw place.error(
          DocumentReader.SAME_TABLE,
          source.json() == null
              ? "'same-table' is a column of the source's table, and the source is files"
              : "'same-table' goes with no 'json' of the source");
    }
    Path accept = top.has("accept") ? path(top, "accept") : null;
    List<CompanionConfig> companions = CompanionReader.read(top);
    if (!companions.isEmpty() && source.database() == null) {
      throw top.error("companions", "'companions' are tables of the source, which are no files");
    }
    return new Config(
        source,
        target,
        mapping,
        accept,
        adapters(top),
        run,
        companions,
        document,
        top.has("monitor") ? MonitorConfig.read(top.section("monitor", MonitorConfig.KEYS)) : null,
        top.has("on") ? HookConfig.read(top.section("on", HookConfig.KEYS)) : HookConfig.NONE,
        place != null && place.flag("keep_base"));
  }

  private RunConfig run(Section run) {
    timeout = RunConfig.timeout(run);
    if (!run.has("throttle")) {
      return RunConfig.read(run, ThrottleConfig.NONE);
    }
    Section throttle = run.section("throttle", ThrottleConfig.KEYS);
    Path pauseFile = throttle.has("pause_file") ? path(throttle, "pause_file") : null;
    Replica replica =
        throttle.has("replica") ? replica(throttle.section("replica", REPLICA), null) : null;
    return RunConfig.read(run, ThrottleConfig.read(throttle, pauseFile, replica));
  }

  /**
   * A replica.
   *
   * @param primary whose account it takes where it names none
   */
  private Replica replica(Section section, @Nullable Database primary) {
    Database named = database(section);
    Database database =
        primary == null || section.has("username")
            ? named
            : new Database(named.url(), primary.username(), primary.password(), timeout);
    String text =
        section.has("max_lag")
            ? section.text("max_lag")
            : Integer.toString(Replica.MAX_LAG_SECONDS);
    if (!text.matches("\\d{1,6}")) {
      throw section.error("max_lag", "'max_lag' must be a number of seconds");
    }
    return new Replica(database, Duration.ofSeconds(Integer.parseInt(text)));
  }

  /** The files that the patterns name; those of one pattern by name. */
  private List<Path> adapters(Section top) {
    if (!top.has("adapters")) {
      return List.of();
    }
    List<Path> all = new ArrayList<>();
    for (String pattern : top.texts("adapters")) {
      List<Path> found = new ArrayList<>();
      try {
        Path path = file.toAbsolutePath().resolveSibling(pattern).normalize();
        Path folder = path.getParent();
        if (folder != null && Files.isDirectory(folder)) {
          String name = String.valueOf(path.getFileName());
          try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, name)) {
            files.forEach(found::add);
          }
        }
      } catch (InvalidPathException | PatternSyntaxException | IOException e) {
        throw top.error("adapters", "'adapters': " + pattern + " is no path");
      }
      if (found.isEmpty()) {
        throw top.error("adapters", "'adapters': there is no file " + pattern);
      }
      Collections.sort(found);
      found.stream().filter(one -> !all.contains(one)).forEach(all::add);
    }
    return all;
  }

  private Node parse() {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      Node node = new Yaml(new LoaderOptions()).compose(new StringReader(text));
      if (node == null) {
        throw new ConfigurationException(file.toString(), 1, "the file is empty");
      }
      return node;
    } catch (NoSuchFileException e) {
      throw new ConfigurationException("there is no file " + file);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new ConfigurationException(file.toString(), line, "no YAML: " + e.getProblem());
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(file + " is not UTF-8");
    } catch (YAMLException | IOException e) {
      throw new ConfigurationException(file + " cannot be read: " + firstLine(e));
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private SourceConfig source(Section source) {
    if (source.has("url") == source.has("files")) {
      throw source.error("url", "'source' takes either 'url' or 'files'");
    }
    if (source.has("files")) {
      return files(source);
    }
    Database database = database(source);
    return new SourceConfig(
        database,
        null,
        source.text("table"),
        keys(source),
        source.text("blob"),
        source.optionalText("where"),
        source.optionalText("watermark"),
        encodings(source),
        columns(source),
        source.optionalText("json"),
        name(source),
        source.has("overlap") ? source.steps("overlap") : null,
        carry(source),
        source.optionalText("split_by"),
        source.flag("repair"),
        records(source),
        source.has("replica") ? replica(source.section("replica", REPLICA), database) : null,
        insert(source));
  }

  /** What other columns get in rows that are added. */
  private static Map<String, String> insert(Section source) {
    Map<String, String> insert = new LinkedHashMap<>();
    if (source.has("insert")) {
      Section section = source.section("insert", null);
      for (String column : section.keys()) {
        if (keys(source).contains(column) || column.equals(source.text("blob"))) {
          throw section.error(column, "'" + column + "' gets its value from the save");
        }
        insert.put(column, section.text(column));
      }
    }
    return insert;
  }

  private static List<String> carry(Section source) {
    List<String> carry = new ArrayList<>(source.has("carry") ? source.texts("carry") : List.of());
    if (Set.copyOf(carry).size() < carry.size()) {
      throw source.error("carry", "'carry' names a column twice");
    }
    String splitBy = source.optionalText("split_by");
    if (splitBy != null && !keys(source).contains(splitBy) && !carry.contains(splitBy)) {
      // A row whose value changes goes into another table: the value is a part of its version.
      carry.add(splitBy);
    }
    return List.copyOf(carry);
  }

  private SourceConfig files(Section source) {
    for (String key : source.keys()) {
      if (!FILES.contains(key)) {
        throw source.error(
            key,
            "'"
                + key
                + "' is for a table; 'files' takes only 'encoding', 'name', 'records' and 'repair'"
                + " beside it");
      }
    }
    Path path = path(source, "files");
    if (!Files.exists(path)) {
      throw source.error("files", "there is no file " + path);
    }
    return new SourceConfig(
        null,
        path,
        "files",
        List.of("name"),
        "",
        null,
        null,
        encodings(source),
        Map.of(),
        null,
        name(source),
        null,
        List.of(),
        null,
        source.flag("repair"),
        records(source),
        null,
        Map.of());
  }

  private static RecordRule records(Section source) {
    String text = source.has("records") ? source.text("records") : RecordRule.AUTO.toString();
    for (RecordRule rule : RecordRule.values()) {
      if (rule.toString().equals(text)) {
        return rule;
      }
    }
    throw source.error("records", "'records' is auto, single, stream or zodb");
  }

  private static @Nullable String name(Section source) {
    String name = source.optionalText("name");
    if (name != null && (name.isEmpty() || name.length() > LONGEST_NAME)) {
      throw source.error("name", "'name' has 1 to " + LONGEST_NAME + " characters");
    }
    return name;
  }

  private static List<String> keys(Section source) {
    List<String> keys = source.texts("key");
    if (Set.copyOf(keys).size() < keys.size()) {
      throw source.error("key", "'key' names a column twice");
    }
    return List.copyOf(keys);
  }

  private static @Nullable List<Encoding> encodings(Section source) {
    if (!source.has("encoding")) {
      return null;
    }
    List<String> names = source.texts("encoding");
    if (names.equals(List.of("auto"))) {
      return null;
    }
    if (names.equals(List.of("none"))) {
      return List.of();
    }
    List<Encoding> encodings = new ArrayList<>();
    for (String name : names) {
      try {
        encodings.add(Encodings.named(name));
      } catch (IllegalArgumentException e) {
        throw source.error("encoding", e.getMessage() + NearestName.hint(name, Encodings.names()));
      }
    }
    return List.copyOf(encodings);
  }

  private static Map<String, String> columns(Section source) {
    if (!source.has("columns")) {
      return Map.of();
    }
    Section section = source.section("columns", null);
    Map<String, String> columns = new LinkedHashMap<>();
    for (String column : section.keys()) {
      String path = section.text(column);
      try {
        ValuePath.parse(path);
      } catch (IllegalArgumentException e) {
        throw section.error(column, String.valueOf(e.getMessage()));
      }
      columns.put(column, path);
    }
    return columns;
  }

  private Database database(Section section) {
    String url = section.text("url");
    if (!URL.matcher(url).lookingAt()) {
      throw section.error("url", "'url' must be like jdbc:mysql://host:3306/schema");
    }
    if (CREDENTIALS.matcher(url).find()) {
      throw section.error(
          "url", "'url' holds an account; give it by the keys 'username' and 'password'");
    }
    return new Database(
        url,
        section.has("username") ? section.text("username") : "",
        section.has("password") ? section.text("password") : "",
        timeout);
  }

  private Path path(Section section, String key) {
    try {
      return file.toAbsolutePath().resolveSibling(section.text(key)).normalize();
    } catch (InvalidPathException e) {
      throw section.error(key, "'" + key + "' is no path");
    }
  }

  private static Set<String> ordered(String... keys) {
    return new LinkedHashSet<>(List.of(keys));
  }
}
