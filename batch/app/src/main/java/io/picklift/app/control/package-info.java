/**
 * What a run that is under way is told through the tables {@code picklift_control} and {@code
 * picklift_errand}: orders about how it works, and commands that a follower does in another
 * process's place ({@code HandOver}).
 */
@NullMarked
package io.picklift.app.control;

import org.jspecify.annotations.NullMarked;
