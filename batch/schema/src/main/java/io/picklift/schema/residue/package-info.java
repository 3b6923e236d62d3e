/**
 * A save's graph without the values that its rows hold, written and read: the message that {@code
 * proto/RESIDUE.md} describes. Nothing of mappings, tables or SQL comes in here; whoever splits
 * says which values were taken, whoever joins gives them back. A version that was ever written
 * stays readable. Start with {@code ResidueWriter} and {@code Residue}; {@code GraphReplay} makes
 * the graph.
 */
@NullMarked
package io.picklift.schema.residue;

import org.jspecify.annotations.NullMarked;
