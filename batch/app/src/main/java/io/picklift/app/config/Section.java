package io.picklift.app.config;

import io.picklift.schema.yaml.ConfigurationException;
import io.picklift.schema.yaml.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** One level of keys in a YAML file; every complaint names the line. */
final class Section {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private final String file;
  private final String name;
  private final int line;
  private final UnaryOperator<@Nullable String> environment;
  private final Map<String, Node> values = new LinkedHashMap<>();

  /**
   * @param name what this section is called in messages; empty for the whole file
   * @param known its keys; null where any will do
   */
  Section(
      String file,
      String name,
      Node node,
      @Nullable Set<String> known,
      UnaryOperator<@Nullable String> environment) {
    this.file = file;
    this.name = name;
    this.environment = environment;
    this.line = lineOf(node);
    if (!(node instanceof MappingNode mapping)) {
      throw new ConfigurationException(
          file,
          line,
          (name.isEmpty() ? "the file" : "'" + name + "'") + " must hold keys and values");
    }
    for (NodeTuple pair : mapping.getValue()) {
      String key = scalar(pair.getKeyNode(), "a key");
      if (known != null && !known.contains(key)) {
        throw new ConfigurationException(file, lineOf(pair.getKeyNode()), unknown(key, known));
      }
      if (values.put(key, pair.getValueNode()) != null) {
        throw new ConfigurationException(
            file, lineOf(pair.getKeyNode()), "'" + key + "' is given twice");
      }
    }
  }

  private String unknown(String key, Set<String> known) {
    return "there is no key '"
        + key
        + "'"
        + (name.isEmpty() ? "" : " in '" + name + "'")
        + NearestName.hint(key, known);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  Set<String> keys() {
    return values.keySet();
  }

  Section section(String key, @Nullable Set<String> known) {
    return new Section(file, key, node(key), known, environment);
  }

  /** A text that must be there. */
  String text(String key) {
    return scalar(node(key), "'" + key + "'");
  }

  /** A text that may be left out. */
  @Nullable String optionalText(String key) {
    return has(key) ? text(key) : null;
  }

  /** Whether a thing is so; not where it is left out. */
  boolean flag(String key) {
    String text = has(key) ? text(key) : "false";
    if (!text.equals("true") && !text.equals("false")) {
      throw error(key, "'" + key + "' is true or false");
    }
    return text.equals("true");
  }

  /** How near two values of a column are that grows. */
  long steps(String key) {
    String text = text(key);
    if (!text.matches("\\d{1,18}")) {
      throw error(key, "'" + key + "' must be a number of seconds, or of steps of a counter");
    }
    return Long.parseLong(text);
  }

  /** One text, or a list of at least one. */
  List<String> texts(String key) {
    Node node = node(key);
    if (!(node instanceof SequenceNode sequence)) {
      return List.of(scalar(node, "'" + key + "'"));
    }
    List<String> all = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      all.add(scalar(item, "an item of '" + key + "'"));
    }
    if (all.isEmpty()) {
      throw error(key, "'" + key + "' is an empty list");
    }
    return all;
  }

  /** Lists of texts; one list of texts is a list of one. */
  List<List<String>> lists(String key) {
    if (!(node(key) instanceof SequenceNode sequence)) {
      throw error(key, "'" + key + "' must be a list of lists");
    }
    List<List<String>> all = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      if (!(item instanceof SequenceNode inner) || inner.getValue().isEmpty()) {
        throw new ConfigurationException(
            file, lineOf(item), "an item of '" + key + "' must be a list, like [a, b]");
      }
      List<String> texts = new ArrayList<>();
      for (Node text : inner.getValue()) {
        texts.add(scalar(text, "an item of '" + key + "'"));
      }
      all.add(List.copyOf(texts));
    }
    return all;
  }

  /** Whether the value is a text and not a section of its own. */
  boolean isText(String key) {
    return node(key) instanceof ScalarNode;
  }

  /** Where the value begins. */
  int line(String key) {
    return lineOf(node(key));
  }

  String file() {
    return file;
  }

  /** A complaint about the value of {@code key}. */
  ConfigurationException error(String key, String message) {
    Node node = values.get(key);
    return new ConfigurationException(file, node == null ? line : lineOf(node), message);
  }

  private Node node(String key) {
    Node node = values.get(key);
    if (node == null) {
      throw new ConfigurationException(
          file, line, (name.isEmpty() ? "" : "'" + name + "' ") + "lacks the key '" + key + "'");
    }
    return node;
  }

  private String scalar(Node node, String what) {
    if (!(node instanceof ScalarNode scalar)) {
      throw new ConfigurationException(file, lineOf(node), what + " must be a single value");
    }
    if (scalar.getTag().equals(Tag.NULL)) {
      throw new ConfigurationException(file, lineOf(node), what + " has no value");
    }
    return expand(scalar);
  }

  private String expand(ScalarNode scalar) {
    Matcher matcher = VARIABLE.matcher(scalar.getValue());
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String value = environment.apply(matcher.group(1));
      if (value == null) {
        throw new ConfigurationException(
            file, lineOf(scalar), "the environment has no variable " + matcher.group(1));
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(text).toString();
  }

  private static int lineOf(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
