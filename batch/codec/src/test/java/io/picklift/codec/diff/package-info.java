@NullMarked
package io.picklift.codec.diff;

import org.jspecify.annotations.NullMarked;
