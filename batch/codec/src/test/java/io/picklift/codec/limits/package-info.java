@NullMarked
package io.picklift.codec.limits;

import org.jspecify.annotations.NullMarked;
