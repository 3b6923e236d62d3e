/**
 * Benchmarks of the codec and of the profile, with the peers beside them; {@code
 * batch/bench/README.md} has the figures and the commands. Start reading with {@code Main}. Nothing
 * depends on this module.
 */
@NullMarked
package io.picklift.bench;

import org.jspecify.annotations.NullMarked;
