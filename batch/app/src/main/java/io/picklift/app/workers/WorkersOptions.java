package io.picklift.app.workers;

import io.picklift.app.config.MaxRate;
import io.picklift.app.workers.broker.BrokerAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a run shares its work out.
 *
 * @param broker where the broker is, or is to listen
 * @param isEmbedded whether the broker runs within this process
 * @param journal the folder for the journal of one that does
 * @param lease how long a worker may be silent before its range is given to another
 * @param version of Picklift, which workers have to have, too
 * @param maxRate how fast all workers together may go; null for any rate
 * @param leastSaves the fewest saves that a range has, where there are so many
 * @param isMigrationAlone whether only a migration is shared out: a process that follows the
 *     source's log compares by itself later
 */
public record WorkersOptions(
    BrokerAddress broker,
    boolean isEmbedded,
    Path journal,
    Duration lease,
    String version,
    @Nullable MaxRate maxRate,
    int leastSaves,
    boolean isMigrationAlone) {
  /** What a worker has to do before and after a range is little beside so many saves. */
  public static final int LEAST_SAVES = 25;

  /** With ranges of so many saves as are right in most cases. */
  public WorkersOptions(
      BrokerAddress broker,
      boolean isEmbedded,
      Path journal,
      Duration lease,
      String version,
      @Nullable MaxRate maxRate) {
    this(broker, isEmbedded, journal, lease, version, maxRate, LEAST_SAVES, false);
  }

  /** The same for a migration alone. */
  public WorkersOptions forMigration() {
    return new WorkersOptions(
        broker, isEmbedded, journal, lease, version, maxRate, leastSaves, true);
  }
}
