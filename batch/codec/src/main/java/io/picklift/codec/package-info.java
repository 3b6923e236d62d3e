/**
 * What all packages of the codec share: the {@link io.picklift.codec.Limits} of a save, which
 * travel with it through every step, and the {@link io.picklift.codec.Memory} that a step may take.
 *
 * <p>The way of a save: {@code pickle} decodes bytes into the {@code model}'s graph; {@code
 * meaning} says what the graph means; {@code json}, {@code digest} and {@code diff} show, hash and
 * compare the meaning; {@code pickle} and {@code protobuf} write the graph again. {@code text} and
 * {@code bytes} are below all of them. java.base and protobuf-java are all that may be used here.
 * Start reading at {@code pickle.PickleDecoder}, then {@code model.SaveGraph} and {@code
 * meaning.Meaning}.
 */
@NullMarked
package io.picklift.codec;

import org.jspecify.annotations.NullMarked;
