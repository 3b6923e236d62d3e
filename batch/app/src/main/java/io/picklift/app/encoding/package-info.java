/**
 * What applications wrap around a pickle before they store it, undone and made again. Start at
 * {@link io.picklift.app.encoding.Unpacker}, which finds the pickle in a value, and {@link
 * io.picklift.app.encoding.Encodings}, the list of the formats.
 *
 * <p>A new format is one class that implements {@link io.picklift.app.encoding.format.Encoding}, in
 * {@code compressed} (binary formats), {@code text} or {@code json}, and one line in that package's
 * list. Nothing here knows tables, jobs or the configuration.
 */
@NullMarked
package io.picklift.app.encoding;

import org.jspecify.annotations.NullMarked;
