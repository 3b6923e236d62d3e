/**
 * The unpickler that is written in Python and runs on Jython: a second implementation of the
 * decoding rules that shares no line with the first.
 */
@NullMarked
package io.picklift.jython;

import org.jspecify.annotations.NullMarked;
