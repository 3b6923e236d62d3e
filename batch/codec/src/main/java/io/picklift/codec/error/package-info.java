@NullMarked
package io.picklift.codec.error;

import org.jspecify.annotations.NullMarked;
