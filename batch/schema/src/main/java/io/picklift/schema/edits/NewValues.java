package io.picklift.schema.edits;

import io.picklift.schema.yaml.ConfigurationException;
import io.picklift.schema.yaml.YamlMap;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads the values of {@code new}. What YAML takes for something that its writer hardly meant, such
 * as {@code no} for false or {@code 010} for 8, is refused.
 */
final class NewValues {
  private NewValues() {}

  static NewValue read(YamlMap map, String key, Node node) throws ConfigurationException {
    if (node instanceof SequenceNode list) {
      List<NewValue> members = new ArrayList<>();
      for (Node member : list.getValue()) {
        members.add(read(map, key, member));
      }
      return new NewValue.ListOf(members);
    }
    if (node instanceof MappingNode dict) {
      Map<String, NewValue> members = new LinkedHashMap<>();
      for (NodeTuple pair : dict.getValue()) {
        boolean isText =
            pair.getKeyNode() instanceof ScalarNode name && name.getTag().equals(Tag.STR);
        if (!isText) {
          throw map.error(key, "new: the keys of a dict are text, here of " + key);
        }
        members.put(
            ((ScalarNode) pair.getKeyNode()).getValue(), read(map, key, pair.getValueNode()));
      }
      return new NewValue.DictOf(members);
    }
    return scalar(map, key, (ScalarNode) node);
  }

  private static NewValue scalar(YamlMap map, String key, ScalarNode scalar)
      throws ConfigurationException {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.STR)) {
      return new NewValue.Text(text);
    }
    if (tag.equals(Tag.NULL)) {
      return new NewValue.None();
    }
    if (tag.equals(Tag.BOOL) && (text.equals("true") || text.equals("false"))) {
      return new NewValue.Bool(text.equals("true"));
    }
    if (tag.equals(Tag.INT) && text.matches("[-+]?(0|[1-9][0-9]*)")) {
      return new NewValue.Int(new BigInteger(text));
    }
    if (tag.equals(Tag.FLOAT) && text.matches("[-+]?[0-9]*\\.?[0-9]*([eE][-+]?[0-9]+)?")) {
      return new NewValue.Real(Double.parseDouble(text));
    }
    if (tag.equals(Tag.FLOAT) && text.matches("[-+]?\\.(inf|nan)")) {
      boolean isMinus = text.startsWith("-");
      double infinity = isMinus ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      return new NewValue.Real(text.endsWith("nan") ? Double.NaN : infinity);
    }
    throw map.error(
        key,
        "new: "
            + text
            + " of "
            + key
            + " is none of null, true, false, a number written plainly, text, a list or a dict;"
            + " in quotes it is text");
  }
}
