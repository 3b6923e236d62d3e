package io.picklift.app.follow.place;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A set of MySQL's transaction numbers. For one thread. */
public final class GtidSet {
  /** By server: where a run of numbers begins, and its last number. */
  private final Map<String, TreeMap<Long, Long>> runs = new TreeMap<>();

  /**
   * Reads what {@code gtid_executed} has.
   *
   * @throws IllegalArgumentException if it has tags, or is no set
   */
  public static GtidSet parse(String text) {
    GtidSet set = new GtidSet();
    for (String server : text.replaceAll("\\s", "").toLowerCase(Locale.ROOT).split(",", -1)) {
      if (server.isEmpty()) {
        continue;
      }
      String[] parts = server.split(":", -1);
      for (int i = 1; i < parts.length; i++) {
        String[] ends = parts[i].split("-", -1);
        long first = Long.parseLong(ends[0]);
        set.add(parts[0], first, ends.length > 1 ? Long.parseLong(ends[1]) : first);
      }
    }
    return set;
  }

  /** Adds {@code uuid:number}. */
  public void add(String gtid) {
    int colon = gtid.indexOf(':');
    long number = Long.parseLong(gtid.substring(colon + 1));
    add(gtid.substring(0, colon), number, number);
  }

  /** Whether it has {@code uuid:number}. */
  public boolean contains(String gtid) {
    int colon = gtid.indexOf(':');
    long number = Long.parseLong(gtid.substring(colon + 1));
    Map.Entry<Long, Long> run =
        runs.getOrDefault(gtid.substring(0, colon), new TreeMap<>()).floorEntry(number);
    return run != null && run.getValue() >= number;
  }

  private void add(String server, long from, long to) {
    TreeMap<Long, Long> known = runs.computeIfAbsent(server, unknown -> new TreeMap<>());
    long first = from;
    long last = to;
    Map.Entry<Long, Long> before = known.floorEntry(first);
    if (before != null && before.getValue() >= first - 1) {
      first = before.getKey();
      last = Math.max(last, before.getValue());
    }
    for (Map.Entry<Long, Long> next = known.ceilingEntry(first);
        next != null && next.getKey() <= last + 1;
        next = known.ceilingEntry(first)) {
      last = Math.max(last, next.getValue());
      known.remove(next.getKey());
    }
    known.put(first, last);
  }

  /** As the server writes it. */
  @Override
  public String toString() {
    List<String> servers = new ArrayList<>();
    runs.forEach(
        (server, known) -> {
          StringBuilder text = new StringBuilder(server);
          known.forEach(
              (first, last) ->
                  text.append(':').append(first).append(last > first ? "-" + last : ""));
          servers.add(text.toString());
        });
    return String.join(",", servers);
  }
}
