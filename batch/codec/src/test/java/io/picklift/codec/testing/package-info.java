@NullMarked
package io.picklift.codec.testing;

import org.jspecify.annotations.NullMarked;
