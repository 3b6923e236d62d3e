@NullMarked
package io.picklift.codec.pickle;

import org.jspecify.annotations.NullMarked;
