@NullMarked
package io.picklift.codec.fuzz;

import org.jspecify.annotations.NullMarked;
