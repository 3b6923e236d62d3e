/**
 * Follows the source's binary log, so that the target has what changed a moment after it changed.
 * Behind the door: {@code FollowSource} checks and opens the source, {@code Follower} works until
 * it is told to stop.
 */
@NullMarked
package io.picklift.app.follow;

import org.jspecify.annotations.NullMarked;
