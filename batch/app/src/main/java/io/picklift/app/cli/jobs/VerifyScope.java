package io.picklift.app.cli.jobs;

import io.picklift.app.verify.VerifyOptions;
import io.picklift.app.verify.VerifyOptions.Proofs;
import io.picklift.app.verify.VerifyOptions.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * Which saves {@code verify} looks at, how long, and whether it believes what was proven before.
 */
final class VerifyScope {
  @Option(
      names = "--key",
      paramLabel = "K",
      description = "Only the save of this key; may be given more than once.")
  private List<String> keys = List.of();

  @Option(
      names = "--sample",
      paramLabel = "P%",
      converter = Percent.class,
      description = "Only so many of the rows, at least 20, spread over the keys.")
  private @Nullable Double sample;

  @Option(
      names = "--since",
      paramLabel = "RUN",
      description =
          "Only what was written since this run began, or is not in the target; 'picklift status'"
              + " lists the runs.")
  private @Nullable Long since;

  @Option(
      names = "--max-duration",
      paramLabel = "TIME",
      converter = Time.class,
      description = {
        "Ends after so long, like 90s, 10m or 2h, and says how much is not verified.",
        "If it was to verify all rows, the same command continues there."
      })
  private @Nullable Duration most;

  @Option(
      names = "--full",
      description =
          "Rebuilds every save, whatever was proven before, and computes computed columns again.")
  private boolean isFull;

  @Option(
      names = "--read-only",
      description = "Writes nothing into the target: SELECT is enough on both sides.")
  private boolean isReadOnly;

  /** A percentage like {@code 5%}. */
  static final class Percent implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      try {
        double percent = Double.parseDouble(text.replaceFirst("%$", ""));
        if (percent > 0 && percent <= 100) {
          return percent;
        }
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is no percentage like 5%");
      }
      throw new TypeConversionException("'" + text + "' is not from above 0% to 100%");
    }
  }

  /** A time like {@code 10m}. */
  static final class Time implements ITypeConverter<Duration> {
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,8})([smhd])");

    @Override
    public Duration convert(String text) {
      Matcher parts = TIME.matcher(text.toLowerCase(Locale.ROOT));
      if (!parts.matches()) {
        throw new TypeConversionException("'" + text + "' is no time like 90s, 10m or 2h");
      }
      long number = Long.parseLong(parts.group(1));
      return switch (parts.group(2)) {
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    }
  }

  /** Why the options do not go together; null where they do. */
  @Nullable String mistake() {
    int scopes = (keys.isEmpty() ? 0 : 1) + (sample == null ? 0 : 1) + (since == null ? 0 : 1);
    return scopes > 1 ? "--key, --sample and --since: give one of them" : null;
  }

  /** Why workers cannot do it; null where they can. */
  @Nullable String notShared() {
    boolean isAll = scope() instanceof Scope.All;
    return isAll && !isReadOnly
        ? null
        : "--workers verifies all rows and writes the findings into the target: use it without"
            + " --key, --sample, --since and --read-only";
  }

  VerifyOptions on(VerifyOptions options) {
    return options.of(scope()).with(proofs()).atMost(most);
  }

  private Scope scope() {
    if (!keys.isEmpty()) {
      return new Scope.Keys(keys);
    }
    if (sample != null) {
      return new Scope.Sample(sample);
    }
    return since == null ? new Scope.All() : new Scope.Since(since);
  }

  private Proofs proofs() {
    if (isFull) {
      return isReadOnly ? Proofs.IGNORED : Proofs.RENEWED;
    }
    return isReadOnly || !keys.isEmpty() || sample != null ? Proofs.USED : Proofs.KEPT;
  }
}
