/** A save's graph without the values that its rows hold. */
@NullMarked
package io.picklift.schema.residue;

import org.jspecify.annotations.NullMarked;
