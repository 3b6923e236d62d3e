package io.picklift.bench.chaos;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What {@code chaos.sh} passes on.
 *
 * @param minutes for how long to begin new runs; 0 for a number of runs
 * @param isFast whether a cluster's sources are small
 * @param workers how many workers a cluster's benchmark has; 0 for 1, 2 and 4 in turn
 * @param rangeRows how many rows a range of a cluster's benchmark has at least
 * @param given the port of a server to use; 0 for one of the harness's own
 * @param port of the harness's own server
 * @param installed where {@code mysql-server.sh} installed one
 */
record Options(
    long seed,
    int runs,
    int minutes,
    boolean isFast,
    int workers,
    int rangeRows,
    int given,
    int port,
    Path installed,
    Path launcher,
    Path folder) {

  /** Options come in pairs. */
  static Options parse(String[] arguments) {
    Map<String, String> by = new HashMap<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      by.put(arguments[i], arguments[i + 1]);
    }
    return new Options(
        Long.parseLong(by.getOrDefault("--seed", "1")),
        number(by, "--runs", 20),
        number(by, "--minutes", 0),
        by.getOrDefault("--fast", "no").equals("yes"),
        number(by, "--workers", 0),
        number(by, "--range-rows", 25),
        number(by, "--given", 0),
        number(by, "--port", 13397),
        Path.of(by.getOrDefault("--mysql", ".picklift/mysql")).toAbsolutePath(),
        Path.of(by.getOrDefault("--picklift", "batch/app/target/picklift")).toAbsolutePath(),
        Path.of(by.getOrDefault("--folder", ".picklift/chaos")).toAbsolutePath());
  }

  private static int number(Map<String, String> by, String name, int otherwise) {
    return Integer.parseInt(by.getOrDefault(name, "" + otherwise));
  }
}
