/**
 * Takes a target from one mapping to the next. {@link io.picklift.app.evolve.Planner} says what
 * that would do.
 */
@NullMarked
package io.picklift.app.evolve;

import org.jspecify.annotations.NullMarked;
