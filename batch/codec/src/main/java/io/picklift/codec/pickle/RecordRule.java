package io.picklift.codec.pickle;

import java.util.Locale;

/** What the pickles of a value are taken for. */
public enum RecordRule {
  /** The content tells, value by value. */
  AUTO,

  /** The first pickle is the save; what stands behind it is kept as bytes. */
  SINGLE,

  /** A list of the pickles' values, also where a value has one pickle alone. */
  STREAM,

  /** A record of ZODB each; a value that is none is refused. */
  ZODB;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
