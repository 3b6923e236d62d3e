/** Values for the gaps of a residue: those that cells give, or ones that only stand for them. */
@NullMarked
package io.picklift.schema.tables.fill;

import org.jspecify.annotations.NullMarked;
