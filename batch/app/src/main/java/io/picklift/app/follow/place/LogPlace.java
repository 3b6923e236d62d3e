package io.picklift.app.follow.place;

import org.jspecify.annotations.Nullable;

/**
 * A place in a binary log: all before it is in the target, or is to be.
 *
 * @param server what the server calls itself
 * @param gtids the transactions before it, where the server numbers them; null where file and
 *     offset are the place
 * @param file of the log; where there are GTIDs, roughly
 * @param offset in the file
 */
public record LogPlace(String server, @Nullable String gtids, String file, long offset) {
  /** In one line, for people. */
  public String line() {
    return gtids == null || gtids.isEmpty() ? file + ":" + offset : gtids;
  }
}
