/**
 * Takes a target from one mapping to the next, from its rows and residues alone. {@link
 * io.picklift.app.evolve.Planner} says what that would do, {@link io.picklift.app.evolve.Evolve}
 * does it: rows are written into tables beside the former ones, which get their names in one
 * statement when all saves are there.
 */
@NullMarked
package io.picklift.app.evolve;

import org.jspecify.annotations.NullMarked;
