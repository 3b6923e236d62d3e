/**
 * The codec beside expectations that were made without it: by an oracle in Python (see {@code
 * src/test/python}) for pickles of every version of CPython, and by hand.
 */
@NullMarked
package io.picklift.codec.conformance;

import org.jspecify.annotations.NullMarked;
