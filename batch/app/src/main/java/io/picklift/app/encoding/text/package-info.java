/**
 * Formats that write bytes as text, and what is put before or behind a value, a class each; {@link
 * io.picklift.app.encoding.text.TextEncodings} lists them.
 */
@NullMarked
package io.picklift.app.encoding.text;

import org.jspecify.annotations.NullMarked;
