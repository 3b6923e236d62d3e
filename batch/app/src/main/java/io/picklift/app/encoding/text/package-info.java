/**
 * Formats that write bytes as text, and what is put before or behind a value, a class each; {@link
 * io.picklift.app.encoding.text.TextEncodings} lists them.
 *
 * <p>More than 25 classes, since each format is one, and they share how blanks, escapes and line
 * ends are read.
 */
@NullMarked
package io.picklift.app.encoding.text;

import org.jspecify.annotations.NullMarked;
