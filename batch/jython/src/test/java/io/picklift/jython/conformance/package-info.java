@NullMarked
package io.picklift.jython.conformance;

import org.jspecify.annotations.NullMarked;
