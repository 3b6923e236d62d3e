@NullMarked
package io.picklift.jython.adapters;

import org.jspecify.annotations.NullMarked;
