package io.picklift.app.decode;

import java.util.Locale;

/**
 * Bytes behind saves' pickles that are neither pickles nor padding: kept and restored, and in no
 * table.
 *
 * @param saves how many saves have such bytes
 * @param bytes how many these are
 */
public record StrayBytes(long saves, long bytes) {
  /** A line for people; empty where there is nothing to tell. */
  public String line() {
    return saves == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%,10d  with extra bytes after the pickle (%,d bytes in all): they are kept%n",
            saves,
            bytes);
  }

  /** The same as a sentence; empty where there is nothing to tell. */
  public String sentence() {
    return saves == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%,d %s extra bytes after the pickle, %,d bytes in all: they are kept and restored,"
                + " but no table has them.",
            saves,
            saves == 1 ? "save has" : "saves have",
            bytes);
  }
}
