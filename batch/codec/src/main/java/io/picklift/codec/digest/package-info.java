@NullMarked
package io.picklift.codec.digest;

import org.jspecify.annotations.NullMarked;
