package io.picklift.schema.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A map of a YAML file. Each of its values is still the node that the parser made, so that a
 * message can name the line of the value.
 */
public final class YamlMap {
  private final String file;
  private final String what;
  private final int line;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  /**
   * @param what the name of this map in messages, such as {@code the table person}
   */
  public YamlMap(String file, Node node, String what) throws ConfigurationException {
    this.file = file;
    this.what = what;
    line = line(node);
    if (!(node instanceof MappingNode map)) {
      throw new ConfigurationException(file, line, what + " must be a map of keys and values");
    }
    for (NodeTuple tuple : map.getValue()) {
      int keyLine = line(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new ConfigurationException(file, keyLine, "a key of " + what + " must be plain text");
      }
      if (values.put(key.getValue(), tuple.getValueNode()) != null) {
        throw new ConfigurationException(
            file, keyLine, key.getValue() + " stands twice in " + what);
      }
      lines.put(key.getValue(), keyLine);
    }
  }

  /** The line a node begins in, from 1; 0 where the node was not read from a file. */
  public static int line(Node node) {
    return node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
  }

  /** The line that this map begins in, from 1. */
  public int line() {
    return line;
  }

  /** The line that a key stands in, from 1; the line of this map where the key is not there. */
  public int line(String key) {
    return lines.getOrDefault(key, line);
  }

  /** The keys, in the order of the file. */
  public Set<String> keys() {
    return values.keySet();
  }

  /**
   * Checks that every key is a known one.
   *
   * @throws ConfigurationException naming the first that is not, and the known key nearest to it
   */
  public void allow(Collection<String> known) throws ConfigurationException {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw error(key, "unknown key " + key + " in " + what + NearestName.hint(key, known));
      }
    }
  }

  /** A mistake in the value of a key, at the line of that key. */
  public ConfigurationException error(String key, String message) {
    return new ConfigurationException(file, line(key), message);
  }

  /** The value of a key; null where the key is not there. */
  public @Nullable Node get(String key) {
    return values.get(key);
  }

  /** Whether the value of a key is a list. */
  public boolean isList(String key) {
    return values.get(key) instanceof SequenceNode;
  }

  /** Whether the value of a key is a map. */
  public boolean isMap(String key) {
    return values.get(key) instanceof MappingNode;
  }

  /** Whether the key is there. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /**
   * The map that is the value of a key, which has to be there.
   *
   * @param meaning the name of that map in messages
   */
  public YamlMap map(String key, String meaning) throws ConfigurationException {
    return new YamlMap(file, require(key), meaning);
  }

  /** The value of a key, which has to be there. */
  public Node require(String key) throws ConfigurationException {
    Node node = values.get(key);
    if (node == null) {
      throw new ConfigurationException(file, line, what + " lacks " + key);
    }
    return node;
  }

  /** The text of a plain value; null where the key is not there. */
  public @Nullable String text(String key) throws ConfigurationException {
    Node node = values.get(key);
    if (node == null) {
      return null;
    }
    if (!(node instanceof ScalarNode scalar) || scalar.getValue().isEmpty()) {
      throw error(key, key + " must be text");
    }
    return scalar.getValue();
  }

  /** The value of a key that is {@code true} or {@code false}; false where the key is not there. */
  public boolean flag(String key) throws ConfigurationException {
    String text = text(key);
    if (text == null) {
      return false;
    }
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw error(key, key + " must be true or false");
    };
  }

  /**
   * A list of texts, or one text that stands for a list of one; empty where the key is not there.
   */
  public List<String> texts(String key) throws ConfigurationException {
    Node node = values.get(key);
    if (node == null) {
      return List.of();
    }
    return texts(key, node);
  }

  /**
   * A list of texts, or one text that stands for a list of one.
   *
   * @param key the key to name in messages
   */
  public List<String> texts(String key, Node node) throws ConfigurationException {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
      return List.of(scalar.getValue());
    }
    if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
      throw error(key, key + " must be text or a list of texts");
    }
    List<String> texts = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      if (!(item instanceof ScalarNode scalar)) {
        throw new ConfigurationException(file, line(item), key + " must be a list of texts");
      }
      texts.add(scalar.getValue());
    }
    return texts;
  }

  /** The items of a list; empty where the key is not there. */
  public List<Node> items(String key) throws ConfigurationException {
    Node node = values.get(key);
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)) {
      throw error(key, key + " must be a list");
    }
    return sequence.getValue();
  }
}
