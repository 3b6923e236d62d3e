package io.picklift.schema.profile;

/** What a value is to a column or a schema. */
public enum ValueKind {
  NONE,
  BOOL,
  INT,
  FLOAT,
  TEXT,
  BYTES,
  DATETIME,
  /** A datetime with a zone. */
  INSTANT,
  DATE,
  TIME,
  DURATION,
  DECIMAL,
  UUID,
  /** A class or function by name. */
  NAME,
  LIST,
  TUPLE,
  SET,
  /** A deque. */
  DEQUE,
  /** A dict, an {@code OrderedDict}, a {@code defaultdict}. */
  DICT,
  /** An object or the result of a call; its class says more. */
  OBJECT,
  /** A numpy array of more than objects. */
  ARRAY,
  /** Complex numbers, persistent ids, extensions, buffers. */
  OTHER;

  /** Whether one column can hold such a value as it is. */
  public boolean isScalar() {
    return switch (this) {
      case BOOL, INT, FLOAT, TEXT, BYTES, DATETIME, INSTANT, DATE, TIME, DURATION, DECIMAL, UUID ->
          true;
      default -> false;
    };
  }

  /** Whether a save's values of the kind are compared with each other. */
  boolean isCompared() {
    return switch (this) {
      case BOOL, INT, FLOAT, TEXT, BYTES, UUID -> true;
      default -> false;
    };
  }

  /** Its place in an array of counts, which profiles have by the thousands. */
  @SuppressWarnings("EnumOrdinal")
  int number() {
    return ordinal();
  }

  /** Whether such a value has members without names. */
  public boolean isSequence() {
    return switch (this) {
      case LIST, TUPLE, SET, DEQUE -> true;
      default -> false;
    };
  }

  public boolean isContainer() {
    return isSequence() || this == DICT;
  }
}
