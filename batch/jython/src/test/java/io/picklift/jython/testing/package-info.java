@NullMarked
package io.picklift.jython.testing;

import org.jspecify.annotations.NullMarked;
