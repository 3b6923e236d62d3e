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
 */
public record WorkersOptions(
    BrokerAddress broker,
    boolean isEmbedded,
    Path journal,
    Duration lease,
    String version,
    @Nullable MaxRate maxRate) {}
