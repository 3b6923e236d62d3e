/** Tests of the way from one mapping to the next. */
@NullMarked
package io.picklift.app.evolve;

import org.jspecify.annotations.NullMarked;
