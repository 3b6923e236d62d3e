/** Tests of single text encodings; stacks of them are tested in {@code encoding}. */
@NullMarked
package io.picklift.app.encoding.text;

import org.jspecify.annotations.NullMarked;
