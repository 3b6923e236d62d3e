package io.picklift.app.cli.jobs;

import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.schedule.Schedule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of a command that follows the source's binary log. */
final class FollowOption {
  private static final String NEVER = "never";

  @Option(
      names = "--follow",
      description = {
        "Keeps running: reads from the source's binary log which rows change, without scans.",
        "batch/FOLLOW.md says what the server and the account need."
      })
  private boolean isFollowing;

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      converter = Settle.class,
      description =
          "With --follow: how long to wait for more changes of a row, from its first one, like"
              + " 500ms, 1s or 1m; default: 1s.")
  private Duration settle = Duration.ofSeconds(1);

  @Option(
      names = "--compare",
      paramLabel = "EXPRESSION",
      description =
          "With --follow: when to compare source and target, six fields, seconds first; default:"
              + " \"0 0 4 * * *\", once a day; never: not at all.")
  private String compare = "0 0 4 * * *";

  /** Refuses what is wrong before anything is opened. */
  void check() {
    Schedule unused = compare();
  }

  boolean isFollowing() {
    return isFollowing;
  }

  Duration settle() {
    return settle;
  }

  /** When source and target are compared; null for never. */
  @Nullable Schedule compare() {
    if (compare.equals(NEVER)) {
      return null;
    }
    try {
      return Schedule.parse(compare);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("--compare: " + e.getMessage());
    }
  }

  /** A time of milliseconds, seconds or minutes. */
  static final class Settle implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      String number = text.replaceFirst("(?:ms|s|m)$", "");
      if (!number.matches("[0-9]{1,7}") || number.length() == text.length()) {
        throw new TypeConversionException("'" + text + "' is no time like 500ms, 1s or 1m");
      }
      long count = Long.parseLong(number);
      if (text.endsWith("ms")) {
        return Duration.ofMillis(count);
      }
      return text.endsWith("s") ? Duration.ofSeconds(count) : Duration.ofMinutes(count);
    }
  }
}
