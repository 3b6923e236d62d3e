/**
 * Numbers, times and text as Python reads and writes them, on arrays of bytes.
 *
 * <p>What may not come in: graphs and nodes; nothing else of the codec is used here. Start at
 * {@link io.picklift.codec.text.Utf8} or {@link io.picklift.codec.text.DecimalText}.
 */
@NullMarked
package io.picklift.codec.text;

import org.jspecify.annotations.NullMarked;
