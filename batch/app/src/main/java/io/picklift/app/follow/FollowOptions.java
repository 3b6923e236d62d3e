package io.picklift.app.follow;

import io.picklift.app.schedule.Schedule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a log is followed.
 *
 * @param isFirst whether the target is migrated first, where it never was followed
 * @param settle how long a key is waited with after its first event, for more to come
 * @param compare when source and target are compared; null for never
 * @param isUntilCaughtUp whether following ends once the target has what the source had when it
 *     began
 */
public record FollowOptions(
    boolean isFirst, Duration settle, @Nullable Schedule compare, boolean isUntilCaughtUp) {}
