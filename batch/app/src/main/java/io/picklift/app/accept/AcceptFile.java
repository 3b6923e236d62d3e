package io.picklift.app.accept;

import io.picklift.app.file.WholeFile;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads and writes {@code accept.yaml}; {@code batch/REPORTS.md} describes it. */
public final class AcceptFile {
  private static final Set<String> FIELDS =
      Set.of("finding", "cause", "most", "key", "what", "reason", "until", "by");

  private final Path file;

  private AcceptFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws ConfigurationException if it cannot be read or used; it names file and line
   */
  public static AcceptList read(Path file, Clock clock) {
    return new AcceptList(new AcceptFile(file).entries(), clock);
  }

  private List<Acceptance> entries() {
    List<Acceptance> entries = new ArrayList<>();
    Node root = parse();
    if (root == null) {
      return entries;
    }
    if (!(root instanceof SequenceNode list)) {
      throw wrong(root, "is a list of what is accepted");
    }
    for (Node entry : list.getValue()) {
      entries.add(entry(entry));
    }
    return entries;
  }

  private @Nullable Node parse() {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return new Yaml(new LoaderOptions()).compose(new StringReader(text));
    } catch (NoSuchFileException e) {
      throw new ConfigurationException("accept: there is no file " + file);
    } catch (IOException e) {
      throw new ConfigurationException("accept: " + file + " cannot be read: " + e.getMessage());
    } catch (YAMLException e) {
      String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new ConfigurationException(file + ": is no YAML: " + what);
    }
  }

  private Acceptance entry(Node node) {
    if (!(node instanceof MappingNode mapping)) {
      throw wrong(node, "an entry has 'finding' or 'cause', and 'reason'");
    }
    Map<String, String> fields = new HashMap<>();
    for (NodeTuple pair : mapping.getValue()) {
      if (!(pair.getKeyNode() instanceof ScalarNode name) || !FIELDS.contains(name.getValue())) {
        throw wrong(pair.getKeyNode(), "is no key of an entry; these are: " + fieldNames());
      }
      if (!(pair.getValueNode() instanceof ScalarNode value)) {
        throw wrong(pair.getValueNode(), name.getValue() + ": is one value");
      }
      fields.put(name.getValue(), value.getValue());
    }
    boolean isCause = fields.containsKey("cause");
    if (isCause == fields.containsKey("finding")) {
      throw wrong(node, "an entry has either 'finding' or 'cause'");
    }
    if (fields.getOrDefault("reason", "").isBlank()) {
      throw wrong(node, "an entry needs a 'reason'");
    }
    return new Acceptance(
        fields.getOrDefault(isCause ? "cause" : "finding", ""),
        isCause,
        isCause ? most(node, fields) : 1,
        fields.getOrDefault("key", ""),
        fields.getOrDefault("what", ""),
        fields.getOrDefault("reason", ""),
        until(node, fields.get("until")),
        fields.getOrDefault("by", ""),
        node.getStartMark().getLine() + 1);
  }

  private static String fieldNames() {
    return String.join(", ", FIELDS.stream().sorted().toList());
  }

  private long most(Node node, Map<String, String> fields) {
    try {
      long most = Long.parseLong(fields.getOrDefault("most", ""));
      if (most > 0) {
        return most;
      }
    } catch (NumberFormatException e) {
      throw wrong(node, "a cause needs 'most', how many findings of it are accepted", e);
    }
    throw wrong(node, "most: from 1");
  }

  private @Nullable LocalDate until(Node node, @Nullable String date) {
    try {
      return date == null ? null : LocalDate.parse(date);
    } catch (DateTimeParseException e) {
      throw wrong(node, "until: is a day like 2027-01-31", e);
    }
  }

  private ConfigurationException wrong(Node node, String message) {
    return new ConfigurationException(file.toString(), node.getStartMark().getLine() + 1, message);
  }

  private ConfigurationException wrong(Node node, String message, Exception cause) {
    ConfigurationException wrong = wrong(node, message);
    wrong.initCause(cause);
    return wrong;
  }

  /** Writes entries as a file that {@link #read} takes. */
  public static void write(Path file, List<Acceptance> entries) throws IOException {
    StringBuilder yaml = new StringBuilder();
    yaml.append(
        "# What 'picklift verify' may find without complaint. Give each entry its reason.\n");
    for (Acceptance entry : entries) {
      yaml.append(entry.isCause() ? "- cause: " : "- finding: ").append(quoted(entry.subject()));
      yaml.append('\n');
      if (entry.isCause()) {
        yaml.append("  most: ").append(entry.most()).append('\n');
      }
      field(yaml, "key", entry.key());
      field(yaml, "what", entry.what());
      field(yaml, "reason", entry.reason());
      LocalDate until = entry.until();
      field(yaml, "until", until == null ? "" : until.toString());
      field(yaml, "by", entry.by());
    }
    WholeFile.write(file, yaml.toString());
  }

  private static void field(StringBuilder yaml, String name, String value) {
    if (!value.isEmpty()) {
      yaml.append("  ").append(name).append(": ").append(quoted(value)).append('\n');
    }
  }

  /** In double quotes, as YAML and JSON both read them. */
  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (isHidden(c)) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static boolean isHidden(char c) {
    return c < ' ' || (c >= 0x7f && c < 0xa0) || (c >= 0x2028 && c <= 0x202e) || c == 0xfeff;
  }
}
