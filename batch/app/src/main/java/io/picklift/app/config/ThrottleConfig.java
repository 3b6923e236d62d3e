package io.picklift.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a run is to wait: the section {@code run.throttle} of a configuration.
 *
 * @param servers at which of {@code source} and {@code target} the numbers are looked at
 * @param threadsRunning how many threads may run on a server; null for any number
 * @param historyList how long InnoDB's history list may be; null for any length
 * @param query a run waits while its first value is true; null for none
 * @param http a run waits while this does not answer with success; null for none
 * @param windows when a run may work; empty for always
 * @param pauseFile a run waits while there is this file; null for none
 * @param replica a run waits while this one is behind; null for none
 */
public record ThrottleConfig(
    Set<String> servers,
    @Nullable Long threadsRunning,
    @Nullable Long historyList,
    @Nullable String query,
    @Nullable URI http,
    List<Window> windows,
    @Nullable Path pauseFile,
    @Nullable Replica replica) {
  public static final String SOURCE = "source";
  public static final String TARGET = "target";

  static final Set<String> KEYS =
      new LinkedHashSet<>(
          List.of(
              "look_at",
              "threads_running",
              "history_list",
              "query",
              "http",
              "windows",
              "pause_file",
              "replica"));

  static final ThrottleConfig NONE =
      new ThrottleConfig(Set.of(SOURCE, TARGET), null, null, null, null, List.of(), null, null);

  public ThrottleConfig {
    servers = Set.copyOf(servers);
    windows = List.copyOf(windows);
  }

  /**
   * A stretch of the day in which a run may work.
   *
   * @param to may be before {@code from}: the window lasts beyond midnight
   */
  public record Window(LocalTime from, LocalTime to) {
    public boolean holds(LocalTime now) {
      return from.isBefore(to)
          ? !now.isBefore(from) && now.isBefore(to)
          : !now.isBefore(from) || now.isBefore(to);
    }

    @Override
    public String toString() {
      return from + "-" + to;
    }
  }

  /** Reads what needs neither a folder nor an account. */
  static ThrottleConfig read(Section section, @Nullable Path pauseFile, @Nullable Replica replica) {
    return new ThrottleConfig(
        servers(section),
        number(section, "threads_running"),
        number(section, "history_list"),
        section.optionalText("query"),
        http(section),
        windows(section),
        pauseFile,
        replica);
  }

  private static Set<String> servers(Section section) {
    if (!section.has("look_at")) {
      return NONE.servers();
    }
    Set<String> servers = new LinkedHashSet<>(section.texts("look_at"));
    if (!NONE.servers().containsAll(servers)) {
      throw section.error("look_at", "'look_at' is source, target or a list of both");
    }
    return servers;
  }

  private static @Nullable Long number(Section section, String key) {
    if (!section.has(key)) {
      return null;
    }
    String text = section.text(key);
    if (!text.matches("[1-9]\\d{0,11}")) {
      throw section.error(key, "'" + key + "' must be a number from 1");
    }
    return Long.valueOf(text);
  }

  private static @Nullable URI http(Section section) {
    if (!section.has("http")) {
      return null;
    }
    String text = section.text("http");
    if (!text.matches("https?://\\S+")) {
      throw section.error("http", "'http' must be like http://127.0.0.1:8080/throttle");
    }
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw section.error("http", "'http' is no URL: " + e.getMessage());
    }
  }

  private static List<Window> windows(Section section) {
    List<Window> windows = new ArrayList<>();
    for (String text : section.has("windows") ? section.texts("windows") : List.<String>of()) {
      String[] times = text.split("-", -1);
      try {
        if (times.length == 2) {
          Window window =
              new Window(LocalTime.parse(times[0].strip()), LocalTime.parse(times[1].strip()));
          if (!window.from().equals(window.to())) {
            windows.add(window);
            continue;
          }
        }
      } catch (DateTimeParseException e) {
        throw section.error("windows", "'windows': " + text + " is not like 22:00-06:00");
      }
      throw section.error("windows", "'windows': " + text + " is not like 22:00-06:00");
    }
    return windows;
  }
}
