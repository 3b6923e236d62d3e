package io.picklift.app.throttle;

import io.picklift.app.config.ThrottleConfig.Window;
import java.time.Clock;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The times of day at which a run may work. */
final class TimeWindows implements Gauge {
  private final List<Window> windows;
  private final Clock clock;

  TimeWindows(List<Window> windows, Clock clock) {
    this.windows = windows;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "windows";
  }

  @Override
  public String needs() {
    return "";
  }

  @Override
  public @Nullable String hold() {
    LocalTime now = LocalTime.now(clock);
    if (windows.stream().anyMatch(window -> window.holds(now))) {
      return null;
    }
    return "work is allowed at "
        + windows.stream().map(Window::toString).collect(Collectors.joining(", "));
  }
}
