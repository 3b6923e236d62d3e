/**
 * What a graph means: the view that JSON, digest, comparison, profile and mapping share. Here equal
 * keys are one, forms of other protocols are folded, states stand inline, and well-known types have
 * values.
 *
 * <p>What may not come in: how a pickle writes something. Whoever asks for a meaning needs no
 * opcode. Start at {@link io.picklift.codec.meaning.Meaning}.
 */
@NullMarked
package io.picklift.codec.meaning;

import org.jspecify.annotations.NullMarked;
