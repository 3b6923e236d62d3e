@NullMarked
package io.picklift.codec.bytes;

import org.jspecify.annotations.NullMarked;
