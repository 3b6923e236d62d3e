/**
 * Reads a server's binary log and takes from it which rows of the followed table were written.
 * Behind the door: {@code LogClient} connects, {@code LogEvents} takes the events apart.
 */
@NullMarked
package io.picklift.app.follow.log;

import org.jspecify.annotations.NullMarked;
