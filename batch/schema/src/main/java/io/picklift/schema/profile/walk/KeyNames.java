package io.picklift.schema.profile.walk;

import io.picklift.codec.meaning.Meaning;

/** The keys of one save that name attributes or members. */
final class KeyNames {
  /** Longer texts are no attribute's name. */
  private static final int LONGEST_NAME = 64;

  private final Meaning meaning;
  private final NodeMap<KeyName> names = new NodeMap<>();

  KeyNames(Meaning meaning) {
    this.meaning = meaning;
  }

  /** Whether a key may be a name. */
  boolean isName(int key) {
    if (!meaning.isText(key)) {
      return false;
    }
    return names.get(key) != null
        || (meaning.isSlice(key) ? meaning.graph().b(key) : meaning.bytes(key).length)
            <= LONGEST_NAME;
  }

  KeyName of(int key) {
    KeyName name = names.get(key);
    if (name == null) {
      name = new KeyName(meaning.text(key));
      names.put(key, name);
    }
    return name;
  }
}
