/** Tests of what has changed between two mappings. */
@NullMarked
package io.picklift.schema.evolve;

import org.jspecify.annotations.NullMarked;
