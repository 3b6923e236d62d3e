@NullMarked
package io.picklift.jython.limits;

import org.jspecify.annotations.NullMarked;
