/**
 * Pickles to graphs and graphs to pickles: the opcode engine, by the rules of {@code
 * proto/DECODING.md}, and the writer that gives CPython's own bytes back.
 *
 * <p>{@code PickleDecoder} extends {@code PickleMachine} and that {@code OpcodeInput}: the position
 * in the pickle, the stack and the opcodes work on the same fields at every byte.
 *
 * <p>What may not come in: what values mean, but for what is needed to fold and to refuse. Nothing
 * that a pickle names is imported or called. Start at {@link
 * io.picklift.codec.pickle.PickleDecoder} and {@link io.picklift.codec.pickle.PickleWriter}; {@link
 * io.picklift.codec.pickle.RoundTrip} proves one against the other.
 */
@NullMarked
package io.picklift.codec.pickle;

import org.jspecify.annotations.NullMarked;
