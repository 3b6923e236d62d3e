@NullMarked
package io.picklift.jython.hostile;

import org.jspecify.annotations.NullMarked;
