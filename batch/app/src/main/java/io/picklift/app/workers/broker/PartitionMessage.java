package io.picklift.app.workers.broker;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says that a lease may be taken: text, with ids only.
 *
 * @param generation the number of the run's generation
 * @param leaseId of the lease
 * @param epoch of the attempt that is offered
 */
public record PartitionMessage(long generation, long leaseId, long epoch) {
  private static final Pattern TEXT =
      Pattern.compile("picklift/1 (\\d{1,18}) (\\d{1,18}) (\\d{1,18})");

  /** What a text says; null where it is none of ours. */
  public static @Nullable PartitionMessage parse(@Nullable String text) {
    Matcher matcher = text == null ? null : TEXT.matcher(text);
    return matcher == null || !matcher.matches()
        ? null
        : new PartitionMessage(
            Long.parseLong(matcher.group(1)),
            Long.parseLong(matcher.group(2)),
            Long.parseLong(matcher.group(3)));
  }

  /** As it is sent. */
  public String text() {
    return "picklift/1 " + generation + " " + leaseId + " " + epoch;
  }
}
