/**
 * A source row becomes a graph or a refusal: encodings are undone, and the pickle is decoded by one
 * engine or both. Start reading with {@code SaveDecoder}. Which rows are read and where saves are
 * written is not known here; the formats around a pickle are in {@code encoding}, the decoders in
 * the modules codec and jython.
 */
@NullMarked
package io.picklift.app.decode;

import org.jspecify.annotations.NullMarked;
