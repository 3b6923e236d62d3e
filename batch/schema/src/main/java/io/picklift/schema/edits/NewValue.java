package io.picklift.schema.edits;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value that a mapping gives to new objects: what YAML has a plain form for. */
public sealed interface NewValue {
  /** None. */
  record None() implements NewValue {}

  /** True or False. */
  record Bool(boolean value) implements NewValue {}

  /** An int. */
  record Int(BigInteger value) implements NewValue {}

  /** A float. */
  record Real(double value) implements NewValue {}

  /** A text. */
  record Text(String value) implements NewValue {}

  /** A list, one of its own for each object. */
  record ListOf(List<NewValue> members) implements NewValue {
    public ListOf {
      members = List.copyOf(members);
    }
  }

  /** A dict with text keys, one of its own for each object. */
  record DictOf(Map<String, NewValue> members) implements NewValue {
    public DictOf {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
  }
}
