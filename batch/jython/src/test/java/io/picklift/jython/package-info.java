@NullMarked
package io.picklift.jython;

import org.jspecify.annotations.NullMarked;
