package io.picklift.app.source;

import io.picklift.schema.yaml.ConfigurationException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Keys that the command line gives. */
public final class GivenKeys {
  private GivenKeys() {}

  /**
   * The keys, each once.
   *
   * @throws ConfigurationException if one can be no key of the source
   */
  public static Set<SaveKey> parse(List<String> texts, SaveSource source) {
    Set<SaveKey> keys = new LinkedHashSet<>();
    for (String text : texts) {
      try {
        SaveKey key = SaveKey.parse(text, source.keyColumns());
        if (!source.isKey(key)) {
          throw new IllegalArgumentException("no key of this source");
        }
        keys.add(key);
      } catch (IllegalArgumentException e) {
        throw new ConfigurationException("--key " + text + ": " + e.getMessage());
      }
    }
    return keys;
  }
}
