/**
 * Compressed formats, a class each; {@link io.picklift.app.encoding.compressed.Compressions} lists
 * them. Commons Compress and {@code java.util.zip} do the work.
 */
@NullMarked
package io.picklift.app.encoding.compressed;

import org.jspecify.annotations.NullMarked;
