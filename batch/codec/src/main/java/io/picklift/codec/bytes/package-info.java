/**
 * The one growing byte array of the project, and the one reader of what is in it: numbers as
 * Protobuf's varints or in a fixed width. Everything that Picklift writes in a form of its own (the
 * graph's message, the residue, pickles, the digest's input, documents for JSON columns) goes
 * through it.
 *
 * <p>What may not come in: what the bytes mean. Limits belong to whoever writes: {@code
 * pickle.PickleOutput} asks its {@code Memory} before it lets the array grow. Start at {@link
 * io.picklift.codec.bytes.ByteOutput}.
 */
@NullMarked
package io.picklift.codec.bytes;

import org.jspecify.annotations.NullMarked;
