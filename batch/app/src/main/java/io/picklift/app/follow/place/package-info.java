/**
 * Places in a server's binary log: which is taken, which is kept in the target, and whether the
 * server still has it. Behind the door: {@code ServerLog} asks the source, {@code PlaceTable} keeps
 * the place in the target.
 */
@NullMarked
package io.picklift.app.follow.place;

import org.jspecify.annotations.NullMarked;
