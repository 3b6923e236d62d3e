package io.picklift.app.report.form;

import io.picklift.app.report.Cause;
import io.picklift.app.report.Finding;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the line of the user's own files that a finding is about: a save has no file of its own.
 */
public final class SourceLines {
  private static final Pattern LAST_NAME = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)[^A-Za-z_]*$");

  private final Path folder;
  private final Path config;
  private final @Nullable Path mapping;
  private final List<String> configLines;
  private final List<String> mappingLines;
  private final @Nullable PlaceTables tables;

  /** A line of a file, as SARIF names it. */
  record Place(String uri, int line) {}

  /**
   * @param folder that paths are told relative to
   */
  public SourceLines(Path folder, Path config, @Nullable Path mapping) {
    this.folder = folder.toAbsolutePath().normalize();
    this.config = config;
    this.mapping = mapping;
    configLines = lines(config);
    mappingLines = mapping == null ? List.of() : lines(mapping);
    tables = mapping == null ? null : tables(mapping);
  }

  /** Without a mapping that can be read, places have no tables. */
  private static @Nullable PlaceTables tables(Path mapping) {
    try {
      return new PlaceTables(Mapping.read(mapping));
    } catch (IOException | ConfigurationException e) {
      return null;
    }
  }

  /** The table of the target in which what a cause is about stands; empty for none. */
  String table(Cause cause) {
    if (cause.kind() == Finding.Kind.COMPANION) {
      int dot = cause.column().indexOf('.');
      return dot < 0 ? cause.column() : cause.column().substring(0, dot);
    }
    boolean isPlace =
        cause.kind() == Finding.Kind.DIFFERS || cause.kind() == Finding.Kind.NOT_RESTORABLE;
    return isPlace && tables != null ? tables.of(cause.place()) : "";
  }

  /** A file that cannot be read has no lines to name. */
  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return List.of();
    }
  }

  Place of(Finding finding) {
    Path file = mapping;
    if (finding.kind().isAboutCopy() || file == null) {
      return new Place(uri(config), lineOf(configLines, finding.column()));
    }
    Matcher name = LAST_NAME.matcher(finding.path());
    return new Place(uri(file), lineOf(mappingLines, name.find() ? name.group(1) : ""));
  }

  private static int lineOf(List<String> lines, String name) {
    if (!name.isEmpty()) {
      Pattern word =
          Pattern.compile("(?<![A-Za-z0-9_])" + Pattern.quote(name) + "(?![A-Za-z0-9_])");
      for (int i = 0; i < lines.size(); i++) {
        if (word.matcher(lines.get(i)).find()) {
          return i + 1;
        }
      }
    }
    return 1;
  }

  private String uri(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    if (!absolute.startsWith(folder)) {
      return absolute.toUri().toString();
    }
    // As a URI has it, without what a reader would take for a scheme.
    String base = folder.toUri().toString();
    String whole = absolute.toUri().toString();
    return whole.substring(
        Math.min(whole.length(), base.endsWith("/") ? base.length() : base.length() + 1));
  }
}
