package io.picklift.app.detect;

import io.picklift.app.config.Database;
import io.picklift.app.encoding.Unpacked;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The configuration for a column: complete but for the account, which the environment has. */
public final class DraftConfig {
  /** What makes a pickle none. */
  private static final String DAMAGES = "crlf|cr|stripped-end|latin1-as-utf8|cp1252-as-utf8";

  private DraftConfig() {}

  /** Writes it. */
  public static String of(FoundColumn found, Database database) {
    CandidateColumn column = found.column();
    String key =
        column.key().size() == 1
            ? quoted(column.key().get(0))
            : column.key().stream()
                .map(DraftConfig::quoted)
                .collect(Collectors.joining(", ", "[", "]"));
    return """
    # What picklift detect found in %s:
    %s
    # Set PICKLIFT_USERNAME and PICKLIFT_PASSWORD in the environment; an account with SELECT is enough for the source.
    source:
      url: %s
      username: ${PICKLIFT_USERNAME}
      password: ${PICKLIFT_PASSWORD}
      table: %s
      key: %s
      blob: %s
      # Told by content, value by value: %s.
      encoding: auto
    %s
    # The schema has to exist: CREATE DATABASE %s.
    target:
      url: %s
      username: ${PICKLIFT_USERNAME}
      password: ${PICKLIFT_PASSWORD}
    # What picklift profile --out . writes; edit it, then run picklift migrate.
    mapping: mapping.yaml
    """
        .formatted(
            comment(found.schema() + "." + found.place()),
            found.text().lines().map(line -> "#   " + comment(line.strip())).collect(lines()),
            quoted(url(database, column.schema())),
            quoted(column.table()),
            key,
            quoted(column.name()),
            wrappings(found.wrappings()),
            repair(found),
            target(column.schema()),
            quoted(url(database, target(column.schema()))));
  }

  private static java.util.stream.Collector<CharSequence, ?, String> lines() {
    return Collectors.joining("\n");
  }

  private static String repair(FoundColumn found) {
    Set<String> labels = found.wrappings().keySet();
    if (labels.stream().anyMatch(label -> label.matches("(.*\\+)?(" + DAMAGES + ")(\\+.*)?"))) {
      return "  # Some values were damaged by a text column and can be repaired.\n  repair: true";
    }
    // Whether the application wrote it so is not for a draft to decide.
    return labels.stream().anyMatch(label -> label.endsWith(Unpacked.MARK))
        ? "  # The text of some values looks damaged, and repair: true would change it; look first."
        : "  # repair: true would repair what a text column does to pickles.";
  }

  private static String wrappings(Map<String, Long> wrappings) {
    return wrappings.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String target(String schema) {
    return schema + "_v2";
  }

  /** The server's URL with this schema, and the options that were given. */
  private static String url(Database database, String schema) {
    String url = database.url();
    int options = url.indexOf('?');
    String server = options < 0 ? url : url.substring(0, options);
    int slash = server.indexOf('/', "jdbc:mysql://".length());
    String base = slash < 0 ? server : server.substring(0, slash);
    return base + "/" + schema + (options < 0 ? "" : url.substring(options));
  }

  private static String comment(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  /** A YAML text, quoted where its characters may mean something. */
  private static String quoted(String text) {
    return text.matches("[A-Za-z_][A-Za-z0-9_]*")
            && !text.matches("(?i)null|true|false|yes|no|on|off|y|n")
        ? text
        : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\x24") + "\"";
  }
}
