/**
 * Pickles to graphs and graphs to pickles: the opcode engine, by the rules of {@code
 * proto/DECODING.md}, and the writer that gives CPython's own bytes back.
 *
 * <p>{@code PickleDecoder} has a case for each opcode. It holds a {@code PickleMachine}, which is
 * the stack and the memo, and that machine's {@code OpcodeInput}, which is the position in the
 * pickle. {@code GraphWriter} walks a graph; it holds a {@code LeafWriter} for values without
 * members and a {@code MemoWriter} for memo numbers.
 *
 * <p>What may not come in: what values mean, but for what is needed to fold and to refuse. Nothing
 * that a pickle names is imported or called. Start at {@link
 * io.picklift.codec.pickle.PickleDecoder} and {@link io.picklift.codec.pickle.PickleWriter}; {@link
 * io.picklift.codec.pickle.RoundTrip} proves one against the other.
 */
@NullMarked
package io.picklift.codec.pickle;

import org.jspecify.annotations.NullMarked;
